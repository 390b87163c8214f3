import Testing

@testable import Tagging

/// Topics by rules of other languages, each on a sentence as a newspaper would print it.
@Suite struct TopicLanguageTests {
  @Test(
    arguments: [
      ("ru", "protests", "Тысячи протестующих вышли на улицы столицы, полиция применила слезоточивый газ и водомёты против демонстрантов."),
      ("ru", "armed-conflict", "Ночью артиллерия обстреляла позиции на окраине города, в ходе боестолкновения погибли пятеро военных."),
      ("ru", "prisoners-hostages", "Следователи сообщили, что по делу задержаны трое подозреваемых, ещё двое арестованы судом."),
      ("ru", "sanctions", "Министерство финансов ввело новые санкции против банков и заморозило активы нескольких компаний."),
      ("ru", "elections", "Явка на президентских выборах составила шестьдесят процентов, избирательные участки закрылись вечером."),
      ("ru", "mediation-peace", "Стороны договорились о прекращении огня и обмене пленными при посредничестве третьей страны."),
      ("tr", "protests", "Binlerce gösterici sokaklara döküldü, polis protestoculara biber gazı ve tazyikli suyla müdahale etti."),
      ("tr", "armed-conflict", "Sınır hattındaki çatışmalarda üç asker şehit oldu, hava saldırılarında mühimmat depoları vuruldu."),
      ("tr", "prisoners-hostages", "Soruşturma kapsamında on iki kişi gözaltına alındı, dördü mahkemece tutuklandı."),
      ("tr", "energy", "Doğal gaz boru hattı üzerinden sevkiyat başladı, petrol fiyatları yükseldi."),
      ("tr", "trade", "İki ülke arasındaki ticaret hacmi büyüdü, ihracat ve ithalat yeni rekorlar kırdı."),
      ("az", "transport-corridors", "Zəngəzur dəhlizinin açılması və dəmir yolunun bərpası tranzit imkanlarını artıracaq."),
      ("az", "armed-conflict", "Səhər saatlarında mövqelər artilleriya ilə atəşə tutulub, döyüşlərdə yaralananlar var."),
      ("az", "elections", "Mərkəzi seçki komissiyası prezident seçkilərinin nəticələrini açıqladı, seçicilərin yarısı səs verib."),
      ("az", "prisoners-hostages", "Əməliyyat zamanı iki nəfər saxlanılıb və məhkəmənin qərarı ilə həbs edilib."),
      ("fa", "nuclear", "بازرسان آژانس از تاسیسات هسته‌ای بازدید کردند و غنی‌سازی اورانیوم ادامه دارد."),
      ("fa", "protests", "معترضان در تظاهرات شبانه شعار دادند و نیروهای امنیتی گاز اشک‌آور شلیک کردند."),
      ("fa", "sanctions", "تحریم‌های تازه علیه بانک‌ها اعلام شد و تحریم نفتی هم تمدید می‌شود."),
      ("fa", "military-exercises", "ارتش در نزدیکی مرز رزمایش بزرگی برگزار کرد."),
      ("ar", "armed-conflict", "شنت الطائرات غارات جوية على المدينة واندلعت اشتباكات عنيفة أسفرت عن مقتل جنود."),
      ("ar", "protests", "خرج المتظاهرون إلى الشوارع في احتجاجات واسعة وأطلقت الشرطة الغاز المسيل للدموع."),
      ("ar", "elections", "فتحت مراكز الاقتراع أبوابها أمام الناخبين في الانتخابات البرلمانية."),
      ("ar", "energy", "ارتفعت أسعار النفط بعد خفض إنتاج النفط، وتراجعت صادرات الغاز الطبيعي."),
    ] as [(String, String, String)])
  func `a topic is found in its language`(_ language: String, _ topic: String, _ text: String) {
    #expect(Shared.topics(Shared.tag(text, language: language)).contains(topic))
  }

  @Test(
    arguments: [
      ("ru", "Дети играли во дворе, а взрослые накрывали на стол."), ("tr", "Çocuklar parkta oynarken anneleri çay içti."),
      ("az", "Uşaqlar həyətdə oynayır, böyüklər çay içirdi."), ("fa", "کودکان در حیاط بازی می‌کردند و مادران چای می‌نوشیدند."),
      ("ar", "كان الأطفال يلعبون في الحديقة وكانت الأمهات يشربن الشاي."),
    ] as [(String, String)])
  func `a sentence about nothing political has no topic`(_ language: String, _ text: String) {
    #expect(Shared.topics(Shared.tag(text, language: language)) == [])
  }
}

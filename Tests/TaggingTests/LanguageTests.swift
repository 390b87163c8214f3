import Testing
import TextAnalysis

@testable import Tagging

/// Names in other languages, with the endings and prefixes they take there.
@Suite struct LanguageTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var language: String
    var text: String
    var expected: [String]
    init(_ language: String, _ text: String, _ expected: String...) {
      self.language = language
      self.text = text
      self.expected = expected.sorted()
    }
    var testDescription: String { "\(language): \(text)" }
  }

  @Test(arguments: [
    Case("az", "Ukrayna Müharibəsi fonunda İranın Azərbaycana qarşı xarici siyasəti", "ukraine", "iran", "azerbaijan"),
    Case("az", "Rusiyadan və Türkiyəyə gələn qazın qiyməti artdı.", "russia", "turkey"),
    Case("az", "Bakıda iranlı diplomatla görüş keçirildi, Ermənistandakı hadisələr müzakirə olundu.", "azerbaijan", "iran", "armenia"),
    Case("az", "ABŞ-ın və BMT-nin mövqeyi", "united-states", "united-nations"),
    Case("az", "Prezident İlham Əliyevin Naxçıvana səfəri", "ilham-aliyev", "nakhchivan"),
    Case("tr", "Türkiye'nin İran'a verdiği cevap Rusya'dan geldi.", "turkey", "iran", "russia"),
    Case("tr", "ABD'nin Ankara Büyükelçisi Azerbaycan'daydı.", "united-states", "turkey", "azerbaijan"),
    Case("tr", "Ermenistan ile Gürcistan sınırında Zengezur Koridoru konuşuldu.", "armenia", "georgia", "zangezur-corridor"),
    Case("ru", "Президент Ирана прибыл в Баку для встречи с делегацией Армении.", "iran", "azerbaijan", "armenia"),
    Case("ru", "Россия договорилась с Турцией и Азербайджаном о транзите через Грузию.", "russia", "turkey", "azerbaijan", "georgia"),
    Case("ru", "Иранские военные и российских дипломатов видели в Ереване.", "iran", "russia", "armenia"),
    Case(
      "ru", "США и НАТО, ООН и ЕС следят за Нагорным Карабахом.", "united-states", "nato", "united-nations", "european-union", "karabakh"),
    Case("ru", "Владимира Путина встретил Ильхам Алиев.", "vladimir-putin", "ilham-aliyev"),
    Case("uk", "Росія напала на Україну, а Туреччина та Іран мовчали у Києві.", "russia", "ukraine", "turkey", "iran"),
    Case("fa", "رئیس جمهور ایران به باکو رفت", "iran", "azerbaijan"),
    Case("fa", "وزیر خارجه ارمنستان در تهران با مقام‌های ایرانی دیدار کرد.", "armenia", "iran"),
    Case("fa", "سپاه پاسداران در رود ارس رزمایش برگزار کرد؛ آمریکا واکنش نشان داد.", "irgc", "aras", "united-states"),
    Case("hy", "Իրանի նախագահը ժամանեց Երևան, Ռուսաստանից եկավ պատվիրակություն։", "iran", "armenia", "russia"),
    Case("hy", "Ադրբեջանը և Թուրքիայի կառավարությունը Բաքվում", "azerbaijan", "turkey"),
    Case("hy", "ԱՄՆ-ի և Հայաստանում գործող ՄԱԿ-ի գրասենյակը", "united-states", "armenia", "united-nations"),
    Case("ka", "ირანის პრეზიდენტი ბაქოში ჩავიდა, საქართველოს დელეგაცია კი რუსეთში.", "iran", "azerbaijan", "georgia", "russia"),
    Case("ka", "თურქეთთან და აზერბაიჯანიდან მოდის", "turkey", "azerbaijan"),
    Case("he", "באיראן ובישראל נערכו דיונים על רוסיה", "iran", "israel", "russia"),
    Case("ar", "وإيران ترد على الولايات المتحدة في العراق", "iran", "united-states", "iraq"),
    Case("ar", "وصل وفد من روسيا لإيران وبأذربيجان", "russia", "iran", "azerbaijan"),
  ])
  func `names are found with their endings`(_ test: Case) {
    #expect(Shared.actors(Shared.tag(test.text, language: test.language)) == test.expected)
  }

  @Test(arguments: [
    Case("en", "Cine and Sam were at the Irak bar, said Livan."),
    Case("en", "The rus and the alman"),
    Case("en", "Cin Misir Kipr Litva"),
  ])
  func `foreign names in Latin letters stay in their language`(_ test: Case) {
    #expect(Shared.actors(Shared.tag(test.text, language: test.language)) == test.expected)
  }

  @Test func `a foreign name in its own letters is found in any text`() {
    #expect(Shared.actors(Shared.tag("A visit to Türkiyə and Azərbaycan", language: "en")) == ["azerbaijan", "turkey"])
  }

  @Test(arguments: [
    ("россия", "ru", "россией"), ("иран", "ru", "ираном"), ("египет", "ru", "египта"), ("иранский", "ru", "иранских"),
    ("україна", "uk", "україною"), ("հայաստան", "hy", "հայաստանից"), ("թուրքիա", "hy", "թուրքիայի"), ("ირანი", "ka", "ირანში"),
    ("საქართველო", "ka", "საქართველოში"), ("ایران", "fa", "ایرانی"), ("إيران", "ar", "وإيران"), ("العراق", "ar", "للعراق"),
    ("איראן", "he", "באיראן"),
  ])
  func `forms of a word include`(_ word: String, _ language: String, _ form: String) {
    let forms = Inflection.forms(of: word, language: language)
    #expect(forms.first == word)
    #expect(forms.contains(form), "\(forms)")
  }
}

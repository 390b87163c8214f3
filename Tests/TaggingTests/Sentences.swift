/// A sentence a line, and the states it names behind the arrow.
enum Sentences {
  static let all = [
    "az": azerbaijani, "fa": persian, "hy": armenian, "ka": georgian, "he": hebrew, "ar": arabic, "uk": ukrainian, "tr": turkish,
  ]

  static let azerbaijani = """
    İranın xarici işlər naziri bu gün səfərə gəlib. => iran
    Azərbaycanla sərhəddə vəziyyət sakitdir. => azerbaijan
    Ermənistandan gələn xəbərlər ziddiyyətlidir. => armenia
    Türkiyəyə ixrac iki dəfə artıb. => turkey
    Gürcüstanda keçirilən görüşdə tranzit müzakirə olunub. => georgia
    Rusiyanın sülhməramlıları bölgəni tərk edib. => russia
    Ukraynadakı müharibə bazarlara təsir göstərir. => ukraine
    Fransanın mövqeyi dəyişməyib. => france
    Almaniyaya qaz nəqli planlaşdırılır. => germany
    Qazaxıstanla ticarət dövriyyəsi böyüyür. => kazakhstan
    Özbəkistandan nümayəndə heyəti gəlib. => uzbekistan
    Türkmənistanın qazı boru kəməri ilə nəql olunur. => turkmenistan
    İsraillə əməkdaşlıq genişlənir. => israel
    Pakistanın baş naziri təşəkkür edib. => pakistan
    Çindən gələn yüklər limanda saxlanılıb. => china
    Hindistana neft satışı azalıb. => india
    Misirdə konfrans keçirilir. => egypt
    Suriyadakı vəziyyət müzakirə olundu. => syria
    İraqdan qayıdan vətəndaşlar var. => iraq
    Yaponiyanın səfiri etimadnaməsini təqdim etdi. => japan
    Polşadan yardım göndərilib. => poland
    Macarıstanın dəstəyi yüksək qiymətləndirildi. => hungary
    Bolqarıstana qaz ixracı başlayıb. => bulgaria
    Rumıniyada enerji forumu keçirildi. => romania
    Yunanıstanla danışıqlar davam edir. => greece
    İtaliyanın şirkətləri layihəyə qoşulub. => italy
    İspaniyada seçki keçirildi. => spain
    Qırğızıstana səfər təxirə salındı. => kyrgyzstan
    Tacikistanla Əfqanıstan arasında sərhəd bağlandı. => tajikistan afghanistan
    Səudiyyə Ərəbistanının investisiyaları artır. => saudi-arabia
    Braziliyada iqlim sammiti olub. => brazil
    ABŞ-dan gələn nümayəndələr və Kanadanın səfiri görüşdü. => united-states canada
    İsveçrədə danışıqlar aparıldı. => switzerland
    Avstriyanın kansleri çıxış etdi. => austria
    Belarusa yanacaq göndərildi. => belarus
    Moldovanın prezidenti müraciət etdi. => moldova
    Litvadan gələn jurnalistlər Estoniyaya yola düşdü. => lithuania estonia
    Bu kitabı uşaqlar çox sevir.
    Hava soyuq, yollar buzlu idi.
    Çinar ağacının altında oturmuşduq.
    Məktəbdə yeni dərs ili başlayır.
    Qonşular birlikdə bağ salıblar.
    """

  static let turkish = """
    İran'ın açıklaması dün akşam geldi. => iran
    Azerbaycan'dan gelen heyet karşılandı. => azerbaijan
    Ermenistan'la normalleşme sürüyor. => armenia
    Türkiye'nin tutumu açık. => turkey
    Gürcistan'a giden yol kapandı. => georgia
    Rusya'daki seçimler tamamlandı. => russia
    Ukrayna'ya yardım paketi onaylandı. => ukraine
    Fransa'nın büyükelçisi konuştu. => france
    Almanya'daki işçiler greve gitti. => germany
    Yunanistan'dan yanıt bekleniyor. => greece
    Bulgaristan'da yangın söndürüldü. => bulgaria
    Romanya'ya gaz verilecek. => romania
    Suriye'deki kamplar boşaltılıyor. => syria
    Irak'tan petrol akışı durdu. => iraq
    İsrail'in saldırısı kınandı. => israel
    Filistin Bölgeleri'nden yaralılar getirildi. => palestine
    Lübnan'da hükümet kuruldu. => lebanon
    Ürdün'ün kralı görüştü. => jordan
    Suudi Arabistan'ın yatırımları arttı. => saudi-arabia
    Katar'la anlaşma imzalandı. => qatar
    Kuveyt'ten uçaklar kalktı. => kuwait
    Libya'da ateşkes sağlandı. => libya
    Tunus'taki seçimler ertelendi. => tunisia
    Cezayir'den doğal gaz alınıyor. => algeria
    Çin'in ihracatı düştü. => china
    Japonya'dan gelen mühendisler çalışıyor. => japan
    Hindistan'la ticaret büyüyor. => india
    Pakistan'ın başbakanı geldi. => pakistan
    Afganistan'da deprem oldu. => afghanistan
    Kazakistan'daki toplantı sona erdi. => kazakhstan
    Özbekistan'a sefer başladı. => uzbekistan
    Kırgızistan'da yağmur var. => kyrgyzstan
    Macaristan'ın vetosu tartışılıyor. => hungary
    Polonya'ya asker gönderildi. => poland
    Hollanda'dan çiçek geliyor. => netherlands
    İsveç'in üyeliği onaylandı. => sweden
    Norveç'te kar yağdı. => norway
    ABD'deki seçim ve Kanada'nın tepkisi konuşuldu. => united-states canada
    Meksika'dan gelen haberler üzücü. => mexico
    Çocuklar parkta top oynuyordu.
    Çinko fiyatları bu yıl yükseldi.
    Annem akşam çayını balkonda içti.
    İranlı şair değil, şiir konuşuluyordu. => iran
    Yeni köprü gelecek ay açılacak.
    """

  static let ukrainian = """
    Росією керує вузьке коло людей. => russia
    В Україні оголосили тривогу. => ukraine
    Туреччиною пройшов буревій. => turkey
    З Ірану вилетів літак. => iran
    Азербайджаном зацікавилися інвестори. => azerbaijan
    До Вірменії прибула місія. => armenia
    У Грузії тривають протести. => georgia
    Польщею їдуть вантажівки. => poland
    Німеччині бракує робітників. => germany
    Францію відвідав прем'єр. => france
    Іспанії загрожує посуха. => spain
    Італією мандрують туристи. => italy
    Угорщині надали кредит. => hungary
    Румунію приєднали до мережі. => romania
    Молдовою проходить газогін. => moldova
    Білоруссю пройшла колона. => belarus
    Литві передали систему. => lithuania
    Латвії потрібна електрика. => latvia
    Естонію вразила кібератака. => estonia
    Фінляндією прокотилася хвиля. => finland
    Швеції надійшов запит. => sweden
    Норвегію накрив снігопад. => norway
    Данії запропонували угоду. => denmark
    Ізраїлем керує коаліція. => israel
    Сирії потрібна допомога. => syria
    Іраком пройшли паломники. => iraq
    Єгипет закрив кордон. => egypt
    Китаєм поширився вірус. => china
    Японію сколихнув землетрус. => japan
    Індії продали нафту. => india
    Пакистаном прокотилися протести. => pakistan
    Казахстаном проїхав потяг. => kazakhstan
    Канаді й Австралії надіслали запрошення. => canada australia
    США ввели мита. => united-states
    Бразилією керує новий президент. => brazil
    Австрії запропонували газ. => austria
    Греція та Болгарія підписали договір. => greece bulgaria
    Уранці випав сніг, і дорогу замело.
    Діти грали у футбол на подвір'ї.
    Ця книжка вийшла торік.
    Наші сусіди вирощують яблука.
    Потяг запізнився на годину.
    """

  static let persian = """
    ایران با پیشنهاد موافقت کرد. => iran
    هیئتی از ارمنستان به تهران آمد. => armenia iran
    گرجستان مرز خود را بست. => georgia
    ترکیه از طرح حمایت کرد. => turkey
    روسیه واکنش نشان داد. => russia
    جمهوری آذربایجان رزمایش برگزار کرد. => azerbaijan
    اوکراین خواستار کمک شد. => ukraine
    فرانسه سفیر خود را فراخواند. => france
    آلمان بودجه را تصویب کرد. => germany
    بریتانیا تحریم تازه‌ای اعلام کرد. => united-kingdom
    آمریکا ناو خود را فرستاد. => united-states
    چین نفت بیشتری می‌خرد. => china
    هند بندر را توسعه می‌دهد. => india
    پاکستان مرز را باز کرد. => pakistan
    افغانستان با خشکسالی روبه‌روست. => afghanistan
    عراق و کویت مذاکره کردند. => iraq kuwait
    سوریه دولت تازه‌ای دارد. => syria
    لبنان درگیر بحران است. => lebanon
    اسرائیل حمله کرد. => israel
    عربستان سعودی تولید را کاهش داد. => saudi-arabia
    قطر میانجی شد. => qatar
    بحرین سفیر فرستاد. => bahrain
    یمن آتش‌بس را پذیرفت. => yemen
    مصر کانال را گسترش داد. => egypt
    لیبی انتخابات ندارد. => libya
    ژاپن وام داد. => japan
    قزاقستان گندم صادر می‌کند. => kazakhstan
    ازبکستان راه‌آهن می‌سازد. => uzbekistan
    ترکمنستان گاز می‌فروشد. => turkmenistan
    تاجیکستان و قرقیزستان توافق کردند. => tajikistan kyrgyzstan
    ایتالیا و اسپانیا پیام دادند. => italy spain
    لهستان و مجارستان مخالفند. => poland hungary
    ایرانی‌ها در صف ایستاده‌اند. => iran
    دیپلمات‌های آلمانی وارد شدند. => germany
    کانادا و استرالیا بیانیه دادند. => canada australia
    برزیل میزبان نشست است. => brazil
    هوا امروز سرد است و برف می‌بارد.
    کودکان در حیاط بازی می‌کردند.
    کمک مالی به خانواده‌ها پرداخت شد.
    کتاب تازه نویسنده به چاپ دوم رسید.
    بازار میوه شلوغ بود.
    او پس از سال‌ها به روستا برگشت.
    """

  static let armenian = """
    Հայաստանի կառավարությունը նիստ գումարեց։ => armenia
    Ադրբեջանից եկող լուրերը հակասական են։ => azerbaijan
    Թուրքիայում երկրաշարժ եղավ։ => turkey
    Իրանում ընտրություններ են։ => iran
    Վրաստանով անցնող ճանապարհը փակ է։ => georgia
    Ռուսաստանին նոր պատժամիջոցներ են սպառնում։ => russia
    Ֆրանսիայի նախագահը ժամանեց։ => france
    Գերմանիայից օգնություն ստացվեց։ => germany
    Իտալիայում հանդիպում կայացավ։ => italy
    Իսպանիայի դեսպանը խոսեց։ => spain
    Ուկրաինայում պատերազմը շարունակվում է։ => ukraine
    Բելառուսի սահմանը փակվեց։ => belarus
    Լեհաստանից բեռներ են գալիս։ => poland
    Հունգարիայի վարչապետը դեմ է։ => hungary
    Հունաստանում հրդեհներ են։ => greece
    Բուլղարիայի խորհրդարանը քվեարկեց։ => bulgaria
    Իսրայելի բանակը հարվածեց։ => israel
    Սիրիայում դադարեցին կրակոցները։ => syria
    Իրաքից նավթ է արտահանվում։ => iraq
    Լիբանանում հայեր են ապրում։ => lebanon
    Եգիպտոսի մայրաքաղաքում գագաթնաժողով է։ => egypt
    Հորդանանի թագավորն այցելեց։ => jordan
    Չինաստանի տնտեսությունն աճում է։ => china
    Ճապոնիայում ձյուն է տեղում։ => japan
    Հնդկաստանից զենք գնվեց։ => india
    Պակիստանի դիրքորոշումը հայտնի է։ => pakistan
    Աֆղանստանում սով է։ => afghanistan
    Ղազախստանի գազը թանկ է։ => kazakhstan
    Ուզբեկստանում ֆորում բացվեց։ => uzbekistan
    Կանադայի դեսպանատունը բացվեց։ => canada
    Բրազիլիայում կոնֆերանս է։ => brazil
    Արգենտինայի համայնքը նամակ գրեց։ => argentina
    Շվեյցարիայում բանակցություններ են։ => switzerland
    Ավստրիայի կանցլերը հրաժարական տվեց։ => austria
    Նորվեգիայից դիտորդներ եկան։ => norway
    Շվեդիայում և Ֆինլանդիայում քննարկեցին հարցը։ => sweden finland
    ԱՄՆ-ում հայտարարություն արեցին։ => united-states
    Այսօր եղանակը ցուրտ է։
    Երեխաները խաղում էին բակում։
    Նոր գիրքը լույս տեսավ։
    Շուկայում գներն իջան։
    Գնացքն ուշացավ մեկ ժամ։
    """

  static let georgian = """
    საქართველოს მთავრობა შეიკრიბა. => georgia
    რუსეთთან საზღვარი დაიკეტა. => russia
    თურქეთიდან ტვირთი ჩამოვიდა. => turkey
    აზერბაიჯანში არჩევნები ჩატარდა. => azerbaijan
    სომხეთს ახალი გზა სჭირდება. => armenia
    ირანში მიწისძვრა მოხდა. => iran
    უკრაინას დახმარება გაუგზავნეს. => ukraine
    გერმანიაში მოლაპარაკება გაიმართა. => germany
    საფრანგეთის ელჩმა ილაპარაკა. => france
    იტალიიდან სტუმრები ჩამოვიდნენ. => italy
    ესპანეთში სიცხეა. => spain
    პოლონეთს სატვირთოები კვეთს. => poland
    უნგრეთის პრემიერი ეწინააღმდეგება. => hungary
    რუმინეთთან კაბელი გაიყვანეს. => romania
    ბულგარეთში ხანძარი გაჩნდა. => bulgaria
    საბერძნეთის პარლამენტმა დაამტკიცა. => greece
    ისრაელის არმიამ დაარტყა. => israel
    სირიაში ცეცხლი შეწყდა. => syria
    ერაყიდან ნავთობი გადის. => iraq
    ლიბანში მთავრობა შეიქმნა. => lebanon
    ეგვიპტეში სამიტი გაიმართა. => egypt
    ჩინეთის ეკონომიკა იზრდება. => china
    იაპონიაში თოვს. => japan
    ინდოეთთან ვაჭრობა გაიზარდა. => india
    პაკისტანის პოზიცია ცნობილია. => pakistan
    ავღანეთში შიმშილობაა. => afghanistan
    ყაზახეთიდან გაზი მოდის. => kazakhstan
    უზბეკეთში ფორუმი გაიხსნა. => uzbekistan
    კანადის ელჩი დაინიშნა. => canada
    ბრაზილიაში კონფერენციაა. => brazil
    ავსტრიის კანცლერი გადადგა. => austria
    შვეიცარიაში მოლაპარაკებები გრძელდება. => switzerland
    ნორვეგიიდან დამკვირვებლები ჩამოვიდნენ. => norway
    შვედეთში თოვლი მოვიდა. => sweden
    ფინეთთან საზღვარი ჩაკეტილია. => finland
    ლიეტუვაში შეკრება გაიმართა. => lithuania
    მოლდოვის პრეზიდენტმა მიმართა ხალხს. => moldova
    დღეს ცივი ამინდია.
    ბავშვები ეზოში თამაშობდნენ.
    ახალი წიგნი გამოიცა.
    ბაზარში ფასები დაეცა.
    მატარებელმა ერთი საათით დააგვიანა.
    """

  static let hebrew = """
    ישראל הודיעה על ההסכם. => israel
    באיראן נערכו בחירות. => iran
    מטורקיה הגיעה משלחת. => turkey
    לאזרבייג׳ן נשלחו מטוסים. => azerbaijan
    בארמניה התקיימה הפגנה. => armenia
    מגאורגיה יצאה רכבת. => georgia
    ברוסיה נחתם חוק. => russia
    לאוקראינה הועבר סיוע. => ukraine
    בצרפת נערכה ועידה. => france
    מגרמניה הגיעו מהנדסים. => germany
    באיטליה פרצה שריפה. => italy
    לספרד נשלח מכתב. => spain
    בפולין נערך טקס. => poland
    מהונגריה נשמעה התנגדות. => hungary
    ביוון נחתם הסכם. => greece
    לבולגריה יגיע גז. => bulgaria
    ברומניה נבחר נשיא. => romania
    בסוריה נמשכו הקרבות. => syria
    מעיראק יוצא נפט. => iraq
    בלבנון קמה ממשלה. => lebanon
    ממצרים הגיעו נציגים. => egypt
    בערב הסעודית נפתחה פסגה. => saudi-arabia
    בקטאר נוהל משא ומתן. => qatar
    בתימן נפתחה אש. => yemen
    בסין עלתה האבטלה. => china
    ביפן ירד שלג. => japan
    בפקיסטן נערכו בחירות. => pakistan
    מאפגניסטן נמלטו תושבים. => afghanistan
    בקזחסטן נבנה צינור. => kazakhstan
    באוזבקיסטן נפתח פורום. => uzbekistan
    בקנדה מונה שר. => canada
    בברזיל נערכה ועידה. => brazil
    בארגנטינה נחקק חוק. => argentina
    באוסטריה התפטר הקנצלר. => austria
    בשווייץ נמשכו השיחות. => switzerland
    משוודיה הגיע דיווח. => sweden
    בנורווגיה ובדנמרק דנו בנושא. => norway denmark
    היום ירד גשם חזק.
    הילדים שיחקו בחצר.
    הספר החדש יצא לאור.
    מחירי הלחם עלו השבוע.
    הרכבת איחרה בשעה.
    """

  static let arabic = """
    إيران وافقت على المقترح. => iran
    وتركيا أعلنت موقفها. => turkey
    وصل الوفد من أذربيجان. => azerbaijan
    زار الوزير أرمينيا أمس. => armenia
    انطلق القطار من جورجيا. => georgia
    لروسيا مصالح في المنطقة. => russia
    أوكرانيا تطلب المساعدة. => ukraine
    في فرنسا عقد مؤتمر. => france
    وألمانيا ترفض القرار. => germany
    بإيطاليا اندلع حريق. => italy
    غادر السفير إسبانيا. => spain
    اجتمع الوزراء في بولندا. => poland
    وسوريا ترحب بالاتفاق. => syria
    العراق يصدر النفط. => iraq
    بالعراق قوات أجنبية. => iraq
    للعراق حدود طويلة. => iraq
    لبنان يشكل حكومة. => lebanon
    والأردن يستضيف القمة. => jordan
    مصر تفتح المعبر. => egypt
    السعودية ترفع الإنتاج. => saudi-arabia
    الإمارات تستثمر في الطاقة. => uae
    قطر تقود الوساطة. => qatar
    الكويت تعين سفيرا. => kuwait
    البحرين تشارك في الاجتماع. => bahrain
    اليمن يعاني من الحرب. => yemen
    ليبيا تؤجل الانتخابات. => libya
    تونس تنتخب برلمانا. => tunisia
    الجزائر تصدر الغاز. => algeria
    وإسرائيل تقصف الجنوب. => israel
    الصين تشتري النفط. => china
    اليابان تقدم قرضا. => japan
    الهند تطور الميناء. => india
    باكستان تغلق الحدود. => pakistan
    أفغانستان تواجه الجفاف. => afghanistan
    كازاخستان تبني خطا. => kazakhstan
    كندا والبرازيل توقعان اتفاقا. => canada brazil
    الولايات المتحدة ترسل وفدا. => united-states
    سقط المطر في الصباح.
    لعب الأطفال في الساحة.
    حصلت الشركة على دعم مالي كبير.
    صدر الكتاب الجديد أمس.
    تأخر القطار ساعة كاملة.
    """
}

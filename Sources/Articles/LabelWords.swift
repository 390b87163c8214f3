// The labels that documents put before their own metadata, per language, and the phrases of what is not the article. Data, not
// code: a new language is a line more.

/// What a label such as "Published:" announces.
enum FieldLabel: Sendable {
  case title, author, date, publisher, keywords, url, language, credit, section, contact
}

enum LabelWords {
  /// Lower-case label → its meaning.
  static let fields: [String: FieldLabel] = {
    var table: [String: FieldLabel] = [:]
    func add(_ label: FieldLabel, _ words: String) {
      for word in words.split(separator: "|") { table[String(word)] = label }
    }
    add(
      .title, "title|headline|заголовок|название|başlık|baslik|başlıq|عنوان|تیتر|վերնագիր|заголовок статті|სათაური|titel|titre|überschrift")
    add(
      .author,
      """
      author|authors|by|written by|writer|byline|reporter|автор|авторы|автори|автора|подготовил|подготовила|yazar|yazan|yazarlar|hazırlayan|muhabir|müəllif|müəlliflər|\
      yazar|نویسنده|نویسندگان|نگارنده|گزارشگر|խոսք|հեղինակ|հեղինակներ|հեղինակը|المؤلف|الكاتب|كاتب|المؤلفون|بقلم|ავტორი|ავტორები|autor|autoren|autorin|von|auteur|auteurs|par
      """)
    add(
      .date,
      """
      date|published|published on|publish date|publication date|date published|date of publication|posted|posted on|released|updated|last updated|дата|дата публикации|опубликовано|\
      дата публікації|опубліковано|обновлено|tarih|yayın tarihi|yayınlanma tarihi|yayım tarihi|güncelleme|tarix|dərc olunub|dərc edilib|dərc tarixi|nəşr tarixi|yayımlanma tarixi|\
      تاریخ|تاریخ انتشار|زمان انتشار|منتشر شده|ամսաթիվ|հրապարակվել է|հրապարակման ամսաթիվ|հրապարակված|օր|التاريخ|تاريخ|تاريخ النشر|نشر في|تاريخ الإصدار|თარიღი|გამოქვეყნდა|\
      გამოქვეყნების თარიღი|datum|veröffentlicht|veröffentlicht am|erschienen|date de publication|publié|publié le|paru le
      """)
    add(
      .publisher,
      """
      source|publisher|published by|publication|outlet|news agency|источник|издатель|издание|агентство|джерело|видавець|kaynak|yayıncı|yayımcı|haber kaynağı|ajans|mənbə|\
      naşir|agentlik|منبع|خبرگزاری|ناشر|աղբյուր|աղբյուրը|հրատարակիչ|المصدر|مصدر|الناشر|წყარო|გამომცემელი|quelle|herausgeber|éditeur
      """)
    add(
      .keywords,
      """
      key words|keywords|keyword|tags|tag|topics|ключевые слова|теги|тэги|метки|ключові слова|теґи|anahtar kelimeler|anahtar sözcükler|etiketler|açar sözlər|teqlər|etiketlər|\
      کلیدواژه|کلیدواژه‌ها|کلیدواژه ها|کلمات کلیدی|واژگان کلیدی|برچسب|برچسب‌ها|برچسب ها|բանալի բառեր|հիմնաբառեր|պիտակներ|الكلمات المفتاحية|كلمات مفتاحية|الوسوم|وسوم|\
      საკვანძო სიტყვები|ტეგები|schlagwörter|schlüsselwörter|stichwörter|mots-clés|mots clés|étiquettes
      """)
    add(.url, "url|link|permalink|ссылка|посилання|bağlantı|keçid|لینک|پیوند|հղում|الرابط|رابط|ბმული|lien")
    add(.language, "language|lang|язык|мова|dil|زبان|لغة|լեզու|ენა|sprache|langue")
    add(
      .credit,
      """
      photo credit|photo|photos|photo by|image|image credit|image source|picture|credit|credits|фото|фотография|світлина|fotoğraf|foto|şəkil|عکس|عکاس|լուսանկար|լուսանկարը|صورة|\
      الصورة|ფოტო|bild|bildnachweis|crédit photo|crédits|illustration
      """)
    add(
      .section,
      "section|category|rubric|рубрика|раздел|категория|kategori|bölüm|kateqoriya|bölmə|rubrika|دسته‌بندی|دسته بندی|բաժին|التصنيف|القسم|კატეგორია|rubrik|rubrique"
    )
    add(
      .contact,
      "email|e-mail|phone|telephone|tel|fax|contact|эл. почта|телефон|e-posta|telefon|ایمیل|تلفن|էլ. փոստ|հեռ|البريد الإلكتروني|هاتف|ელფოსტა|ტელეფონი"
    )
    return table
  }()

  /// Words before an author's name without a colon.
  static let bylines = [
    "by ", "written by ", "par ", "von ", "yazan ", "yazan: ", "автор ", "müəllif ", "نوشته ", "نوشتهٔ ", "به قلم ", "بقلم ", "հեղինակ ",
    "ავტორი ",
  ]

  /// The fields of an invented person's box.
  static let personaKeys: Set<String> = [
    "name", "username", "user name", "email", "e-mail", "birthdate", "birthday", "date of birth", "address", "phone", "company", "job",
    "job title",
    "occupation", "bio", "website", "gender", "age", "followers", "following", "url", "имя", "адрес", "телефон", "компания",
  ]

  static let networks: Set<String> = [
    "tiktok", "facebook", "twitter", "x", "instagram", "linkedin", "youtube", "telegram", "whatsapp", "pinterest", "reddit", "tumblr", "vk",
    "вконтакте",
    "viber", "threads", "mastodon", "bluesky", "snapchat", "socials", "social media", "social", "одноклассники", "messenger", "flipboard",
    "email", "print",
    "copy link", "rss", "فیسبوک", "توییتر", "تلگرام", "اینستاگرام", "واتساپ", "فيسبوك", "تويتر",
  ]

  /// A short block that starts so leads to other pages.
  static let teaserStarts = [
    "related articles", "related stories", "related posts", "related news", "related topics", "related:", "you may also like",
    "you might also like", "more from ",
    "more on this", "most read", "most popular", "trending now", "recommended for you", "recommended:", "read also", "read more",
    "also read", "see also:",
    "read next", "up next", "latest news", "don't miss", "editor's picks", "share this", "share on", "share:", "follow us", "follow:",
    "subscribe", "sign up",
    "join our", "newsletter", "advertisement", "sponsored", "click here", "leave a comment", "leave a reply", "comments (",
    "post a comment", "add comment",
    "view comments", "previous article", "next article", "previous post", "next post", "skip to", "back to top", "cookie", "we use cookies",
    "accept cookies",
    "читайте также", "читать также", "читайте нас", "подписывайтесь", "подпишитесь", "поделиться", "по теме", "материалы по теме",
    "похожие новости", "другие новости",
    "новости по теме", "комментарии", "оставить комментарий", "реклама", "читайте також", "підписуйтесь", "підписуйтеся", "поділитися",
    "за темою", "ilgili haberler", "benzer haberler", "bunlar da ilginizi",
    "ayrıca okuyun", "bizi takip edin", "abone ol", "paylaş", "yorumlar", "yorum yap", "reklam", "oxşar xəbərlər", "əlaqəli xəbərlər",
    "həmçinin oxuyun", "bizi izləyin",
    "abunə ol", "şərhlər", "şərh yaz", "digər xəbərlər", "مطالب مرتبط", "اخبار مرتبط", "بیشتر بخوانید", "همچنین بخوانید", "اشتراک گذاری",
    "ما را دنبال کنید", "نظرات",
    "ارسال نظر", "تبلیغات", "կարդացեք նաև", "կարդալ նաև", "հետևեք մեզ", "կիսվել", "առնչվող", "اقرأ أيضا", "اقرأ أيضًا", "اقرأ المزيد",
    "مواضيع ذات صلة", "أخبار ذات صلة", "شارك",
    "تابعونا", "تعليقات", "إعلان", "წაიკითხეთ ასევე", "გააზიარე", "გამოგვყევით", "მსგავსი სიახლეები", "lesen sie auch", "mehr zum thema",
    "das könnte sie auch", "teilen",
    "folgen sie uns", "abonnieren", "kommentare", "anzeige", "lire aussi", "à lire aussi", "voir aussi", "articles liés",
    "sur le même sujet", "partager", "suivez-nous",
    "abonnez-vous", "commentaires", "publicité",
  ]

  /// A sentence at the end of an article that holds one of these speaks to the reader and not of the subject.
  static let callsToAction = [
    "comments below", "comment below", "comments section below", "in the comments", "leave a comment", "share your thoughts",
    "share your perspectives", "share your views",
    "share your opinion", "share your experience", "let us know", "explore our other", "explore our related", "read our other",
    "check out our", "browse our other", "visit our website",
    "subscribe to our", "sign up for our", "join our newsletter", "follow us on", "follow us for", "like and share", "stay tuned for",
    "share this article", "click here to",
    "в комментариях", "подписывайтесь на", "подпишитесь на", "поделитесь своим мнением", "пишите в комментар", "в коментарях",
    "підписуйтесь на", "підписуйтеся на",
    "yorumlarda", "yorum bölümünde", "bizi takip edin", "abone olun", "düşüncelerinizi paylaşın", "şərhlərdə", "bizi izləyin", "abunə olun",
    "fikirlərinizi bölüşün",
    "در بخش نظرات", "نظرات خود را", "ما را دنبال کنید", "مشترک شوید", "մեկնաբանություններում", "հետևեք մեզ", "բաժանորդագրվեք",
    "في التعليقات", "شاركونا", "تابعونا على", "اشتركوا في",
    "კომენტარებში", "გამოგვყევით", "გამოიწერეთ", "in den kommentaren", "folgen sie uns", "abonnieren sie", "dans les commentaires",
    "suivez-nous sur", "abonnez-vous",
  ]

  /// Words that speak to the reader in a question before a call to action.
  static let readerWords = [
    "you", "your", "вы", "ваш", "ваше", "siz", "sizin", "sizcə", "sizce", "شما", "دوք", "ձեր", "დուք", "თქვენ", "أنتم", "رأيكم", "ihre",
    "sie", "vous", "votre", "vos",
  ]

  /// Good prose that is about the publication and not about the subject.
  static let disclaimers = [
    "this publication was produced", "this publication was prepared", "this project has received funding", "sole responsibility of",
    "do not necessarily reflect", "does not necessarily reflect",
    "do not necessarily represent", "does not necessarily represent", "can in no way be taken to reflect", "opinions expressed in this",
    "views expressed in this", "views expressed here",
    "views and opinions expressed", "the views expressed by", "all rights reserved", "no part of this publication may",
    "reproduction without permission", "this article was originally published",
    "this article first appeared", "republished with permission", "мнение редакции может не совпадать", "мнение автора может не совпадать",
    "мнение авторов может не совпадать", "точка зрения редакции",
    "все права защищены", "при использовании материалов", "при цитировании ссылка", "думка редакції може не", "усі права захищені",
    "всі права захищені", "tüm hakları saklıdır",
    "görüşleri yansıtmayabilir", "görüşlerini yansıtmaz", "görüşler yazarlarına aittir", "bütün hüquqlar qorunur",
    "mövqeyini əks etdirməyə bilər", "fikirlərini əks etdirmir", "istinad zəruridir",
    "istinad vacibdir", "کلیه حقوق محفوظ", "تمامی حقوق", "لزوماً دیدگاه", "لزوما بیانگر", "դիրքորոշումը կարող է չհամընկնել",
    "բոլոր իրավունքները պաշտպանված", "կարծիքը կարող է չհամընկնել",
    "جميع الحقوق محفوظة", "لا تعبر بالضرورة", "لا يعبر بالضرورة", "ყველა უფლება დაცულია", "შესაძლოა არ ემთხვეოდეს",
    "alle rechte vorbehalten", "gibt nicht unbedingt die meinung",
    "tous droits réservés", "ne reflètent pas nécessairement", "n'engagent que leurs auteurs", "n’engagent que leurs auteurs",
  ]

  static let disclaimerSet = PhraseSet(disclaimers)
  static let callToActionSet = PhraseSet(callsToAction)

  /// Lower-case names of languages, as in "read in Russian" → code.
  static let languages: [String: String] = [
    "english": "en", "russian": "ru", "azerbaijani": "az", "azerbaijanian": "az", "turkish": "tr", "persian": "fa", "farsi": "fa",
    "armenian": "hy", "georgian": "ka",
    "arabic": "ar", "ukrainian": "uk", "german": "de", "french": "fr", "hebrew": "he", "spanish": "es", "italian": "it", "chinese": "zh",
    "kurdish": "ku", "urdu": "ur",
    "kazakh": "kk", "polish": "pl", "dutch": "nl", "portuguese": "pt", "romanian": "ro", "greek": "el", "bulgarian": "bg", "русский": "ru",
    "русском": "ru", "английский": "en",
    "английском": "en", "азербайджанском": "az", "türkçe": "tr", "ingilizce": "en", "rusça": "ru", "azərbaycan": "az", "ingilis": "en",
    "rus": "ru", "türk": "tr",
    "فارسی": "fa", "انگلیسی": "en", "روسی": "ru", "հայերեն": "hy", "ռուսերեն": "ru", "անգլերեն": "en", "العربية": "ar", "الإنجليزية": "en",
    "ქართული": "ka", "ქართულად": "ka",
    "українською": "uk", "англійською": "en", "deutsch": "de", "englisch": "en", "français": "fr", "anglais": "en",
  ]

  /// What leads to the text in another language starts so.
  static let alternateStarts = [
    "view ", "read ", "download ", "available in ", "also available ", "this article in ", "читать на ", "читать по-", "читати ", "oku",
    "lesen ", "lire ",
  ]

  static let seriesWords = [
    "policy brief", "policy paper", "policy memo", "working paper", "discussion paper", "research paper", "occasional paper",
    "briefing paper", "briefing", "report", "issue", "commentary",
    "expert comment", "аналитическая записка", "выпуск", "политика", "bülten", "sayı", "buraxılış", "شماره", "թողարկում", "العدد",
    "გამოცემა", "ausgabe", "numéro",
  ]

  /// Words of the pseudo-Latin that fills templates.
  static let lorem: Set<String> = [
    "lorem", "ipsum", "dolor", "dolorem", "dolores", "amet", "consectetur", "adipiscing", "adipisci", "elit", "sed", "eiusmod", "tempor",
    "tempora", "incididunt", "labore", "dolore", "magna", "aliqua",
    "enim", "minim", "veniam", "quis", "nostrud", "exercitationem", "ullamco", "laboris", "nisi", "aliquip", "commodo", "consequat",
    "consequatur", "consequuntur", "voluptas", "voluptate", "voluptatem",
    "voluptatum", "excepturi", "asperiores", "quia", "praesentium", "tenetur", "itaque", "ratione", "saepe", "sunt", "blanditiis", "cumque",
    "omnis", "debitis", "error", "sequi", "sit", "velit", "ducimus",
    "autem", "vitae", "quos", "deserunt", "quasi", "odio", "molestiae", "rem", "nam", "aut", "et", "ut", "ea", "eum", "ullam", "non",
    "nihil", "qui", "quo", "eos", "ab", "illo", "iusto", "fugit", "fuga",
  ]
}

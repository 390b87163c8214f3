// Which language a text is in.

import Glibc
import Testing

@testable import TextAnalysis

@Suite struct LanguageDetectorTests {
  @Test(arguments: [
    ("en", "Iran and Azerbaijan held talks on the border exercises in the northern province on Monday."),
    ("ru", "Президент Ирана заявил, что переговоры с Азербайджаном будут продолжены на следующей неделе."),
    ("uk", "Президент України заявив, що переговори з Азербайджаном триватимуть наступного тижня в Києві."),
    ("be", "Прэзідэнт Беларусі заявіў, што перамовы з Азербайджанам будуць працягнутыя на наступным тыдні, у Мінску ўсё добра."),
    ("bg", "Президентът на България заяви, че преговорите със съседните държави ще продължат през следващата седмица в София."),
    ("kk", "Қазақстан президенті Иранмен келіссөздер келесі аптада жалғасатынын мәлімдеді және өңірдегі жағдайға тоқталды."),
    ("tr", "Türkiye ile Azerbaycan arasındaki görüşmeler gelecek hafta Ankara'da devam edecek, dedi Cumhurbaşkanı."),
    ("az", "Azərbaycan Respublikasının Prezidenti İranla danışıqların gələn həftə davam edəcəyini bildirib."),
    ("fa", "رئیس جمهور ایران گفت که گفتگوها با جمهوری آذربایجان هفته آینده ادامه خواهد یافت."),
    ("ar", "قال الرئيس الإيراني إن المحادثات مع أذربيجان ستستمر الأسبوع المقبل في مدينة باكو."),
    ("ur", "ایران کے صدر نے کہا ہے کہ آذربائیجان کے ساتھ مذاکرات اگلے ہفتے جاری رہیں گے۔"),
    ("ku", "سەرۆکی ئێران ڕایگەیاند کە دانوستانەکان لەگەڵ ئازەربایجان هەفتەی داهاتوو بەردەوام دەبن."),
    ("hy", "Հայաստանի վարչապետը հայտարարել է բանակցությունների մասին։"),
    ("ka", "საქართველოს პრემიერ-მინისტრმა განაცხადა მოლაპარაკებების შესახებ."),
    ("he", "ראש ממשלת ישראל אמר כי השיחות יימשכו בשבוע הבא."),
    ("el", "Ο πρωθυπουργός της Ελλάδας δήλωσε ότι οι συνομιλίες θα συνεχιστούν."),
    ("de", "Der Präsident des Iran erklärte, dass die Gespräche mit Aserbaidschan in der nächsten Woche fortgesetzt werden."),
    ("fr", "Le président iranien a déclaré que les discussions avec l'Azerbaïdjan se poursuivraient la semaine prochaine."),
    ("es", "El presidente de Irán declaró que las conversaciones con Azerbaiyán continuarán la próxima semana."),
    ("it", "Il presidente iraniano ha dichiarato che i colloqui con l'Azerbaigian continueranno la prossima settimana."),
    ("zh", "伊朗总统表示，与阿塞拜疆的谈判将于下周继续进行。"),
    ("ja", "イランの大統領は、アゼルバイジャンとの協議を来週も続けると述べた。"),
    ("ko", "이란 대통령은 아제르바이잔과의 회담이 다음 주에도 계속될 것이라고 말했다."),
    ("th", "ประธานาธิบดีอิหร่านกล่าวว่าการเจรจาจะดำเนินต่อไป"),
  ])
  func aSentenceIsInThisLanguage(_ language: String, _ text: String) {
    let found = LanguageDetector.detect(Array(text.utf8))
    #expect(found.language.rawValue == language)
    #expect(found.confidence > 0.3 && found.confidence <= 1)
  }

  @Test(arguments: [("en", "Iran"), ("tr", "Ukrayna"), ("ru", "Иран"), ("fa", "باران"), ("de", "Iran 2021")])
  func aShortTextFollowsTheHint(_ hint: String, _ text: String) {
    #expect(LanguageDetector.detect(Array(text.utf8), hint: Language(rawValue: hint)).language.rawValue == hint)
  }

  @Test(arguments: [("ka", "საქართველო"), ("hy", "Հայաստան"), ("he", "ישראל")])
  func aScriptOfOneLanguageBeatsTheHint(_ language: String, _ text: String) {
    #expect(LanguageDetector.detect(Array(text.utf8), hint: .english).language.rawValue == language)
  }

  @Test func quotedForeignWordsDoNotDecide() {
    let text = "What are the things that you have learned in the last three to four months of work? अपनी इस काम के बारे में"
    #expect(LanguageDetector.detect(Array(text.utf8)).language == .english)
    #expect(LanguageDetector.detect(Array("SAGUAR X5’in teker sayısı kaç, yüksekliği ne kadar?".utf8)).language == .turkish)
  }

  @Test func aTextWithoutLettersIsInNoLanguage() {
    #expect(LanguageDetector.detect(Array("2021, 43.3 – !".utf8)).language == .undetermined)
    #expect(LanguageDetector.detect([]).confidence == 0)
  }

  @Test func bytesThatAreNotUTF8DoNotBreakIt() {
    let found = LanguageDetector.detect([0xFF, 0x41, 0x80, 0xC3], hint: .german)
    #expect(found.language == .german)
  }

  @Test(arguments: [("EN", "en"), ("en-US", "en"), ("az_Latn_AZ", "az"), ("iw", "he"), ("", "und"), ("zh-Hant", "zh")])
  func codesAreRead(_ code: String, _ raw: String) {
    #expect(Language(code: code).rawValue == raw)
  }

  /// CLD2 reads past the end of what it is given: with nothing readable behind it that is a crash.
  @Test func nothingBehindATextIsRead() throws {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let memory = try #require(mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    try #require(memory != MAP_FAILED && mprotect(memory + page, page, PROT_NONE) == 0)
    defer { munmap(memory, 2 * page) }
    for text in ["\u{11A5}[VO\u{BB42}", "\u{2D1F2}", "N\u{4018}", "abc", "é"] {
      let bytes = Array(text.utf8)
      let start = memory + page - bytes.count
      bytes.withUnsafeBytes { start.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(start), byteCount: bytes.count) }
      let atTheEnd = UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
      #expect(LanguageDetector.detect(atTheEnd) == LanguageDetector.detect(bytes))
    }
  }
}

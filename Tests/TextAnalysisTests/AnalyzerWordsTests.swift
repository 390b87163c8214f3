// Which words a text has, script by script, and in which forms.

import Testing

@testable import TextAnalysis

@Suite struct AnalyzerWordsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let language: String
    let text: String
    let folded: [String]
    var testDescription: String { "\(language): \(text)" }

    init(_ language: String, _ text: String, _ folded: String) {
      self.language = language
      self.text = text
      self.folded = folded.split(separator: " ").map(String.init)
    }
  }

  @Test(arguments: [
    Case("en", "Iran's Iran’s IRAN'S countries'", "iran iran iran countries"),
    Case("en", "Iran-Azerbaijan, anti-Iranian; 2021–2023", "iran azerbaijan anti iranian 2021 2023"),
    Case("en", "the U.S. and the U.S.A. at 5 p.m.", "the us and the usa at 5 pm"),
    Case("en", "U.S.-backed U.S.'s J.Smith a.b.com", "us backed us j smith ab com"),
    Case("en", "$43.3 million, 1,000 men, 1,234,567.89 units", "43.3 million 1000 men 1234567.89 units"),
    Case("en", "05.09.2023 10.0.0.1 1.000.000 3,5 0,125", "05 09 2023 10 0 0 1 1000000 3.5 0.125"),
    Case("en", "ends here.Next one 5.Then", "ends here next one 5 then"),
    Case("en", "we'll don't O'Brien Sana'a Sana`a", "we dont obrien sanaa sanaa"),
    Case("en", "mail to a.person@example.com", "mail to a person example com"),
    Case("en", "https://example.org/a?b=1", "https example org a b 1"),
    Case("en", "co\u{AD}operation zero\u{200C}width", "cooperation zerowidth"),
    Case("en", "Türkiye café naïve Ø Łódź straße æon", "turkiye cafe naive o lodz strasse aeon"),
    Case("en", "ﬁnal Ｆｕｌｌ １２", "final full 12"),
    Case("en", "“Iran” ‘Iran’ (Iran) [Iran]… —Iran—", "iran iran iran iran iran"),
    Case("en", "F-16 5G COVID-19 43.3m 2nd", "f 16 5g covid 19 43.3m 2nd"),
    Case("en", "Iran\u{2019}", "iran"),
    Case("tr", "İran'ın IRAK'ta Bakü’nün ışık İSTANBUL", "iran irak baku isik istanbul"),
    Case("tr", "I\u{307}ran’ın A.B.D.'nin", "iran abd"),
    Case("az", "Bakı'nın Azərbaycan’ın İranın Müharibəsi", "baki azerbaycan iranin muharibesi"),
    Case("fr", "l'Iran d’Azerbaïdjan qu'il aujourd'hui", "l iran d azerbaidjan qu il aujourdhui"),
    Case("it", "dell'Iran l’Azerbaigian c'è", "dell iran l azerbaigian c e"),
    Case("ca", "col·lega", "collega"),
    Case("de", "Straßen Öl Übergabe", "strassen ol ubergabe"),
    Case("ru", "Ещё партнёры Ирана, ИРАНСКИЙ мой", "еще партнеры ирана иранский мой"),
    Case("ru", "т.е. США и С.Ш.А.", "те сша и сша"),
    Case("uk", "п'ять об’єкт Київ їжак ґрунт", "пять обєкт київ їжак грунт"),
    Case("el", "Αθήνας ΑΘΗΝΑΣ ΐ", "αθηνασ αθηνασ ι"),
    Case("hy", "Հայաստան՝ Ինչո՞ւ եւ և։", "հայաստան ինչու եւ եւ"),
    Case("ka", "საქართველო ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "საქართველო საქართველო"),
    Case("he", "צה״ל צה\"ל אזרבייג׳ן אזרבייג'ן \"שָׁלוֹם\"", "צהל צהל אזרבייגן אזרבייגן שלום"),
    Case("ar", "إيران مُحَمَّد العـــراق آمنة", "ايران محمد العراق امنه"),
    Case("fa", "ایران می‌شود کتاب ۱۴۰۲", "ايران ميشود كتاب 1402"),
    Case("hi", "हिन्दी क़लम", "हिन्दी कलम"),
    Case("th", "ไทย", "ไท ทย"),
    Case("zh", "中国北京 人", "中国 国北 北京 人"),
    Case("ja", "ｶﾞラス です", "ガラ ラス です"),
    Case("ko", "한국의 서울", "한국의 서울"),
    Case("en", "北京Iran北", "北京 iran 北"),
    Case("en", "", ""),
    Case("en", " \n…—!?", ""),
  ])
  func aTextHasTheseWords(_ test: Case) {
    #expect(Analyzer().analyze(test.text, language: Language(rawValue: test.language)).foldeds == test.folded)
  }

  @Test func aWordCoversWhatIsWritten() {
    let text = "In the U.S., Iran’s $43.3m."
    let stream = Analyzer().analyze(text, language: .english)
    let bytes = Array(text.utf8)
    let written = stream.words.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(written == ["In", "the", "U.S.", "Iran’s", "43.3m"])
    #expect(stream.words.map(\.position) == [1, 2, 3, 4, 5])
  }

  private static let flagged: [(String, WordFlags)] = [
    ("Iran", .capitalised), ("iran", []), ("IRAN", [.capitalised, .allCaps]),
    ("NATO's", [.capitalised, .allCaps, .possessive]), ("iPhone", []), ("A", .capitalised),
    ("U.S.", [.capitalised, .allCaps, .acronym]), ("p.m.", .acronym), ("5G", .hasDigit), ("F16", [.capitalised, .hasDigit]),
    ("Élan", [.capitalised, .differs]), ("ИРАН", [.capitalised, .allCaps]), ("北京", .cjk), ("Iran’s", [.capitalised, .possessive]),
  ]

  @Test(arguments: flagged)
  func flagsTellHowAWordWasWritten(_ text: String, _ flags: WordFlags) throws {
    let stream = Analyzer().analyze(text, language: .english)
    #expect(stream.count == 1)
    #expect(try #require(stream.words.first).flags == flags)
  }

  @Test func exactFormsKeepDiacritics() {
    let stream = Analyzer().analyze("Türkiye CAFE\u{301} İran Ещё", language: .english)
    #expect(stream.exacts == ["türkiye", "café", "iran", "ещё"])
    #expect(stream.foldeds == ["turkiye", "cafe", "iran", "еще"])
  }

  @Test func anUpperCaseTurkishIIsDotless() {
    #expect(Analyzer().analyze("ISPARTA İzmir", language: .turkish).exacts == ["ısparta", "izmir"])
    #expect(Analyzer().analyze("ISPARTA İzmir", language: .english).exacts == ["isparta", "izmir"])
  }

  @Test func aVeryLongWordIsCutBetweenCharacters() throws {
    for letter in ["a", "é", "я", "ა", "𝒶"] {
      let stream = Analyzer().analyze(String(repeating: letter, count: 5000), language: .russian)
      #expect(stream.count == 1)
      #expect(stream.exact(0).count <= 64 && stream.exact(0).count > 60)
      #expect(String(validating: stream.exact(0), as: UTF8.self) != nil)
      #expect(try #require(stream.words.first).end == 5000 * letter.utf8.count)
    }
  }

  @Test func stopWordsAreKnownInFoldedForm() {
    let analyzer = Analyzer()
    let english = analyzer.analyze("the Don't IT us", language: .english)
    #expect(english.words.indices.map { analyzer.isStopWord(english, at: $0, language: .english) } == [true, true, false, false])
    let persian = analyzer.analyze("می‌شود که ایران", language: .persian)
    #expect(persian.words.indices.map { analyzer.isStopWord(persian, at: $0, language: .persian) } == [true, true, false])
    for (language, word) in [
      ("ru", "этого"), ("uk", "його"), ("tr", "için"), ("az", "üçün"), ("ar", "على"), ("hy", "և"), ("ka", "და"),
      ("he", "של"), ("de", "für"), ("fr", "à"), ("es", "él"), ("it", "perché"),
    ] {
      let stream = analyzer.analyze(word, language: Language(rawValue: language))
      #expect(analyzer.isStopWord(stream, at: 0, language: Language(rawValue: language)), "\(language): \(word)")
    }
  }

  @Test func stopWordsCanBeAdded() {
    let analyzer = Analyzer(options: AnalysisOptions(additionalStopWords: [.english: ["Café"]]))
    #expect(analyzer.isStopWord(ArraySlice("cafe".utf8), language: .english))
    #expect(analyzer.isStopWord(ArraySlice("the".utf8), language: .english))
  }
}

import ArasAPI
import TestSupport
import Testing

@testable import Engine

/// What is offered for which query.
struct CorrectionTests {
  private static let texts: [(language: String, text: String)] = [
    ("en", "The ceasefire agreement was signed in Baku. A ceasefire holds along the border, and the peace treaty is near."),
    ("en", "Both sides accuse each other of violating the ceasefire. The peace treaty is not signed; the border stays closed."),
    ("en", "Sanctions against the regime hit oil exports. New sanctions were announced, the sanctions of last year stay."),
    ("en", "The government raised tariffs. Tariffs and sanctions are not the same. A piece of bread costs more; a piece of land, too."),
    ("en", "The foreign minister spoke of separatism. Foreign policy and the foreign ministry; the minister of defence was absent."),
    ("en", "The word ministers use is peace. Peace talks, peace treaty, peace at last. A committee of accommodation met."),
    ("en", "Trade through the corridor grows. The corridor is open; the railway corridor is planned. Trade, trade."),
    ("ru", "Переговоры о перемирии продолжаются. Переговоры прошли в Баку. Ёлка стоит на площади, перемирие соблюдается."),
    ("tr", "Türkiye Cumhurbaşkanı görüşmelere katıldı. Cumhurbaşkanı Türkiye ile görüşmeleri değerlendirdi. Türkiye açıkladı."),
    ("az", "Azərbaycan Respublikası bəyanat verdi. Azərbaycan xəbər verir. Azərbaycan tərəfi."),
    ("fa", "مذاکرات صلح در تهران برگزار شد. مذاکرات ادامه دارد و صلح نزدیک است. مذاکرات"),
    ("ar", "المفاوضات مستمرة في العاصمة. المفاوضات بدأت اليوم. المفاوضات"),
    ("hy", "Բանակցությունները շարունակվում են։ Բանակցությունները Երևանում։ Բանակցությունները"),
    ("ka", "მოლაპარაკებები გრძელდება თბილისში. მოლაპარაკებები დაიწყო. მოლაპარაკებები"),
    ("el", "Οι διαπραγματεύσεις συνεχίζονται. Οι διαπραγματεύσεις άρχισαν. διαπραγματεύσεις"),
    ("zh", "谈判仍在继续。"),
  ]

  private static func index() async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = texts.enumerated().map { number, text in
      CorpusArticle(
        key: "\(number)", title: number == 0 ? "Quarterly bulletin" : nil, language: text.language,
        parts: [CorpusArticle.Part(text: text.text, language: text.language)])
    }
    // Twice, so that what is common is common.
    try await test.put(articles, path: "a.txt")
    try await test.put(articles, path: "b.txt")
    try await test.put(
      [CorpusArticle(key: "x", parts: [CorpusArticle.Part(text: "Alphaland and the Alphish army, Betaland, Gammaland")])], path: "c.txt")
    return test
  }

  @Test func slipsOfEveryKindInEveryScript() async throws {
    let test = try await Self.index()
    let table: [(typed: String, meant: String)] = [
      ("sactions", "sanctions"), ("santcions", "sanctions"), ("sanctionns", "sanctions"), ("sanktions", "sanctions"),
      ("zanctions", "sanctions"), ("anctions", "sanctions"), ("xsanctions", "sanctions"), ("asnctions", "sanctions"),
      ("goverment", "government"), ("govrenmetn", "government"), ("seperatism", "separatism"), ("acommodation", "accommodation"),
      ("comittee", "committee"), ("coridor", "corridor"), ("corrridor", "corridor"), ("Sactions", "sanctions"), ("TARRIFS", "tariffs"),
      ("перегаворы", "переговоры"), ("переговоыр", "переговоры"), ("ереговоры", "переговоры"),
      ("cumhurbaskni", "cumhurbaşkanı"), ("Türkye", "türkiye"), ("azerbaycn", "azərbaycan"),
      ("مذاکارت", "مذاکرات"), ("المفاوصات", "المفاوضات"), ("Բանակցություները", "բանակցությունները"),
      ("მოლაპარაკეები", "მოლაპარაკებები"), ("διαπραγματευσις", "διαπραγματεύσεις"),
      // Letters of another script that look the same.
      ("bоrder", "border"), ("пepeговоры", "переговоры"),
      // Names of the registry, and words of titles.
      ("alfaland", "alphaland"), ("Betalnd", "betaland"), ("Quaterly", "quarterly"),
    ]
    for (typed, meant) in table {
      let result = try await test.search(typed)
      let expected = Correction(from: typed, to: meant, offset: 0, length: typed.utf8.count)
      #expect(result.query.corrections == [expected], "\(typed)")
    }
  }

  @Test func neighboursDecide() async throws {
    let test = try await Self.index()
    func corrected(_ q: String) async throws -> [String] { try await test.search(q).query.corrections.map(\.to) }
    // One letter from both "piece" and "peace" …
    #expect(try await corrected("pece treaty") == ["peace"])
    #expect(try await corrected("signed pece") == ["peace"])
    #expect(try await corrected("pece of bread") == ["piece"])
    #expect(try await corrected("\"pece of land\"") == ["piece"])
  }

  /// An actor's passages are those of all its names: one that no text has weighs less than a word that some have.
  @Test func aNameOfNoTextGivesWayToAWordOfTheTexts() async throws {
    let actors = """
      version: 1
      actors:
        - {id: alphaland, kind: state, label: Alphaland, names: [Alphaland, Alfonia, Zuluwesi]}
      """
    let test = try TestIndex(registry: try TinyRegistry.load(actors: actors))
    let texts =
      (0..<12).map { "Alphaland was named \($0) times." } + (0..<3).map { "Begonia, a flower, number \($0)." }
      + (0..<4).map { "The alfalia grows here \($0)." }
    try await test.put(texts.enumerated().map { CorpusArticle(key: "\($0)", parts: [.init(text: $1)]) }, path: "a.txt")
    // One letter from each of "Alfonia" and "alfalia".
    #expect(try await test.search("alfolia").query.corrections.map(\.to) == ["alfalia"])
    // No word is near.
    #expect(try await test.search("zuluwessi").query.corrections.map(\.to) == ["zuluwesi"])
  }

  @Test func wordsJoinedAndParted() async throws {
    let test = try await Self.index()
    #expect(
      try await test.search("cease fire").query.corrections == [Correction(from: "cease fire", to: "ceasefire", offset: 0, length: 10)])
    #expect(
      try await test.search("the cease-fire agreement").query.corrections
        == [Correction(from: "cease-fire", to: "ceasefire", offset: 4, length: 10)])
    #expect(
      try await test.search("peacetreaty").query.corrections == [Correction(from: "peacetreaty", to: "peace treaty", offset: 0, length: 11)]
    )
    #expect(try await test.search("foreign minister").query.corrections.isEmpty)
    // Apart as they are, the two are side by side; together they are nowhere.
    #expect(try await test.search("peace treaty").query.corrections.isEmpty)
  }

  @Test func rightWordsAreLeftAlone() async throws {
    let test = try await Self.index()
    for q in [
      "sanctions", "Sanctions", "sanction", "SANCTIONS", "tariff", "=sactions", "sactions*", "-sactions", "sactions~1", "20212", "b2b",
      "X1",
      "Alphish", "alphaland", "Republic", "deltaport", "OSCE", "谈判", "переговорам", "ёлка", "елка", "the", "of",
      "title:sanctions", "actor:alphaland", "date:2021", "id:sactions",
    ] {
      #expect(try await test.search(q).query.corrections.isEmpty, "\(q)")
    }
  }

  @Test func namesOfFieldsArePutRight() async throws {
    let test = try await Self.index()
    func corrections(_ q: String) async throws -> [Correction] { try await test.search(q).query.corrections }
    #expect(try await corrections("actor:alfaland") == [Correction(from: "alfaland", to: "alphaland", offset: 6, length: 8)])
    #expect(
      try await corrections("army actor:\"republik of betaland\"") == [
        Correction(from: "republik of betaland", to: "betaland", offset: 12, length: 20)
      ])
    #expect(try await corrections("actor:(betalnd OR gammalnd)").map(\.to) == ["betaland", "gammaland"])
    #expect(try await corrections("topic:tarifs").map(\.to) == ["tariffs"])
    // No passage has it; nothing is near it; it is denied.
    for q in ["place:deltport", "actor:omegaland", "sanctions -actor:alfaland", "actor:a", "source:alfaland"] {
      #expect(try await corrections(q).isEmpty, "\(q)")
    }
  }

  @Test func nothingIsOfferedThatFindsNoMore() async throws {
    let test = try await Self.index()
    // "ceasefire" is there, but not with the source that is asked for.
    #expect(try await test.search("ceasefre source:nobody") { $0.match = .all }.query.corrections.isEmpty)
    #expect(try await test.search("ceasefre") { $0.filters[.lang] = FilterValue(any: ["ru"]) }.query.corrections.isEmpty)
    #expect(try await test.search("title:ceasefre").query.corrections.isEmpty)
    #expect(try await test.search("title:quaterly").query.corrections.map(\.to) == ["quarterly"])
  }

  @Test func aWordThatIsNowhereIsPutRightInAQuestionToo() async throws {
    let test = try await Self.index()
    let result = try await test.search("who announced new sactions against the government last year?")
    #expect(result.match == .any && result.total.passages > 2)
    #expect(result.query.corrections == [Correction(from: "sactions", to: "sanctions", offset: 18, length: 8)])
  }

  @Test func severalWordsAtOnce() async throws {
    let test = try await Self.index()
    let result = try await test.search("peece treety")
    #expect(result.query.corrections.map(\.to) == ["peace", "treaty"])
    #expect(Search.applying(result.query.corrections, to: "peece treety") == "peace treaty")
  }

  @Test func wordsComeAndGoWithTheirArticles() async throws {
    let test = try await Self.index()
    #expect(try await test.search("zugzwng").query.corrections.isEmpty)
    try await test.put([CorpusArticle(key: "z", parts: [.init(text: "A zugzwang in the talks.")])], path: "z.txt")
    #expect(try await test.search("zugzwng").query.corrections.map(\.to) == ["zugzwang"])
    try await test.index.removeFile(path: "z.txt")
    try await test.index.commit()
    #expect(try await test.search("zugzwng").query.corrections.isEmpty)
  }
}

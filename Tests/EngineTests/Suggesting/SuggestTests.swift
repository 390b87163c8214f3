import ArasAPI
import Testing

@testable import Engine

/// What is completed, how it is counted and in which order.
struct SuggestTests {
  private static let registry = """
    version: 1
    actors:
      - {id: iran, kind: state, label: Iran, names: [Iran, Islamic Republic of Iran], demonyms: [Iranian], native: {ru: [Иран], tr: [İran], fa: [ایران]}}
      - {id: iraq, kind: state, label: Iraq, names: [Iraq]}
      - {id: un, kind: organisation, label: United Nations, names: [United Nations]}
      - {id: zangezur-corridor, kind: place, label: Zangezur corridor, names: [Zangezur corridor]}
      - {id: nowhere, kind: state, label: Iranistan, names: [Iranistan]}
    """
  private static let topics = """
    version: 1
    topics:
      - {id: sanctions, label: Sanctions and embargoes, threshold: 1, rules: {1: ["sanction*"]}}
      - {id: trade, label: Trade, threshold: 1, rules: {1: ["trade"]}}
      - {id: iron, label: Iron and steel, threshold: 1, rules: {1: ["iron"]}}
    """

  private static func articles() -> [CorpusArticle] {
    [
      CorpusArticle(
        key: "1", title: "Ceasefire agreement signed",
        parts: [
          .init(text: "The ceasefire agreement was signed. Iran and Iraq traded prisoners."),
          .init(text: "Under the ceasefire agreement trade goes on; agreements on iron follow."),
        ]),
      CorpusArticle(
        key: "2", title: "What is the Zangezur corridor?", date: "2023-05-01",
        parts: [
          .init(text: "The Zangezur corridor is a plan. Iran rejects it; sanctions stay."), .init(text: "A sanction is no trade ban."),
        ]),
      CorpusArticle(
        key: "3", title: "Ceasefire agreement signed", date: "2024-01-02",
        parts: [.init(text: "A ceasefire agricultural workers hope for. Sanctions, sanctions, sanctions against Iran.")]),
      CorpusArticle(
        key: "4", title: "Заявление МИД", language: "ru",
        parts: [.init(text: "Тегеран и Иран: переговоры, товары, тегеранский меморандум.", language: "ru")]),
      CorpusArticle(
        key: "5", title: "İran ve Türkiye", language: "tr",
        parts: [.init(text: "İran ile Türkiye görüştü. Türkiye ve turkuaz.", language: "tr")]),
      CorpusArticle(key: "6", title: "谈判", language: "zh", parts: [.init(text: "谈判仍在继续。谈判", language: "zh")]),
    ]
  }

  private static func index() async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load(actors: registry, topics: topics))
    try await test.put(articles(), path: "a.jsonl")
    return test
  }

  private func of(_ kind: SuggestionKind, _ found: [Suggestion]) -> [String] { found.filter { $0.kind == kind }.map(\.text) }

  @Test func wordsByTheirBeginning() async throws {
    let test = try await Self.index()
    let found = try await test.suggest("sanc")
    #expect(found.first { $0.text == "sanctions" } == Suggestion(text: "sanctions", kind: .word, articles: 2, passages: 2))
    #expect(found.first { $0.text == "sanction" } == Suggestion(text: "sanction", kind: .word, articles: 1, passages: 1))
    #expect(found.first { $0.kind == .topic }?.id == "sanctions")
    // The whole of a word is a completion of it, too; words of grammar are none.
    #expect(of(.word, try await test.suggest("agreement")) == ["agreement", "agreements"])
    #expect(of(.word, try await test.suggest("th")).isEmpty)
    #expect(try await test.suggest("qqq").isEmpty)
  }

  @Test func scriptsAndDiacriticsFold() async throws {
    let test = try await Self.index()
    #expect(of(.word, try await test.suggest("turk")).sorted() == ["turkuaz", "türkiye"])
    #expect(of(.word, try await test.suggest("Türk")).sorted() == ["turkuaz", "türkiye"])
    #expect(of(.word, try await test.suggest("тег")).sorted() == ["тегеран", "тегеранский"])
    #expect(of(.word, try await test.suggest("谈")) == ["谈判"])
    #expect(of(.title, try await test.suggest("iran ve")) == ["İran ve Türkiye"])
  }

  @Test func actorsByAnyName() async throws {
    let test = try await Self.index()
    for (typed, match) in [
      ("ira", nil), ("IRAN", nil), ("İra", nil), ("ира", "Иран"), ("ایر", "ایران"), ("islamic re", "Islamic Republic of Iran"),
    ] as [(String, String?)] {
      let actor = try #require(try await test.suggest(typed).first { $0.id == "iran" }, "\(typed)")
      #expect(
        actor == Suggestion(text: "Iran", kind: .actor, id: "iran", label: "Iran", match: match, articles: 5, passages: 5), "\(typed)")
    }
    // An actor of which nobody writes is not offered; one whose name goes on behind the first word is.
    #expect(try await test.suggest("ira").allSatisfy { $0.id != "nowhere" })
    #expect(try await test.suggest("corr").first { $0.kind == .actor }?.id == "zangezur-corridor")
    #expect(try await test.suggest("ir").map(\.id).prefix(2) == ["iran", "iraq"])
  }

  @Test func theLastWordInTheLightOfThoseBefore() async throws {
    let test = try await Self.index()
    let found = try await test.suggest("ceasefire agr")
    #expect(
      Array(found.filter { $0.kind == .phrase }) == [
        Suggestion(text: "ceasefire agreement", kind: .phrase, articles: 2, passages: 3),
        Suggestion(text: "ceasefire agricultural", kind: .phrase, articles: 1, passages: 1),
      ])
    // Behind a blank, any word that follows.
    #expect(of(.phrase, try await test.suggest("the ceasefire ")) == ["the ceasefire agreement"])
    // What was typed stays as it was typed.
    #expect(of(.phrase, try await test.suggest("(\"Ceasefire agre")) == ["(\"Ceasefire agreement"])
    #expect(of(.phrase, try await test.suggest("Iran AND ceasefire agre")) == ["Iran AND ceasefire agreement"])
    // Not side by side anywhere, but in one passage.
    #expect(of(.word, try await test.suggest("prisoners irant")).isEmpty)
    let beside = try await test.suggest("prisoners cea")
    #expect(beside.first { $0.kind == .word } == Suggestion(text: "prisoners ceasefire", kind: .word, articles: 1, passages: 1))
    // In no passage together.
    #expect(of(.word, try await test.suggest("prisoners zang")).isEmpty)
    #expect(try await test.suggest("prisoners zang").first?.id == "zangezur-corridor")
    #expect(try await test.suggest("prisoners zang").first?.text == "prisoners Zangezur corridor")
  }

  /// Of a word in many passages some are read: what follows often is estimated, what follows seldom is found and counted.
  @Test func behindAWordOfManyPassages() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load(actors: Self.registry, topics: Self.topics))
    let articles = (0..<58).map { article in
      CorpusArticle(
        key: "\(article)",
        parts: (0..<50).map { passage in
          let number = article * 50 + passage
          let next = number % 397 == 1 ? "samba" : number % 5 < 2 ? "foxtrot" : "number \(number)"
          return .init(text: number % 7 == 0 ? "Samba without. A tango \(next) on day \(number)." : "A tango \(next) on day \(number).")
        })
    }
    try await test.put(articles, path: "a.jsonl")
    let often = try #require(try await test.suggest("tango ").first { $0.text == "tango foxtrot" })
    #expect(often.articles == nil && abs(often.passages - 1160) < 200, "\(often)")
    let seldom = (0..<2900).filter { $0 % 397 == 1 }
    let counted = Suggestion(
      text: "tango samba", kind: .phrase, articles: Set(seldom.map { $0 / 50 }).count, passages: seldom.count)
    #expect(try await test.suggest("tango sam").first == counted)
    // With another word in the same passage.
    let together = seldom.filter { $0 % 7 == 0 }
    let beside = try await test.suggest("without tango sam").first { $0.kind == .phrase }
    #expect(beside?.passages == together.count, "\(String(describing: beside))")
  }

  @Test func titlesByAnyOfTheirWords() async throws {
    let test = try await Self.index()
    let found = try await test.suggest("cease").first { $0.kind == .title }
    #expect(found?.text == "Ceasefire agreement signed" && found?.articles == 2 && found?.passages == 3)
    // The newest of two.
    let newest = try await test.search("date:2024 ceasefire").hits.first?.article.id
    #expect(found?.id == newest && newest != nil)
    for typed in ["zangezur corr", "what is the z", "corridor", "THE ZANGEZUR", "what is the zangezur corridor?"] {
      #expect(of(.title, try await test.suggest(typed)) == ["What is the Zangezur corridor?"], "\(typed)")
    }
    #expect(of(.title, try await test.suggest("title:zang")) == ["What is the Zangezur corridor?"])
  }

  @Test func valuesOfFields() async throws {
    let test = try await Self.index()
    #expect(try await test.suggest("actor:ira").map(\.text) == ["actor:iran", "actor:iraq"])
    #expect(try await test.suggest("sanctions actor:\"islamic r").map(\.text) == ["sanctions actor:iran"])
    #expect(try await test.suggest("-topic:tr").map(\.text) == ["-topic:trade"])
    #expect(try await test.suggest("topic:").map(\.text) == ["topic:sanctions", "topic:trade", "topic:iron"])
    #expect(try await test.suggest("date:20").isEmpty)
  }

  @Test func nothingTypedGivesWhatIsFrequent() async throws {
    let test = try await Self.index()
    let found = try await test.suggest("")
    #expect(found.map(\.id) == ["sanctions", "iran", "trade", "iraq", "iron", "zangezur-corridor"])
    #expect(found.map(\.articles) == [2, 5, 2, 1, 1, 1])
    #expect(try await test.suggest("  ", limit: 2).map(\.id) == ["sanctions", "iran"])
    #expect(try await test.suggest("", limit: 0).isEmpty)
  }

  @Test func countsAreThoseOfTheRevision() async throws {
    let test = try await Self.index()
    #expect(try await test.suggest("zugz").isEmpty)
    try await test.put(
      [CorpusArticle(key: "z", title: "Zugzwang", parts: [.init(text: "Zugzwang for the United Nations")])], path: "z.jsonl")
    #expect(try await test.suggest("zugz").map(\.kind) == [.word, .title])
    #expect(try await test.suggest("united n").first?.articles == 1)
    try await test.index.removeFile(path: "z.jsonl")
    let revision = try await test.index.commit()
    #expect(try await test.index.suggest(SuggestRequest(q: "zugz")) == SuggestResult(revision: revision, suggestions: []))
    #expect(try await test.suggest("united n").isEmpty)
  }

  @Test func namesOfAnotherRegistryAreCompletedAtOnce() async throws {
    let test = try await Self.index()
    #expect(try await test.suggest("pers").isEmpty)
    let other = Self.registry.split(separator: "\n").filter { !$0.contains("iraq") }.joined(separator: "\n")
      .replacing("label: Iran,", with: "label: Persia,")
    try await test.index.replaceRegistry(try TinyRegistry.load(actors: other, topics: Self.topics), analysis: .init())
    #expect(try await test.suggest("pers").map(\.id) == ["iran"])
    #expect(try await test.suggest("iraq").allSatisfy { $0.kind != .actor })
    #expect(try await test.search("actor:persai").query.corrections.map(\.to) == ["iran"])
  }

  /// Whatever is typed: an answer within the limit, nothing twice, and every count that of the search for it.
  @Test func whateverIsTyped() async throws {
    let test = try await Self.index()
    let texts = [
      "The ceasefire agreement was signed. Iran", "sanctions against Iran", "What is the Zangezur corridor?", "İran ve Türkiye", "谈判仍在",
      "товары, тегеранский", "actor:iran topic:trade", "\"", "-", "((", "title:", "a:b", "🙂 x", "\u{0}", "=sanc", "sanc*", "ceasefire~1",
      String(repeating: "ceasefire ", count: 90), String(repeating: "a", count: 5000),
    ]
    for text in texts {
      for length in 0...min(text.count, 60) {
        let typed = String(text.prefix(length))
        let found = try await test.suggest(typed, limit: 5)
        #expect(found.count <= 5)
        #expect(Set(found.map { "\($0.kind) \($0.text) \($0.id ?? "")" }).count == found.count, "\(typed)")
        for one in found {
          #expect(one.passages > 0 && (one.articles ?? 1) > 0 && one.passages >= one.articles ?? 0, "\(typed): \(one)")
          if one.kind == .word, !one.text.contains(" ") {
            let word = String(one.text.drop { !$0.isLetter })
            #expect(try await test.passages("=\(word.split(separator: ":").last ?? "")") == one.passages, "\(typed): \(one)")
          }
          if one.kind == .phrase, !one.text.contains("\"") {
            #expect(try await test.passages(one.text) >= one.passages, "\(typed): \(one)")
          }
          if one.kind == .actor, let id = one.id { #expect(try await test.passages("actor:\(id)") == one.passages) }
        }
      }
    }
    // Longer than a text that is looked at, and cut in the middle of a letter.
    _ = try await test.suggest(String(repeating: "中", count: 1000))
  }
}

extension TestIndex {
  func suggest(_ q: String, limit: Int = 10) async throws -> [Suggestion] {
    try await index.suggest(SuggestRequest(q: q, limit: limit)).suggestions
  }
}

import ArasAPI
import TestSupport
import Testing

@testable import Engine

/// Fields, stop words, ways of matching and faults of a query, on a few articles that can be looked over.
@Suite struct QueryFieldTests {
  private static let articles = [
    CorpusArticle(
      key: "1", title: "The border of the Alphish", date: "2021-11-05", authors: ["Rovshan Mammadli", "Ann Ash"], keywords: ["Deep Sea"],
      quality: ["short"], publisher: "Georgian Institute of Politics", kind: "html",
      parts: [
        .init(text: "Alphaland raised tariffs on Deltaport. Alphaland again."),
        .init(text: "The Alpha Army held drills.", heading: "War games"),
      ]),
    CorpusArticle(
      key: "2", title: "Tango", date: "2022-02", authors: ["Ann Birch"], keywords: ["Sea"], publisher: "Herald",
      parts: [.init(text: "Betaland drilled the border guards in war and in games of war.")]),
    CorpusArticle(
      key: "3", date: "2023", kind: "csv", language: "ru", parts: [.init(text: "Граница и мост. Учения в горах.", language: "ru")]),
    CorpusArticle(key: "4", parts: [.init(text: "To be or not to be, who are they; WHO met in Geneva. It is the US and us.")]),
  ]

  private static let longWord = String(repeating: "x", count: 400)

  private static func index() async throws -> TestIndex {
    let test = try TestIndex(
      registry: try TinyRegistry.load(
        actors: TinyRegistry.actors + "\n  - {id: who, kind: organisation, label: WHO, names: [World Health Body], acronyms: [WHO]}\n"))
    try await test.put(articles, path: "seeds/az/list.jsonl", label: "My files")
    return test
  }

  /// Passages as key#number.
  private func found(_ test: TestIndex, _ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) async throws -> [String] {
    let result = try await test.search(q) {
      $0.group = .passage
      $0.limit = 100
      $0.match = .all
      change(&$0)
    }
    return result.hits.flatMap { hit in
      hit.passages.map { "\(hit.article.key ?? "")#\($0.id.split(separator: "#").last ?? "")" }
    }.sorted()
  }

  @Test func fieldsFindTheirValues() async throws {
    let test = try await Self.index()
    let table: [(String, [String])] = [
      ("title:border", ["1#1", "1#2"]), ("text:border", ["2#1"]), ("heading:games", ["1#2"]), ("heading:\"war games\"", ["1#2"]),
      ("\"war games\"", ["1#2"]), ("text:\"war games\"", []), ("border", ["1#1", "1#2", "2#1"]),
      ("author:mammadli", ["1#1", "1#2"]), ("author:\"Rovshan Mammadli\"", ["1#1", "1#2"]),
      ("author:\"rovshan mammadli\"", ["1#1", "1#2"]),
      ("author:ann", ["1#1", "1#2", "2#1"]), ("author:\"Mammadli Ann\"", []), ("author:(ash OR birch)", ["1#1", "1#2", "2#1"]),
      ("author:mamm*", ["1#1", "1#2"]), ("author:*", ["1#1", "1#2", "2#1"]), ("-author:*", ["3#1", "4#1"]),
      ("source:herald", ["2#1"]), ("source:\"my files\"", ["1#1", "1#2", "2#1", "3#1", "4#1"]), ("publisher:politics", ["1#1", "1#2"]),
      ("keyword:sea", ["1#1", "1#2", "2#1"]), ("keyword:\"deep sea\"", ["1#1", "1#2"]),
      ("lang:ru", ["3#1"]), ("lang:RU", ["3#1"]), ("lang:(ru OR en)", ["1#1", "1#2", "2#1", "3#1", "4#1"]),
      ("kind:html", ["1#1", "1#2"]), ("kind:(csv OR HTML)", ["1#1", "1#2", "3#1"]), ("quality:short", ["1#1", "1#2"]),
      ("quality:*", ["1#1", "1#2"]),
      ("path:seeds/**", ["1#1", "1#2", "2#1", "3#1", "4#1"]), ("path:seeds/az/list.jsonl lang:ru", ["3#1"]), ("path:other/**", []),
      ("path:*.jsonl lang:ru", ["3#1"]), ("path:seeds/*/list.* lang:ru", ["3#1"]), ("path:seeds/* lang:ru", []), ("path:see* lang:ru", []),
      ("id:\(StableHash.articleID(path: "seeds/az/list.jsonl", key: "1"))", ["1#1", "1#2"]),
      ("id:\(StableHash.articleID(path: "seeds/az/list.jsonl", key: "1"))#2", ["1#2"]),
      ("actor:alphaland", ["1#1"]), ("actor:alphaland+", ["1#1", "1#2"]), ("actor:\"Alpha Army\"", ["1#2"]), ("actor:nobody", []),
      ("actor:(alphaland OR betaland)", ["1#1", "2#1"]), ("actor:deltaport", ["1#1"]), ("place:deltaport", ["1#1"]),
      ("actor:*", ["1#1", "1#2", "2#1", "4#1"]), ("place:*", ["1#1"]), ("topic:tariffs", ["1#1"]), ("topic:economy", ["1#1"]),
      ("topic:*", ["1#1"]), ("actor:alphaland!", ["1#1"]), ("title:*", ["1#1", "1#2", "2#1"]), ("heading:*", ["1#2"]),
      ("text:drill* -heading:*", ["2#1"]), ("title:bord*", ["1#1", "1#2"]), ("title:=border", ["1#1", "1#2"]), ("title:=borders", []),
      ("title:bordr~1", ["1#1", "1#2"]), ("=drilled", ["2#1"]), ("=drill", []), ("drill", ["1#2", "2#1"]),
      ("alphaland", ["1#1", "1#2"].filter { $0 == "1#1" }), ("=alphish", ["1#1", "1#2"]), ("Граница", ["3#1"]), ("границы", ["3#1"]),
      ("горы", ["3#1"]), ("учен*", ["3#1"]), ("nothing:here", []), ("NOT lang:en", ["3#1"]), ("-lang:en -lang:ru", []),
      ("title:border NEAR/3 title:alphish", ["1#1", "1#2"]), ("title:border NEAR/1 title:alphish", []),
      ("title:border NEAR/9 text:drills", []),
    ]
    for (query, expected) in table { #expect(try await found(test, query) == expected, "\(query)") }
  }

  @Test(arguments: [
    ("date:2021", ["1"]), ("date:2021-11", ["1"]), ("date:2021-11-05", ["1"]), ("date:2021-11-06", []), ("date:2022-02-14", ["2"]),
    ("date:2022", ["2"]), ("date:2023-07", ["3"]), ("date:2021..2022", ["1", "2"]), ("date:2022-02..", ["2", "3"]),
    ("date:2022-03..", ["3"]),
    ("date:..2021-11-05", ["1"]), ("date:..2021-10", []), ("date:2022-02-28..2023-01-01", ["2", "3"]), ("date:*", ["1", "2", "3"]),
    ("NOT date:*", ["4"]), ("date:2020-09-27..2021-11-05", ["1"]), ("-date:2021 date:*", ["2", "3"]),
  ])
  func dates(_ query: String, _ expected: [String]) async throws {
    let test = try await Self.index()
    let result = try await test.search(query) { $0.limit = 100 }
    #expect(result.hits.compactMap(\.article.key).sorted() == expected)
  }

  @Test func stopWordsCountWhereTheyAreAllThereIs() async throws {
    let test = try await Self.index()
    #expect(try await found(test, "\"to be or not to be\"") == ["4#1"])
    #expect(try await found(test, "to be") == ["4#1"])
    #expect(try await found(test, "the tariffs") == ["1#1"])
    #expect(try await found(test, "+tariffs who") == ["1#1"])
    #expect(try await found(test, "the of with") == [])
    #expect(try await found(test, "geneva with") == ["4#1"])
    #expect(try await found(test, "tariffs AND who") == [])
    // The organisation is no stop word.
    #expect(try await found(test, "WHO geneva") == ["4#1"])
    #expect(try await found(test, "WHO tariffs") == [])
  }

  @Test func waysOfMatching() async throws {
    let test = try await Self.index()
    func run(_ q: String, _ match: MatchMode) async throws -> SearchResult { try await test.search(q) { $0.match = match } }
    let all = try await run("tariffs tango", .all)
    #expect(all.total.articles == 0 && all.match == .all && !all.relaxed)
    let any = try await run("tariffs tango", .any)
    #expect(any.total.articles == 2 && any.match == .any && !any.relaxed)
    let relaxed = try await run("tariffs tango", .auto)
    #expect(relaxed.total.articles == 2 && relaxed.match == .any && relaxed.relaxed)
    // What is in a field is no word to do without.
    let kept = try await run("tariffs tango lang:en", .auto)
    #expect(kept.total.articles == 2 && kept.match == .any && kept.relaxed)
    let elsewhere = try await run("tariffs tango date:1900..1901", .auto)
    #expect(elsewhere.total.articles == 0 && elsewhere.match == .all && !elsewhere.relaxed)
    let auto = try await run("war games", .auto)
    #expect(auto.match == .all && !auto.relaxed && auto.total.articles == 2)
    let question = try await run("who raised the tariffs on everything in the world?", .auto)
    #expect(question.match == .any && !question.relaxed && question.hits.first?.article.key == "1")
    let nothing = try await run("xyzzy plugh", .auto)
    #expect(nothing.total.articles == 0 && !nothing.relaxed)
    // A required word stays required, an unwanted one unwanted.
    #expect(try await run("+tango tariffs", .any).hits.map(\.article.key) == ["2"])
    #expect(try await run("tariffs tango -betaland", .any).hits.map(\.article.key) == ["1"])
  }

  @Test(arguments: [
    ("\"never closed", 0), ("iran )", 5), ("(iran", 0), ("AND iran", 0), ("ünder OR", 7), ("date:soon", 5), ("actor: x", 0),
  ])
  func strictRequestsAreRefusedAtTheByte(_ query: String, _ offset: Int) async throws {
    let test = try await Self.index()
    let error = await #expect(throws: APIError.self) { try await test.search(query) { $0.syntax = .strict } }
    #expect(error?.name == "query_syntax")
    let details = error?.details ?? []
    let expected = JSONValue.int(Int64(offset))
    #expect(details.first { $0.key == "offset" }?.value == expected, "\(details)")
    _ = try await test.search(query)
  }

  @Test func explanationsCountEachClause() async throws {
    let test = try await Self.index()
    let result = try await test.search("war border") { $0.explain = true }
    #expect(result.explain?.clauses.map(\.clause) == ["war", "border"])
    #expect(result.explain?.clauses.map(\.passages) == [2, 3])
    let terms = try #require(result.hits.first?.passages.first?.explain)
    #expect(Set(terms.map(\.term)).isSuperset(of: ["war", "border"]) && terms.allSatisfy { $0.weight > 0 })
    let empty = try TestIndex(registry: try TinyRegistry.load())
    #expect(try await empty.search("war border") { $0.explain = true }.explain?.clauses.map(\.passages) == [0, 0])
  }

  @Test(arguments: [
    ("中国", ["1"]), ("国人", ["1"]), ("人国", []), ("中国人民", ["1"]), ("中国军", []), ("\"中国人民 tango\"", ["1"]), ("\"中国 tango\"", []),
    ("\"人民 tango\"", ["1"]), ("中国 NEAR/3 tango", ["1"]), ("中国 NEAR/2 tango", []), ("tango ADJ/9 中国", []), ("中国 ADJ/9 tango", ["1"]),
    ("كتاب", ["2"]), ("\"كتاب جديد\"", ["2"]), ("ქვეყანა", ["3"]), ("Երևան", ["3"]), ("երևան", ["3"]), ("ՀԱՅԱՍՏԱՆ", ["3"]), ("შალომ", []),
    ("שלום", ["2"]), ("İSTANBUL", ["3"]), ("istanbul", ["3"]), ("ıstanbul~1", ["3"]), ("Straße", ["2"]), ("strasse", ["2"]),
    ("straß*", ["2"]), ("=strasse", []), ("=straße", ["2"]), ("naïve", ["2"]), ("naive", ["2"]), ("=naive", []), ("na\u{308}ive~1", ["2"]),
    ("ελλάδα", ["3"]), ("ΕΛΛΆΔΑ", ["3"]), ("ελλαδα", ["3"]), ("Ёлка", ["3"]),
  ])
  func scripts(_ query: String, _ expected: [String]) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(key: "1", parts: [.init(text: "中国人民 tango", language: "zh")]),
        CorpusArticle(
          key: "2",
          parts: [
            .init(text: "هذا كتاب جديد", language: "ar"), .init(text: "שלום עולם", language: "he"),
            .init(text: "Die Straße ist naïve", language: "de"),
          ]),
        CorpusArticle(
          key: "3",
          parts: [
            .init(text: "ქვეყანა", language: "ka"), .init(text: "Երևան, Հայաստան", language: "hy"), .init(text: "İstanbul", language: "tr"),
            .init(text: "Ελλάδα", language: "el"), .init(text: "Ёлка", language: "ru"),
          ]),
      ], path: "a.jsonl")
    let result = try await test.search(query) { $0.match = .all }
    #expect(result.hits.compactMap(\.article.key).sorted() == expected)
    // Whatever is found in a text is marked there.
    for hit in result.hits { for passage in hit.passages { #expect(passage.snippets.contains { !$0.marks.isEmpty }) } }
  }

  @Test func filtersByPathAndId() async throws {
    let test = try await Self.index()
    let id = StableHash.articleID(path: "seeds/az/list.jsonl", key: "1")
    for (field, value, expected) in [
      (FilterField.path, FilterValue(any: ["seeds/**"]), 5), (.path, FilterValue(any: ["other/**", "*.jsonl"]), 5),
      (.path, FilterValue(any: ["none"]), 0), (.path, FilterValue(all: ["seeds/**", "none"]), 0), (.id, FilterValue(any: [id]), 2),
      (.id, FilterValue(any: ["\(id)#2", "x"]), 1), (.id, FilterValue(all: [id, "\(id)#2"]), 1), (.quality, FilterValue(any: ["SHORT"]), 2),
      (.date, FilterValue(any: ["2021", "2023"]), 3), (.lang, FilterValue(any: ["ru"]), 1), (.author, FilterValue(any: ["ann ash"]), 2),
    ] {
      let result = try await test.search("") { $0.filters[field] = value }
      #expect(result.total.passages == expected, "\(field) \(value)")
      let rest = try await test.search("") { $0.exclude[field] = value }
      let isOfPassage = field == .id && value != FilterValue(any: [id])
      if !isOfPassage { #expect(rest.total.passages == 5 - expected, "\(field) \(value)") }
    }
    let error = await #expect(throws: APIError.self) { try await test.search("") { $0.filters[.date] = FilterValue(any: ["soon"]) } }
    #expect(error?.name == "invalid_params" && error?.message.contains("soon") == true)
  }

  /// A term of the index has 245 bytes at most.
  @Test(arguments: [100, 190, 199, 200, 220, 240, 244, 245, 246, 300, 5000])
  func wordsOfAnyLengthAreFound(_ length: Int) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let word = String(repeating: "x", count: length)
    let cyrillic = String(repeating: "ж", count: length)
    try await test.put(
      [
        CorpusArticle(
          key: "1", title: "tango \(word)", authors: [word], keywords: [cyrillic],
          parts: [.init(text: "tango \(word) zulu \(cyrillic) border", heading: "drum \(word)")])
      ], path: "\(word)/\(cyrillic).txt")
    #expect(try await found(test, "tango zulu border drum").count == 1)
    #expect(try await found(test, word).count == 1)
    #expect(try await found(test, "=\(word)").count == 1)
    #expect(try await found(test, cyrillic).count == 1)
    #expect(try await found(test, "xxxx*").count == 1)
    #expect(try await found(test, "text:xxxx*").count == 1)
    #expect(try await found(test, "title:\(word)").count == 1)
    #expect(try await found(test, "author:\(word)").count == 1)
    #expect(try await found(test, "path:\(word)/**").count == 1)
    #expect(try await found(test, "\"tango \(word) zulu\"").count == 1)
    #expect(try await found(test, "\"tango =\(word)\"").count == 1)
  }

  @Test func wordsThatAreNowhereAreCorrected() async throws {
    let test = try await Self.index()
    let result = try await test.search("raised \"tarifs on\"") { $0.match = .all }
    #expect(result.query.corrections == [Correction(from: "tarifs", to: "tariffs", offset: 8, length: 6)])
    #expect(try await test.search("Tariffs").query.corrections.isEmpty)
    #expect(try await test.search("xyzzy =bordr bordr*  -bordr 20212").query.corrections.isEmpty)
    #expect(try await test.search("title:bordr").query.corrections.map(\.to) == ["border"])
    // What was found only by giving up some of the words is next to nothing.
    #expect(try await test.search("bordr war").query.corrections.map(\.to) == ["border"])
  }

  @Test func queriesOfAnythingAreAnswered() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await Self.index()
    let pieces: [String] = [
      "border", "AND", "OR", "NOT", "NEAR/3", "ADJ/2", "(", ")", "\"war games\"", "\"=war gam*\"~4", "drill*", "word~1", "~2", "=exact",
      "-", "+",
      "actor:alphaland", "actor:", "topic:*", "date:2021", "title:(", "source:\"a b\"", "lang:(en OR ru)", "*", "“", "\"", "::", "مرز",
      "中国人",
      "path:**", "path:*", "id:x", "heading:=\"", "text:(war NEAR/2 \"games of\")", "…", "👩‍👩‍👧", "\u{0}", Self.longWord,
    ]
    for _ in 0..<400 {
      let chosen = (0..<Int.random(in: 1...7, using: &random)).map { _ -> String in random.pick(pieces) }
      let text = chosen.joined(separator: random.chance(80) ? " " : "")
      do {
        let result = try await test.search(text) {
          $0.match = random.pick(MatchMode.allCases)
          $0.explain = random.chance(20)
        }
        #expect(result.total.passages <= 5, "seed \(seed), \(text)")
      } catch { Issue.record("seed \(seed), \(text): \(error)") }
    }
  }
}

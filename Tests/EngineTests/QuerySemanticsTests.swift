import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Random queries over random texts, against the loops of `OracleQuery`.
@Suite struct QuerySemanticsTests {
  /// Words of one stem each; the texts are made of them.
  static let english = [
    ["border", "borders"], ["drill", "drills", "drilled"], ["tango"], ["corridor", "corridors"], ["zulu"], ["drum", "drums"],
    ["café"], ["mountain", "mountains"], ["drift"], ["Alphaland"], ["Alphish"], ["Betaland"],
  ]
  static let others: [String: [[String]]] = [
    "ru": [["граница", "границы"], ["мост", "моста"], ["река"]],
    "tr": [["türkü"], ["köprü"], ["dağ"]],
    "fa": [["کتاب"], ["مرز"], ["کوه"]],
  ]

  static let authors = ["Ann Ash", "Ann Birch", "Ben Ash", "Cem Oak", "Rovshan Elm"]
  static let dates = ["2021", "2021-11", "2021-11-05", "2022-02", "2022-02-14", "2022-12-31", "2023"]

  static func word(_ written: String, stem: String) -> OracleWord {
    let form = written.lowercased()
    let folded = Fold.folded(form)
    let actor = ["alphaland": "alphaland", "alphish": "alphaland", "betaland": "betaland"][form]
    return OracleWord(stem: stem, form: form, folded: String(decoding: folded, as: UTF8.self), actor: actor)
  }

  static func words(_ count: ClosedRange<Int>, _ language: String, _ random: inout SeededRandom) -> [(String, OracleWord)] {
    let list = language == "en" ? english : others[language] ?? english
    return (0..<Int.random(in: count, using: &random)).map { _ in
      let forms = random.pick(list)
      let written = random.pick(forms)
      return (written, word(written, stem: forms[0].lowercased()))
    }
  }

  /// An index of random articles, and what is in it.
  static func corpus(_ random: inout SeededRandom, articles: Int) async throws -> (TestIndex, [OraclePassage]) {
    let test = try TestIndex(registry: try TinyRegistry.load())
    var passages: [OraclePassage] = []
    var all: [CorpusArticle] = []
    for number in 0..<articles {
      let title = random.chance(50) ? words(1...3, "en", &random) : []
      let authors = random.chance(70) ? [random.pick(authors)] + (random.chance(30) ? [random.pick(Self.authors)] : []) : []
      let date = random.chance(80) ? random.pick(dates) : nil
      var languages: [String] = []
      var parts: [CorpusArticle.Part] = []
      var own: [([OracleWord], [OracleWord])] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let language = random.chance(75) ? "en" : random.pick(["ru", "tr", "fa"])
        let body = words(1...12, language, &random)
        let heading = random.chance(30) ? words(1...3, language, &random) : []
        parts.append(
          .init(
            text: body.map(\.0).joined(separator: random.chance(50) ? " " : ", ") + ".",
            heading: heading.isEmpty ? nil : heading.map(\.0).joined(separator: " "), language: language))
        own.append((body.map(\.1), heading.map(\.1)))
        languages.append(language)
      }
      let article = CorpusArticle(
        key: "\(number)", title: title.isEmpty ? nil : title.map(\.0).joined(separator: " "), date: date, authors: authors, parts: parts)
      all.append(article)
      let id = StableHash.articleID(path: "corpus.jsonl", key: article.key)
      for (index, (body, heading)) in own.enumerated() {
        let named = Set(own.flatMap { $0.0.compactMap(\.actor) })
        let beyond = index == 0 ? Set(title.compactMap(\.1.actor)).subtracting(named) : []
        passages.append(
          OraclePassage(
            id: "\(id)#\(index + 1)", body: body, heading: heading, title: title.map(\.1), beyond: beyond, language: languages[index],
            authors: authors, date: date))
      }
    }
    try await test.put(all, path: "corpus.jsonl")
    return (test, passages)
  }

  static func term(_ random: inout SeededRandom) -> OracleTerm {
    let lists = random.chance(80) ? english : random.pick(["ru", "tr", "fa"].compactMap { others[$0] })
    let forms = random.pick(lists)
    let form = random.pick(forms).lowercased()
    let folded = String(decoding: Fold.folded(form), as: UTF8.self)
    switch Int.random(in: 0..<12, using: &random) {
    case 10: return .exactPrefix(String(form.prefix(3)))
    case 11: return .exactFuzzy(form, Int.random(in: 1...2, using: &random))
    case 0: return .exact(form)
    case 1: return .prefix(String(folded.prefix(3)))
    case 2: return .fuzzy(folded, Int.random(in: 1...2, using: &random), stem: forms[0].lowercased())
    default: return .stem(forms[0].lowercased(), typed: form)
    }
  }

  static func positional(_ random: inout SeededRandom, _ depth: Int) -> OracleQuery {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .actor(random.pick(["alphaland", "betaland", "gammaland"]))
    case 5: return .actors(["betaland"] + (random.chance(50) ? ["alphaland"] : ["gammaland", "alphaland"]))
    case 1, 2:
      let count = Int.random(in: 2...3, using: &random)
      return .phrase((0..<count).map { _ in term(&random) }, slop: random.chance(50) ? 0 : Int.random(in: 1...3, using: &random))
    case 3 where depth > 0: return .or([positional(&random, 0), positional(&random, 0)])
    case 4 where depth > 0: return near(&random, 0)
    default: return .term(term(&random))
    }
  }

  static func near(_ random: inout SeededRandom, _ depth: Int) -> OracleQuery {
    let count = random.chance(70) ? 2 : Int.random(in: 3...4, using: &random)
    return .near(
      (0..<count).map { _ in positional(&random, depth) }, Int.random(in: 1...6, using: &random), ordered: random.chance(40))
  }

  /// A clause that is about the whole passage.
  static func field(_ random: inout SeededRandom) -> OracleQuery {
    let days = dates.filter { _ in random.chance(30) }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      return .has(
        random.pick([
          "title", "heading", "author", "date", "actor", "topic", "quality", "keyword", "place", "lang", "path", "id", "kind", "text",
        ]))
    case 1: return .languages(random.chance(50) ? ["en"] : ["ru", "tr"])
    case 2: return .author(random.pick(authors).lowercased())
    case 3: return .authorWord(random.pick(["ann", "ash", "elm", "cem"]), isPrefix: random.chance(50))
    case 4:
      return random.pick([
        .authors("ann birch", "c"), .authors("", "ben"), .authors("ben b", ""), .authors("ann", "ann"), .authors("b", "ben ash"),
      ])
    case 5: return .dates(days.first ?? "2022", days.first ?? "2022")
    default: return .dates(days.first ?? "", days.last ?? "2022-02")
    }
  }

  static func query(_ random: inout SeededRandom, _ depth: Int) -> OracleQuery {
    if random.chance(12) { return field(&random) }
    switch Int.random(in: 0..<(depth > 0 ? 15 : 7), using: &random) {
    case 14: return .without(query(&random, 0), and: query(&random, depth - 1))
    case 0, 1, 2: return .term(term(&random))
    case 3: return positional(&random, 0)
    case 4: return near(&random, 1)
    case 5:
      let count = Int.random(in: 2...5, using: &random)
      return .phrase((0..<count).map { _ in term(&random) }, slop: random.chance(60) ? 0 : Int.random(in: 1...4, using: &random))
    case 6:
      let field = random.pick(["title", "text", "heading"])
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .scoped(field, .term(term(&random)))
      case 1: return .scoped(field, .phrase([term(&random), term(&random)], slop: random.chance(70) ? 0 : 2))
      default: return .scoped(field, near(&random, 1))
      }
    case 7, 8: return .and([query(&random, depth - 1), query(&random, depth - 1)])
    case 9, 10: return .or([query(&random, depth - 1), query(&random, depth - 1)])
    case 11: return .not(query(&random, depth - 1))
    default:
      return .clauses(
        [query(&random, depth - 1), query(&random, depth - 1)], without: random.chance(50) ? [query(&random, depth - 1)] : [])
    }
  }

  @Test func everyQueryFindsWhatTheLoopsFind() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<6 {
      let seed = random.state
      let (test, passages) = try await Self.corpus(&random, articles: 60)
      for _ in 0..<250 {
        let query = Self.query(&random, 2)
        let result = try await test.search(query.text) {
          $0.match = .all
          $0.group = .passage
          $0.limit = 10_000
          $0.facets = []
          $0.snippets.count = 0
        }
        let found = Set(result.hits.flatMap { $0.passages.map(\.id) })
        let expected = Set(passages.filter { query.holds($0) }.map(\.id))
        guard found != expected else { continue }
        let wrong = passages.first { found.contains($0.id) != expected.contains($0.id) }
        let kind = wrong.map { found.contains($0.id) } ?? false ? "too much" : "too little"
        let texts = wrong.map { [$0.body, $0.heading, $0.title].map { $0.map(\.form) } } ?? []
        Issue.record("seed \(seed), \(query.text), read as \(result.query.parsed): \(found.count)/\(expected.count), \(kind): \(texts)")
      }
    }
  }

  @Test func rankedQueriesNeedOneOfTheirWordsAndAllOfTheRequired() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let (test, passages) = try await Self.corpus(&random, articles: 60)
    for _ in 0..<200 {
      let terms = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (random.pick(["", "", "", "+", "-"]), OracleQuery.term(Self.term(&random)))
      }
      let text = terms.map { $0.0 + $0.1.text }.joined(separator: " ")
      let result = try await test.search(text) {
        $0.match = .any
        $0.limit = 0
        $0.facets = []
      }
      func all(_ sign: String) -> [OracleQuery] { terms.filter { $0.0 == sign }.map(\.1) }
      let expected = passages.count { passage in
        let isWanted =
          all("+").isEmpty
          ? all("").isEmpty || all("").contains { $0.holds(passage) } : all("+").allSatisfy { $0.holds(passage) }
        return isWanted && !all("-").contains { $0.holds(passage) }
      }
      #expect(result.total.passages == expected, "seed \(seed), \(text)")
    }
  }
}

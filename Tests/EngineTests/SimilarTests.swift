import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct SimilarTests {
  /// Words that every article uses, and those of three subjects.
  static let common = ["report", "people", "week", "country", "officials", "meeting", "statement", "region", "former", "public"]
  static let subjects = [
    ["pipeline", "compressor", "gas", "transit", "tariff", "contract", "megawatt", "terminal", "export", "volume"],
    ["glacier", "avalanche", "snow", "climber", "summit", "rescue", "ridge", "helicopter", "camp", "oxygen"],
    ["orchestra", "violin", "concert", "conductor", "symphony", "applause", "rehearsal", "soloist", "overture", "tenor"],
  ]

  /// Text of a number of words, a share of them of a subject.
  static func text(_ subject: Int, words: Int, share: Int = 50, _ random: inout SeededRandom) -> String {
    (0..<words).map { _ in random.chance(share) ? random.pick(subjects[subject]) : random.pick(common) }.joined(separator: " ") + "."
  }

  private func index(_ articles: [CorpusArticle]) async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(articles, path: "a.jsonl")
    return test
  }

  private func id(_ key: String) -> String { StableHash.articleID(path: "a.jsonl", key: key) }

  private func keys(_ result: SearchResult) -> [String] { result.hits.map { $0.article.key ?? "?" } }

  private func similar(_ test: TestIndex, _ id: String, _ change: (inout SearchRequest) -> Void = { _ in }) async throws -> SearchResult {
    var request = SearchRequest()
    change(&request)
    return try await test.index.similar(SimilarRequest(id: id, search: request))
  }

  private func subjectCorpus(_ random: inout SeededRandom) -> [CorpusArticle] {
    (0..<36).map { number in
      CorpusArticle(
        key: "\(number % 3)-\(number)", title: number % 2 == 0 ? random.pick(Self.subjects[number % 3]) : nil, date: "20\(10 + number % 9)",
        parts: (0..<2).map { _ in .init(text: Self.text(number % 3, words: 60, share: 30, &random)) })
    }
  }

  @Test func whatIsOnTheSameSubjectComesFirst() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await index(subjectCorpus(&random))
    for number in 0..<6 {
      for id in [id("\(number % 3)-\(number)"), id("\(number % 3)-\(number)") + "#2"] {
        let result = try await similar(test, id)
        let first = keys(result).prefix(8)
        #expect(first.count == 8 && first.allSatisfy { $0.hasPrefix("\(number % 3)-") }, "seed \(seed): \(id): \(keys(result))")
        #expect(!keys(result).contains("\(number % 3)-\(number)"), "seed \(seed)")
      }
    }
  }

  @Test func theSourceAndItsCopiesAreLeftOut() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let paragraphs = (0..<3).map { _ in Self.text(0, words: 60, &random) }
    var articles = subjectCorpus(&random)
    articles.append(CorpusArticle(key: "source", title: "Gas transit", date: "2020", parts: paragraphs.map { .init(text: $0) }))
    articles.append(
      CorpusArticle(key: "copy", title: "Another headline", date: "2021", parts: paragraphs.map { .init(text: $0.uppercased()) }))
    let changed = paragraphs.map { text in
      text.split(separator: " ").map { random.chance(8) ? "changed" : String($0) }.joined(separator: " ")
    }
    articles.append(CorpusArticle(key: "near", parts: [.init(text: "By our desk, in the capital.")] + changed.map { .init(text: $0) }))
    articles.append(CorpusArticle(key: "shorter", parts: paragraphs.prefix(2).map { .init(text: $0) }))
    let test = try await index(articles)
    // Of two that were each changed in another way, nothing is asked.
    let copies = [
      "source": ["source", "copy", "near", "shorter"], "copy": ["source", "copy", "near", "shorter"], "near": ["source", "copy", "near"],
      "shorter": ["source", "copy", "shorter"],
    ]
    for (source, out) in copies {
      let result = try await similar(test, id(source)) { $0.limit = 1000 }
      #expect(Set(keys(result)).isDisjoint(with: out), "seed \(seed): \(source): \(keys(result))")
      #expect(result.total.articles == result.hits.count && result.hits.count >= 10, "seed \(seed)")
    }
  }

  @Test func aNearCopyOfThePassageIsLeftOutButNotTheRestOfItsArticle() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let paragraph = Self.text(0, words: 60, &random)
    var articles = subjectCorpus(&random)
    articles.append(CorpusArticle(key: "source", parts: [.init(text: Self.text(1, words: 90, &random)), .init(text: paragraph)]))
    articles.append(
      CorpusArticle(
        key: "agency",
        parts: [
          .init(text: Self.text(0, words: 70, &random)), .init(text: paragraph + " Agencies contributed."),
          .init(text: Self.text(2, words: 90, &random)),
        ]))
    let test = try await index(articles)
    let result = try await similar(test, id("source") + "#2") {
      $0.group = .passage
      $0.limit = 1000
    }
    let passages = result.hits.flatMap { $0.passages.map(\.id) }
    #expect(!passages.contains(id("agency") + "#2") && passages.contains(id("agency") + "#1"), "seed \(seed): \(passages)")
    #expect(!keys(result).contains("source"), "seed \(seed)")
  }

  @Test func groupsFiltersAndPagesAreThoseOfASearch() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await index(subjectCorpus(&random))
    let source = id("0-0")
    let whole = try await similar(test, source) { $0.limit = 1000 }
    let passages = try await similar(test, source) {
      $0.limit = 1000
      $0.group = .passage
    }
    #expect(passages.hits.count == whole.total.passages && passages.total == whole.total, "seed \(seed)")
    #expect(Set(passages.hits.map(\.article.id)) == Set(whole.hits.map(\.article.id)), "seed \(seed)")
    #expect(whole.hits.allSatisfy { $0.passages.count <= 3 && $0.passagesMatched >= $0.passages.count })
    let one = try await similar(test, source) { $0.perGroup = 1 }
    #expect(one.hits.allSatisfy { $0.passages.count == 1 })

    let filtered = try await similar(test, source) {
      $0.limit = 1000
      $0.filters[.date] = FilterValue(any: ["2012"])
      $0.facets = [FacetSpec(.date, interval: .year)]
    }
    #expect(keys(filtered) == keys(whole).filter { key in whole.hits.contains { $0.article.key == key && $0.article.date == "2012" } })
    #expect(filtered.facets[.date]?.values.map(\.count).reduce(0, +) == whole.hits.count, "the facet leaves its own filter out")
    let without = try await similar(test, source) {
      $0.limit = 1000
      $0.exclude[.date] = FilterValue(any: ["2012"])
    }
    #expect(without.total.articles + filtered.total.articles == whole.total.articles)

    var paged: [String] = []
    var cursor: String?
    repeat {
      let page = try await similar(test, source) {
        $0.limit = 4
        $0.cursor = cursor
      }
      paged += keys(page)
      cursor = page.cursor
    } while cursor != nil && paged.count < 1000
    #expect(paged == keys(whole), "seed \(seed)")
    let first = try await similar(test, source) { $0.limit = 2 }
    await #expect(throws: APIError.self) {
      try await similar(test, id("1-1")) { $0.cursor = first.cursor }
    }
    let byDate = try await similar(test, source) {
      $0.limit = 1000
      $0.sort = .dateDescending
    }
    #expect(byDate.hits.map(\.article.date) == byDate.hits.map(\.article.date).sorted { ($0 ?? "") > ($1 ?? "") })
    #expect(Set(keys(byDate)) == Set(keys(whole)))
  }

  @Test func aQueryNarrowsWhatIsSimilar() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let test = try await index(subjectCorpus(&random))
    let whole = try await similar(test, id("1-1")) { $0.limit = 1000 }
    let matching = try await test.search("helicopter") { $0.limit = 1000 }
    let narrowed = try await similar(test, id("1-1")) {
      $0.limit = 1000
      $0.q = "helicopter"
    }
    #expect(narrowed.total.articles > 0)
    #expect(Set(keys(narrowed)).isSubset(of: Set(keys(whole)).intersection(keys(matching))))
    #expect(narrowed.query.parsed.hasPrefix("helicopter AND ("))
    await #expect(throws: APIError.self) {
      try await similar(test, id("1-1")) {
        $0.q = "\"open"
        $0.syntax = .strict
      }
    }
  }

  @Test func actorsUnderOtherNamesCount() async throws {
    let filler = (0..<20).map {
      CorpusArticle(key: "f\($0)", parts: [.init(text: "Something else entirely happened number \($0) somewhere.")])
    }
    let test = try await index(
      filler + [
        CorpusArticle(key: "source", parts: [.init(text: "Alphaland signed.")]),
        CorpusArticle(key: "demonym", parts: [.init(text: "An Alphish envoy left early.")]),
      ])
    let result = try await similar(test, id("source"))
    #expect(keys(result) == ["demonym"])
    let marks = result.hits.flatMap { $0.passages.flatMap { $0.snippets.flatMap(\.marks) } }
    #expect(marks.map(\.id) == ["alphaland"])
    #expect(result.query.parsed == "actor:alphaland" && result.match == .any)
  }

  @Test func sharedTopicsRaiseAPassage() async throws {
    let filler = (0..<20).map { CorpusArticle(key: "f\($0)", parts: [.init(text: "Weather of day \($0) was calm.")]) }
    let test = try await index(
      filler + [
        CorpusArticle(key: "source", parts: [.init(text: "harbour tariff dispute")]),
        CorpusArticle(key: "plain", parts: [.init(text: "harbour dredging delay")]),
        CorpusArticle(key: "topic", parts: [.init(text: "harbour tariffs delay")]),
      ])
    let result = try await similar(test, id("source"))
    #expect(keys(result) == ["topic", "plain"])
    #expect(result.query.parsed.contains("topic:tariffs"))
  }

  @Test func theParsedFormIsAQueryThatFindsTheSame() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try await index(subjectCorpus(&random))
    let result = try await similar(test, id("2-2")) { $0.limit = 1000 }
    let again = try await test.search(result.query.parsed) { $0.limit = 1000 }
    #expect(again.query.warnings.isEmpty && again.query.parsed == result.query.parsed, "seed \(seed): \(result.query.parsed)")
    #expect(Set(keys(result)).isSubset(of: Set(keys(again))), "seed \(seed)")
    let bytes = result.hits.flatMap { $0.passages.flatMap(\.snippets) }.map { (Array($0.text.utf8), $0.marks) }
    let words = Set(result.query.parsed.split(separator: " ").map { String($0) })
    for (text, marks) in bytes {
      #expect(!marks.isEmpty)
      for mark in marks {
        let word = String(decoding: text[mark.start..<mark.end], as: UTF8.self)
        #expect(words.contains { $0.hasPrefix(word.prefix(4)) }, "\(word) of \(words)")
      }
    }
  }

  @Test func unknownIDsAreNotFound() async throws {
    let test = try await index([CorpusArticle(key: "1", parts: [.init(text: "word word")])])
    for unknown in ["nothing", id("1") + "#2", id("1") + "#", id("1") + "#x", "#1", ""] {
      let error = await #expect(throws: APIError.self) { try await similar(test, unknown) }
      #expect(error?.kind == .notFound, "\(unknown)")
    }
  }

  @Test func anArticleOfItsOwnHasNothingSimilar() async throws {
    let test = try await index([
      CorpusArticle(key: "1", parts: [.init(text: "solitary words alone")]), CorpusArticle(key: "2", parts: [.init(text: "other text")]),
    ])
    let result = try await similar(test, id("1"))
    #expect(result.total == Total(articles: 0, passages: 0) && result.hits.isEmpty && result.query.corrections.isEmpty)
  }
}

@Suite struct WordPairsTests {
  private func pairs(_ paragraphs: [[String]]) -> WordPairs {
    var pairs = WordPairs()
    let analyzer = Analyzer()
    for paragraph in paragraphs { pairs.add(analyzer.analyze(paragraph.joined(separator: " "), language: .english)) }
    return pairs
  }

  /// Words by Zipf's law over 3000, as in a language.
  private func paragraphs(_ random: inout SeededRandom) -> [[String]] {
    (0..<Int.random(in: 3...6, using: &random)).map { _ in
      (0..<Int.random(in: 30...80, using: &random)).map { _ in
        let rank = Double.random(in: 0..<1, using: &random)
        return "w\(Int(powDouble(3000, rank)))"
      }
    }
  }

  private func powDouble(_ base: Double, _ exponent: Double) -> Double {
    var result = 1.0
    var factor = base
    var rest = exponent
    for _ in 0..<40 {
      factor = factor.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= factor
        rest -= 1
      }
    }
    return result
  }

  @Test func copiesWithTheEditsOfRepublishingAreFoundAndOtherTextsAreNot() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let texts = (0..<40).map { _ in paragraphs(&random) }
    let originals = texts.map(pairs)
    var found = 0
    var asked = 0
    for (number, text) in texts.enumerated() {
      var edits = [text]
      edits.append([["headline", "changed", "by", "the", "desk"]] + text)
      edits.append(text.map { $0.map { random.chance(10) ? "new\(Int.random(in: 0..<99, using: &random))" : $0 } })
      edits.append(Array(text.dropLast()))
      for edit in edits {
        asked += 1
        if originals[number].isCopy(of: pairs(edit), share: WordPairs.articleShare, ofSmaller: false) { found += 1 }
      }
    }
    #expect(Double(found) >= 0.9 * Double(asked), "seed \(seed): \(found) of \(asked)")
    for first in originals.indices {
      for second in originals.indices where first != second {
        #expect(!originals[first].isCopy(of: originals[second], share: WordPairs.articleShare, ofSmaller: false), "seed \(seed)")
        #expect(!originals[first].isCopy(of: originals[second], share: WordPairs.passageShare, ofSmaller: true), "seed \(seed)")
      }
    }
  }

  @Test func shortTextsAreCopiesOnlyWordForWord() {
    let text = "The ministers met in the capital on Monday".split(separator: " ").map { String($0) }
    let original = pairs([text])
    #expect(original.isCopy(of: pairs([text.map { $0.uppercased() }]), share: 0.6, ofSmaller: false))
    #expect(!original.isCopy(of: pairs([text.dropLast() + ["Tuesday"]]), share: 0.6, ofSmaller: false))
    #expect(!original.isCopy(of: pairs([text.reversed()]), share: 0.6, ofSmaller: false))
    #expect(!pairs([]).isCopy(of: pairs([]), share: 0.6, ofSmaller: false))
  }
}

import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Marks of random queries over random texts, against the loops of `OracleQuery`.
@Suite struct MarkTests {
  @Test func exactlyTheWordsThatMatchedAreMarked() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<4 {
      let seed = random.state
      let (test, passages) = try await QuerySemanticsTests.corpus(&random, articles: 40)
      let byID = Dictionary(uniqueKeysWithValues: passages.map { ($0.id, $0) })
      for _ in 0..<150 {
        let query = QuerySemanticsTests.query(&random, 2)
        let result = try await test.search(query.text) {
          $0.match = .all
          $0.group = .passage
          $0.limit = 1000
          $0.facets = []
          $0.snippets = SnippetOptions(count: 100, length: 10_000)
        }
        for hit in result.hits {
          let passage = try #require(hit.passages.first)
          let model = try #require(byID[passage.id])
          let snippet = try #require(passage.snippets.first)
          let marked = try words(of: snippet)
          let expected = query.marked(model.body)
          guard marked != expected else { continue }
          Issue.record(
            "seed \(seed), \(query.text): marked \(marked.sorted()), expected \(expected.sorted()) in \(model.body.map(\.form))")
        }
      }
    }
  }

  /// The words, by index, that the marks of a snippet cover; a mark that cuts a word is an error.
  private func words(of snippet: Snippet) throws -> Set<Int> {
    let stream = Analyzer().analyze(Array(snippet.text.utf8), language: .english)
    var covered: Set<Int> = []
    for mark in snippet.marks {
      let inside = stream.words.indices.filter { Int(stream.words[$0].end) > mark.start && Int(stream.words[$0].start) < mark.end }
      let first = try #require(inside.first)
      let last = try #require(inside.last)
      #expect(Int(stream.words[first].start) == mark.start && Int(stream.words[last].end) == mark.end, "\(snippet)")
      covered.formUnion(inside)
    }
    for (a, b) in zip(snippet.marks, snippet.marks.dropFirst()) { #expect(a.end <= b.start) }
    return covered
  }

  @Test func wordsOfAWindowAreMarkedHoweverManyThereAre() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let text = Array(repeating: "tango zulu drum", count: 100).joined(separator: " ")
    try await test.put([CorpusArticle(key: "1", parts: [.init(text: text)])], path: "a.jsonl")
    for query in ["tango NEAR/90 zulu NEAR/90 drum", "tango ADJ/90 zulu ADJ/90 drum", "\"tango zulu\" NEAR/50 drum"] {
      let result = try await test.search(query) { $0.snippets.length = 10_000 }
      #expect(result.hits.first?.passages.first?.snippets.first?.marks.count == 300, "\(query)")
    }
  }

  @Test func anActorIsMarkedWithItsWholeName() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [CorpusArticle(key: "1", parts: [.init(text: "The Republic of Betaland's army met Alphaland on the border.")])], path: "a.jsonl")
    let snippet = try #require(try await test.search("actor:betaland NEAR/6 border").hits.first?.passages.first?.snippets.first)
    #expect(snippet.marks.isEmpty == false)
    let texts = snippet.marks.map { String(decoding: Array(snippet.text.utf8)[$0.start..<$0.end], as: UTF8.self) }
    #expect(texts == ["Republic of Betaland's", "border"], "\(texts)")
    #expect(snippet.marks.first?.id == "betaland" && snippet.marks.first?.kind == .actor)
  }

  @Test(arguments: [
    ("\"war games\"", "He likes war. The games began; war games are games of war.", ["war", "games"]),
    ("games~1", "The gamer plays games.", ["gamer", "games"]),
    ("türk*", "Türkiye and Turkey and turkish", ["Türkiye", "Turkey", "turkish"]),
    ("=Games", "Game games gaming", ["games"]),
    ("中国", "美国和中国的人", ["中国"]),
  ])
  func marksOf(_ query: String, _ text: String, _ expected: [String]) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([CorpusArticle(key: "1", parts: [.init(text: text)])], path: "a.jsonl")
    let snippet = try await test.search(query).hits.first?.passages.first?.snippets.first
    let bytes = Array((snippet?.text ?? "").utf8)
    #expect(snippet?.marks.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } == expected)
  }
}

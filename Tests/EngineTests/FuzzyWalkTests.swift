import ArasAPI
import TestSupport
import Testing

@testable import Engine

@Suite struct FuzzyWalkTests {
  private static func word(_ letters: [Character], _ length: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
    String((0..<Int.random(in: length, using: &random)).map { _ in random.pick(letters) })
  }

  /// Walks along a sorted list as an index would, entering it where the walk says.
  private static func walk(_ words: [[UInt8]], _ target: String, _ limit: Int) -> (found: [[UInt8]: Int], looked: Int) {
    var walk = FuzzyWalk(to: target.unicodeScalars, limit: limit)
    var found: [[UInt8]: Int] = [:]
    var index = 0
    var looked = 0
    loop: while index < words.count {
      looked += 1
      switch words[index].withUnsafeBufferPointer({ walk.look(at: $0) }) {
      case .near(let distance):
        found[words[index]] = distance
        index += 1
      case .far: index += 1
      case .skip(let next): index = max(index + 1, words.firstIndex { !$0.lexicographicallyPrecedes(next) } ?? words.count)
      case .end: break loop
      }
    }
    return (found, looked)
  }

  @Test(arguments: [["a", "b"], ["a", "b", "c", "é", "я", "中", "𝔘"], Array("abcdefghijklmnopqrstuvwxyz")] as [[Character]])
  func findsWhatTheDefinitionFinds(_ letters: [Character]) {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    for _ in 0..<60 {
      let seed = random.state
      let words = Set((0..<300).map { _ in Self.word(letters, 1...7, &random) })
      let sorted = words.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
      let target = random.chance(50) ? random.pick(Array(words)) : Self.word(letters, 1...8, &random)
      for limit in 1...2 {
        let expected = Dictionary(
          uniqueKeysWithValues: words.map { (Array($0.utf8), OracleTerm.distance($0, target)) }.filter { $0.1 <= limit })
        #expect(Self.walk(sorted, target, limit).found == expected, "seed \(seed), \(target)~\(limit)")
      }
    }
  }

  @Test func mostOfALongListIsSkipped() {
    var random = SeededRandom(seed: 7)
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let words = Set((0..<20_000).map { _ in Self.word(letters, 4...9, &random) })
    let sorted = words.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    let near = Self.walk(sorted, "corridor", 1)
    #expect(near.looked < words.count / 20, "\(near.looked) of \(words.count)")
    #expect(Self.walk(sorted, "corridor", 2).looked < words.count / 4)
  }

  @Test(arguments: ["", "a", "ab"]) func shortTargetsEnd(_ target: String) {
    let words = ["a", "aa", "ab", "b", "ba", "zzzz"].map { Array($0.utf8) }
    let expected = words.filter { OracleTerm.distance(String(decoding: $0, as: UTF8.self), target) <= 2 }
    #expect(Set(Self.walk(words, target, 2).found.keys) == Set(expected))
  }

  /// However often a word like it occurs, and in however short a passage, the word itself comes first, then what is nearer.
  @Test func whatIsNearerComesFirst() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let filler = (0..<120).map { "filler\($0 % 40)" }.joined(separator: " ")
    func text(_ word: String, _ count: Int) -> String { Array(repeating: word, count: count).joined(separator: " ") }
    try await test.put(
      [
        CorpusArticle(key: "2", parts: [.init(text: text("corrxdyr", 30) + " and more")]),
        CorpusArticle(key: "1", parts: [.init(text: text("corridar", 4) + " " + filler)]),
        CorpusArticle(key: "1b", parts: [.init(text: text("corrdor", 1) + " " + filler)]),
        CorpusArticle(key: "0", parts: [.init(text: filler + " corridor " + filler)]),
      ] + (0..<60).map { CorpusArticle(key: "f\($0)", parts: [.init(text: filler)]) }, path: "a.jsonl")
    let near = try await test.search("corridor~2")
    #expect(near.hits.map(\.article.key) == ["0", "1", "1b", "2"])
    #expect(try await test.search("corridor~1").hits.map(\.article.key) == ["0", "1", "1b"])
    #expect(try await test.search("=corridor~1").hits.map(\.article.key) == ["0", "1", "1b"])
    #expect(try await test.search("corridar~1").hits.map(\.article.key) == ["1", "0"])
  }
}

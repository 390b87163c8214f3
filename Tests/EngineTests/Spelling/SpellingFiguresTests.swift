import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// How many slips in words of real texts are put right, and how many right words are left alone.
struct SpellingFiguresTests {
  struct Figures: CustomStringConvertible {
    var words = 0
    var right = 0
    /// The wrong word is found nevertheless, by its stem.
    var silent = 0
    var misses: [String] = []
    var share: Double { Double(right) / Double(max(words, 1)) }
    var description: String { "\(right)/\(words) = \(Double(Int(share * 1000)) / 10) % (silent \(silent)) \(misses.prefix(12))" }
  }

  /// Words of an index that are frequent enough, mistyped; those that become other words of the index are taken again.
  static func slips(_ collection: TextCollection, _ test: TestIndex, words: Int, edits: Int, neighbour: Bool, seed: UInt64) async throws
    -> Figures
  {
    var typist = Typist(collection, seed: seed)
    var figures = Figures()
    while figures.words < words {
      let typed = typist.word(withNeighbour: neighbour)
      guard try await test.passages("=" + typed.word) >= 3 else { continue }
      let wrong = typist.slip(typed.word, edits: edits)
      guard !typist.isWord(wrong), wrong.unicodeScalars.count > 2, try await test.passages("=" + wrong) == 0 else { continue }
      let result = try await test.search(typed.query(wrong)) {
        $0.limit = 0
        $0.facets = []
      }
      figures.words += 1
      let best = result.query.corrections.first { $0.from == wrong }?.to
      if best.map({ Fold.key($0) }) == Fold.key(typed.word) {
        figures.right += 1
      } else {
        if best == nil, result.total.passages > 2, !result.relaxed { figures.silent += 1 }
        figures.misses.append("\(typed.query(wrong))→\(best ?? "-") (\(typed.word))")
      }
    }
    return figures
  }

  static func falseAlarms(_ collection: TextCollection, _ test: TestIndex, words: Int, neighbour: Bool, seed: UInt64) async throws
    -> Figures
  {
    var typist = Typist(collection, seed: seed)
    var figures = Figures()
    while figures.words < words {
      let typed = typist.word(withNeighbour: neighbour)
      let only: (inout SearchRequest) -> Void = {
        $0.limit = 0
        $0.facets = []
      }
      // Right is what stands in the index: the head of a file has words too, which are in no passage.
      guard try await test.search("=\(typed.word)", only).total.passages > 0 else { continue }
      let result = try await test.search(typed.query(typed.word), only)
      figures.words += 1
      if let wrong = result.query.corrections.first {
        figures.right += 1
        figures.misses.append("\(wrong.from)→\(wrong.to)")
      }
    }
    return figures
  }

  static func measure(_ collection: TextCollection, words: Int) async throws -> [String: Figures] {
    let test = try await collection.index()
    // The vocabulary of a large index is read behind the queries, which are answered without corrections until it is there.
    var typist = Typist(collection, seed: 0)
    while try await test.suggest(typist.word(withNeighbour: false).word).allSatisfy({ $0.kind != .word }) { usleep(1000) }
    var all: [String: Figures] = [:]
    for neighbour in [false, true] {
      for edits in [1, 2] {
        all["\(edits)\(neighbour ? "+" : "")"] = try await slips(
          collection, test, words: words, edits: edits, neighbour: neighbour, seed: UInt64(edits))
      }
      all["0\(neighbour ? "+" : "")"] = try await falseAlarms(collection, test, words: words, neighbour: neighbour, seed: 9)
    }
    for (name, figures) in all.sorted(by: { $0.key < $1.key }) { print("\(collection.name) \(name): \(figures)") }
    return all
  }

  /// Words a figure stands on; a thousand to measure, a hundred to see that nothing broke.
  private static let words = getenv("ARAS_MEASURE") == nil ? 120 : 1000

  /// - Parameters:
  ///   - one, two: the least share of slips of one and of two letters that are put right.
  private func hold(_ figures: [String: Figures], one: Double, two: Double) {
    for (name, least) in [("1", one), ("1+", one), ("2", two), ("2+", two)] {
      if let found = figures[name] { #expect(found.share >= least, "\(name): \(found)") }
    }
    for name in ["0", "0+"] { if let found = figures[name] { #expect(found.share <= 0.01, "\(name): \(found)") } }
  }

  @Test func wordsOfTheSeeds() async throws {
    hold(try await Self.measure(TextCollection(), words: Self.words), one: 0.9, two: 0.75)
  }

  // In Arabic one letter more or less often makes another word of the same root, and 240 short texts do not tell which is meant.
  @Test(
    .enabled(if: Shared.isThere, "set ARAS_SHARED to the folder that holds the evaluation texts"),
    arguments: [
      ("xquad-en", "en", 0.9, 0.75), ("xquad-ru", "ru", 0.85, 0.75), ("xquad-tr", "tr", 0.85, 0.75), ("xquad-ar", "ar", 0.85, 0.68),
    ])
  func wordsOfManyScripts(_ name: String, _ language: String, _ one: Double, _ two: Double) async throws {
    let path = "\(Shared.folder ?? "")/eval/ranking/\(name)/corpus.jsonl.gz"
    let collection = try TextCollection(path, name: name, language: Language(code: language))
    hold(try await Self.measure(collection, words: Self.words), one: one, two: two)
  }

  @Test(.enabled(if: Shared.isThere, "set ARAS_SHARED to the folder that holds the evaluation texts"))
  func wordsOfNews() async throws {
    let path = "\(Shared.folder ?? "")/eval/articles/wikinews.jsonl.gz"
    hold(try await Self.measure(TextCollection(path, name: "wikinews"), words: Self.words), one: 0.9, two: 0.75)
  }

  @Test(.enabled(if: getenv("ARAS_MEASURE") != nil, "set ARAS_MEASURE to measure on the large collection"))
  func wordsOfBriefings() async throws {
    let path = "\(Shared.folder ?? "")/eval/articles/whitehouse.jsonl.gz"
    hold(try await Self.measure(TextCollection(path, name: "whitehouse"), words: Self.words), one: 0.9, two: 0.75)
  }
}

extension TestIndex {
  func passages(_ q: String) async throws -> Int {
    try await index.count(SearchRequest(q: q)).total.passages
  }
}

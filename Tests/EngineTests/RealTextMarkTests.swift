import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Marks and snippets of random queries over texts that people wrote, against the loops of `MarkOracle`.
@Suite struct RealTextMarkTests {
  /// Queries per collection: a quick look by default, `ARAS_SNIPPET_QUERIES` for a long one.
  static let queries = getenv("ARAS_SNIPPET_QUERIES").flatMap { Int(String(cString: $0)) } ?? 400
  static let packed = Shared.folder.map { $0 + "/eval/articles/wikinews.jsonl.gz" }
  static let hasPacked = packed.map { access($0, R_OK) == 0 } ?? false

  @Test func marksInTheBriefsAreTrue() async throws { try await check(try await RealText.seeds(), queries: Self.queries) }

  @Test(.enabled(if: hasPacked, "set ARAS_SHARED to the folder that holds the evaluation texts"))
  func marksInTheNewsAreTrue() async throws {
    try await check(try await RealText.packed(Self.packed ?? ""), queries: Self.queries / 2)
  }

  private func check(_ text: RealText, queries: Int) async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let oracle = MarkOracle(text.registry)
    var source = RealTextQueries(text)
    var marks = 0
    var failures = 0
    for _ in 0..<queries where failures < 10 {
      let seed = random.state
      let query = source.next(&random)
      let options = SnippetOptions(
        count: random.pick([1, 2, 3, 3, 5]), length: random.pick([240, 240, 100, 30, 700, 5000]),
        boundary: random.chance(75) ? .sentence : .word)
      let result = try await text.index.search(query.text) {
        $0.match = .all
        $0.group = .passage
        $0.limit = 4
        $0.facets = []
        $0.snippets = options
        $0.timeoutMs = 60_000
      }
      guard !result.query.warnings.contains(where: { $0.code == "too_many_expansions" }) else { continue }
      for hit in result.hits {
        let shown = try #require(hit.passages.first)
        let passage = text.passages[try #require(text.byID[shown.id])]
        let wrong = SnippetCheck(passage: passage, options: options).faults(
          shown.snippets, marked: oracle.marked(query, passage), actors: oracle.actors(query))
        marks += shown.snippets.reduce(0) { $0 + $1.marks.count }
        if wrong.isEmpty { continue }
        failures += 1
        Issue.record("seed \(seed), \(query.text), read as \(result.query.parsed), \(shown.id), \(options): \(wrong)")
      }
    }
    #expect(marks > queries, "the queries find too little to say anything")
  }
}

/// What every snippet has to be, whatever was asked.
struct SnippetCheck {
  let passage: RealText.Passage
  let options: SnippetOptions

  /// What is wrong with the snippets of a passage, in words.
  /// - Parameter marked: the words of the passage, by index, that have to be marked where they are shown.
  func faults(_ snippets: [Snippet], marked: Set<Int>, actors: Set<String>) -> [String] {
    var faults: [String] = []
    if snippets.isEmpty || snippets.count > options.count { faults.append("\(snippets.count) snippets") }
    if !marked.isEmpty, snippets.allSatisfy(\.marks.isEmpty) { faults.append("nothing that matched is shown") }
    var last = 0
    for snippet in snippets {
      guard let start = (last...passage.record.text.count).first(where: { passage.record.offsets.articleOffset($0) == snippet.start })
      else {
        faults.append("\(snippet.start) is no place of the passage, or before the last snippet's end")
        continue
      }
      let bytes = Array(snippet.text.utf8)
      let range = start..<(start + bytes.count)
      last = range.upperBound
      guard range.upperBound <= passage.record.text.count, passage.record.text[range].elementsEqual(bytes) else {
        faults.append("the text is not the passage's: \(snippet.text)")
        continue
      }
      faults += place(snippet, range)
      faults += marks(snippet, range, marked, actors)
    }
    return faults
  }

  /// Length, offsets, lines, edges.
  private func place(_ snippet: Snippet, _ range: Range<Int>) -> [String] {
    var faults: [String] = []
    let shown = passage.words.filter { range.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= range.upperBound }
    let pieces = snippet.text.split(whereSeparator: \.isWhitespace)
    if range.count > options.length, shown.count > 1, pieces.count > 1 {
      faults.append("\(range.count) bytes of \(options.length): \(snippet.text)")
    }
    if passage.words.contains(where: { word in
      [range.lowerBound, range.upperBound].contains { word.range.lowerBound < $0 && $0 < word.range.upperBound }
    }) {
      faults.append("a word is cut: \(snippet.text)")
    }
    // The article's bytes, less the cuts, are the text.
    var cited = passage.article[snippet.start..<snippet.end]
    for cut in snippet.cuts.reversed() { cited.removeSubrange(cut.start..<cut.end) }
    if !cited.elementsEqual(snippet.text.utf8) { faults.append("cannot be cited: \(snippet)") }
    let line = 1 + passage.article[..<snippet.start].count { $0 == 0x0A }
    if snippet.line != line { faults.append("line \(snippet.line) is \(line)") }
    func isBlank(_ text: ArraySlice<UInt8>) -> Bool { String(decoding: text, as: UTF8.self).allSatisfy(\.isWhitespace) }
    if snippet.moreBefore == isBlank(passage.record.text[..<range.lowerBound]) { faults.append("more_before") }
    if snippet.moreAfter == isBlank(passage.record.text[range.upperBound...]) { faults.append("more_after") }
    return faults
  }

  private func marks(_ snippet: Snippet, _ range: Range<Int>, _ marked: Set<Int>, _ actors: Set<String>) -> [String] {
    var faults: [String] = []
    var covered: Set<Int> = []
    var last = range.lowerBound
    for mark in snippet.marks {
      let place = (mark.start + range.lowerBound)..<(mark.end + range.lowerBound)
      let words = passage.words.indices.filter { passage.words[$0].range.overlaps(place) }
      if place.lowerBound < last || place.upperBound > range.upperBound || words.isEmpty { faults.append("mark \(mark)") }
      last = place.upperBound
      if words.contains(where: {
        !place.contains(passage.words[$0].range.lowerBound) || passage.words[$0].range.upperBound > place.upperBound
      }) {
        faults.append("mark \(mark) cuts a word")
      }
      if (mark.kind == .actor) != (mark.id != nil) || mark.id.map({ !actors.contains($0) }) ?? false { faults.append("actor of \(mark)") }
      covered.formUnion(words)
    }
    let shown = Set(
      passage.words.indices.filter {
        range.lowerBound <= passage.words[$0].range.lowerBound && passage.words[$0].range.upperBound <= range.upperBound
      })
    func text(_ words: Set<Int>) -> String { words.sorted().map { passage.words[$0].written }.joined(separator: " ") }
    let wrong = covered.subtracting(marked)
    if !wrong.isEmpty { faults.append("marked, but not found: \(text(wrong)), in \(snippet.text)") }
    let missing = marked.intersection(shown).subtracting(covered)
    if !missing.isEmpty { faults.append("found, but not marked: \(text(missing)), in \(snippet.text)") }
    return faults
  }
}

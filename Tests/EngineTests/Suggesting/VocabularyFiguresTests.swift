import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// What a large vocabulary takes, in memory and in time. Times are printed, not judged.
@Suite(.serialized, .enabled(if: getenv("ARAS_MEASURE") != nil, "set ARAS_MEASURE to measure"))
struct VocabularyFiguresTests {
  private struct Times {
    var nanoseconds: [UInt64] = []

    mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
      let began = Clock.now
      defer { nanoseconds.append(Clock.now - began) }
      return try body()
    }

    func quantile(_ share: Double) -> Double {
      let sorted = nanoseconds.sorted()
      return sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]) / 1e6
    }

    var text: String { "n \(nanoseconds.count), p50 \(quantile(0.5)) ms, p95 \(quantile(0.95)) ms, max \(quantile(1)) ms" }
  }

  /// Words of syllables, as frequent as Zipf says.
  private static func millionForms() -> FormList {
    var random = SeededRandom(seed: 1)
    let latin = [
      "ka", "ro", "mi", "ten", "sa", "li", "bor", "du", "pre", "con", "ing", "er", "tion", "ment", "al", "qu", "ya", "zel", "o", "sh",
    ]
    let cyrillic = ["ка", "ро", "ми", "тен", "са", "ли", "бор", "ду", "при", "ова", "ние", "ств", "ый", "ть", "про", "ж"]
    var forms: Set<[UInt8]> = []
    while forms.count < 1_000_000 {
      let syllables = random.chance(70) ? latin : cyrillic
      var word = ""
      for _ in 0..<Int.random(in: 2...5, using: &random) { word += random.pick(syllables) }
      if random.chance(30) { word.append(Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &random)))) }
      forms.insert(Array(word.utf8))
    }
    var collector = FormCollector()
    for form in forms.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let rank = Double(UInt32.random(in: 1...1_000_000, using: &random))
      form.withUnsafeBufferPointer { collector.add($0, count: UInt32(1 + 1_000_000 / rank)) }
    }
    return FormList(merging: collector)
  }

  @Test func aMillionForms() {
    let list = Self.millionForms()
    print("a million forms: \(list.count), \(list.memory / 1_000_000) MB")
    #expect(list.memory < 40_000_000)
    var random = SeededRandom(seed: 2)
    var beginnings: [Int: Times] = [:]
    var near: [Int: Times] = [:]
    for _ in 0..<300 {
      let key = Array(list.key(Int.random(in: 0..<list.count, using: &random)))
      for length in 1...5 {
        _ = beginnings[length, default: Times()].measure {
          list.mostFrequent(30, of: list.forms(beginning: Array(key.prefix(length)))) { list.key($0).count > 1 }
        }
      }
      var scalars = FormList.scalars(key)
      scalars.swapAt(0, scalars.count - 1)
      for limit in 1...2 {
        near[limit, default: Times()].measure {
          var found = 0
          list.forEachForm(within: limit, of: scalars) { _, _ in found += 1 }
        }
      }
    }
    for (length, times) in beginnings.sorted(by: { $0.key < $1.key }) { print("most frequent of \(length) bytes: \(times.text)") }
    for (limit, times) in near.sorted(by: { $0.key < $1.key }) { print("within \(limit): \(times.text)") }
  }

  @Test(.enabled(if: Shared.isThere, "set ARAS_SHARED to the folder that holds the evaluation texts"))
  func typingOverBriefings() async throws {
    let path = "\(Shared.folder ?? "")/eval/articles/whitehouse.jsonl.gz"
    let collection = try TextCollection(path, name: "whitehouse")
    let test = try await collection.index()
    var typist = Typist(collection, seed: 3)
    // The first request of a large index begins to read the vocabulary and does not wait for it.
    let began = Clock.now
    while try await test.suggest("president").allSatisfy({ $0.kind != .word }) { usleep(1000) }
    print("vocabulary read \((Clock.now - began) / 1_000_000) ms after the first request")
    var alone = Times()
    var beside = Times()
    var corrections = Times()
    for round in 0..<300 {
      let isBeside = round % 3 == 0
      let typed = typist.word(withNeighbour: isBeside)
      let head = isBeside ? (typed.before ?? typed.after ?? "") + " " : ""
      for length in 1...typed.word.count {
        let began = Clock.now
        _ = try await test.suggest(head + typed.word.prefix(length))
        if isBeside { beside.nanoseconds.append(Clock.now - began) } else { alone.nanoseconds.append(Clock.now - began) }
      }
      let wrong = typist.slip(typed.word, edits: 2)
      let began = Clock.now
      _ = try await test.search(wrong) {
        $0.limit = 0
        $0.facets = []
      }
      corrections.nanoseconds.append(Clock.now - began)
    }
    print("one word, letter by letter: \(alone.text)")
    print("a second word, letter by letter: \(beside.text)")
    print("a query with a slip: \(corrections.text)")
  }
}

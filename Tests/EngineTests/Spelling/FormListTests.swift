import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// The list of forms against plain ways to the same answers.
struct FormListTests {
  private static let alphabets = ["abc", "aàbç", "абв", "ابت", "中国x", "🙂a", "iıİ"].map { Array($0.unicodeScalars) }

  /// Random forms, as the index sorts them.
  private static func forms(_ random: inout SeededRandom, count: Int) -> [(form: [UInt8], count: UInt32)] {
    var forms: Set<[UInt8]> = []
    for _ in 0..<count {
      let alphabet = random.pick(alphabets)
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...8, using: &random) { text.append(random.pick(alphabet)) }
      forms.insert(Array(String(text).utf8))
    }
    return forms.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0, UInt32.random(in: 1...20, using: &random)) }
  }

  private static func list(_ forms: [(form: [UInt8], count: UInt32)]) -> FormList {
    var collector = FormCollector()
    for (form, count) in forms { form.withUnsafeBufferPointer { collector.add($0, count: count) } }
    return FormList(merging: collector)
  }

  /// Forms by folded key, as a dictionary.
  private static func model(_ forms: [(form: [UInt8], count: UInt32)]) -> [[UInt8]: [(form: [UInt8], count: UInt32)]] {
    Dictionary(grouping: forms) { Fold.folded(bytes: $0.form).filter { $0 != 0x27 } }
  }

  /// The whole table of distances, as it is defined.
  private static func distance(_ a: [UInt32], _ b: [UInt32]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
          table[i][j] = i + j
          continue
        }
        table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1) }
      }
    }
    return table[a.count][b.count]
  }

  @Test(arguments: 0..<UInt64(20))
  func formsWithOneKeyAreOne(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let forms = Self.forms(&random, count: 400)
    let list = Self.list(forms)
    let model = Self.model(forms)
    #expect((0..<list.count).map { Array(list.key($0)) } == model.keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    for (key, all) in model {
      guard let form = list.find(key) else {
        Issue.record("seed \(seed): \(key) is missing")
        continue
      }
      #expect(list.counts[form] == all.reduce(0) { $0 + $1.count }, "seed \(seed)")
      let best = all.map(\.count).max()
      #expect(all.contains { $0.form == list.spelling(form) && $0.count == best }, "seed \(seed)")
      #expect(list.frequency(key) == list.counts[form])
    }
    #expect(list.find(Array("not there".utf8)) == nil && list.frequency([]) == 0)
  }

  @Test(arguments: 0..<UInt64(20))
  func formsNearAWord(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let list = Self.list(Self.forms(&random, count: 600))
    let keys = (0..<list.count).map { FormList.scalars(list.key($0)) }
    for _ in 0..<30 {
      var target = random.chance(70) ? random.pick(keys) : []
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        target.insert(random.pick(random.pick(Self.alphabets)).value, at: Int.random(in: 0...target.count, using: &random))
      }
      for limit in 0...3 {
        var found: [Int: Int] = [:]
        list.forEachForm(within: limit, of: target) { form, distance in
          #expect(found[form] == nil, "seed \(seed): a form twice")
          found[form] = distance
        }
        var expected: [Int: Int] = [:]
        for (form, key) in keys.enumerated() {
          let distance = Self.distance(target, key)
          if distance <= limit { expected[form] = distance }
        }
        #expect(found == expected, "seed \(seed), \(target), limit \(limit)")
      }
    }
  }

  @Test(arguments: 0..<UInt64(20))
  func theMostFrequentOfABeginning(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let list = Self.list(Self.forms(&random, count: 1500))
    for _ in 0..<40 {
      let prefix = Array(list.key(Int.random(in: 0..<list.count, using: &random)).prefix(Int.random(in: 0...4, using: &random)))
      let range = list.forms(beginning: prefix)
      #expect(Array(range) == (0..<list.count).filter { list.key($0).starts(with: prefix) }, "seed \(seed), \(prefix)")
      let limit = Int.random(in: 0...12, using: &random)
      let isWanted: (Int) -> Bool = { $0 % 3 != 0 }
      let expected = range.filter(isWanted)
        .sorted { a, b in
          if list.counts[a] != list.counts[b] { return list.counts[a] > list.counts[b] }
          return (list.key(a).count, a) < (list.key(b).count, b)
        }
      #expect(list.mostFrequent(limit, of: range, where: isWanted) == Array(expected.prefix(limit)), "seed \(seed), \(prefix)")
    }
  }

  @Test func nothingIsInAnEmptyList() {
    let list = FormList()
    #expect(list.isEmpty && list.find([1]) == nil && list.forms(beginning: [1]).isEmpty && list.forms(beginning: []).isEmpty)
    list.forEachForm(within: 2, of: [0x61]) { _, _ in Issue.record("there is none") }
    #expect(list.mostFrequent(3, of: 0..<0) { _ in true }.isEmpty)
  }

  @Test func boundsOfKeys() {
    // A key of 255 bytes, one beyond, and words longer than any target.
    let long = [UInt8](repeating: 0x61, count: 255)
    let list = Self.list([(long, 2), (long + [0x62], 3), ([0x62], 1)].sorted { $0.0.lexicographicallyPrecedes($1.0) })
    #expect(list.count == 2)
    #expect(list.find(long) != nil && list.find([0x62]) != nil)
    list.forEachForm(within: 2, of: [UInt32](repeating: 0x61, count: 300)) { _, _ in Issue.record("too long to be compared") }
    var found: [Int] = []
    list.forEachForm(within: 1, of: []) { form, _ in found.append(form) }
    #expect(found == [1])
  }
}

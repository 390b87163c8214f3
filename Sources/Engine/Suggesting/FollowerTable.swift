// Which words follow the frequent ones, counted once over a part of the passages that is spread over them: what would otherwise be read
// for whoever types. What is rare is not here: it is found in the few passages that have it.
//
// The table is three flat lists: the forms that follow, ascending by their folded keys; the words before them, by a hash of their term;
// and for each of these the forms behind it with how many of the passages have them so, four bytes each.
import TextAnalysis

struct FollowerTable: Sendable {
  /// Of the index when it was made.
  let revision: UInt64
  /// Passages of the index when it was made.
  let passageCount: Int
  /// The passages that were read, ascending.
  let sample: [UInt32]
  private let formBytes: [UInt8]
  private let formStarts: [UInt32]
  /// Ascending.
  private let words: [UInt64]
  private let wordStarts: [UInt32]
  /// By word and form: the form's number above the count, which ends at `mostCounted`.
  private let pairs: [UInt32]
  /// Higher counts, by the place of the pair.
  private let highCounts: [UInt32: UInt32]

  private static let countBits: UInt32 = 8
  private static let mostCounted: UInt32 = (1 << countBits) - 1
  /// Forms that can be told from each other.
  static let mostForms = 1 << (32 - Int(countBits))

  /// Bytes of memory.
  var memory: Int {
    4 * (sample.count + formStarts.count + wordStarts.count + pairs.count) + formBytes.count + 8 * words.count + 16 * highCounts.count
  }

  var pairCount: Int { pairs.count }

  /// - Parameters:
  ///   - forms: ascending by key.
  ///   - rows: by term, the numbers of the forms behind it, ascending, each with its count.
  init(
    revision: UInt64, passageCount: Int, sample: [UInt32], forms: [[UInt8]],
    rows: [(term: UInt64, followers: [(form: UInt32, count: UInt32)])]
  ) {
    self.revision = revision
    self.passageCount = passageCount
    self.sample = sample
    var starts: [UInt32] = [0]
    starts.reserveCapacity(forms.count + 1)
    for form in forms { starts.append((starts.last ?? 0) + UInt32(truncatingIfNeeded: form.count)) }
    formStarts = starts
    formBytes = Array(forms.joined())
    var words: [UInt64] = []
    var wordStarts: [UInt32] = [0]
    var pairs: [UInt32] = []
    pairs.reserveCapacity(rows.reduce(0) { $0 + $1.followers.count })
    var highCounts: [UInt32: UInt32] = [:]
    for row in rows.sorted(by: { $0.term < $1.term }) {
      for (form, count) in row.followers {
        if count >= Self.mostCounted { highCounts[UInt32(truncatingIfNeeded: pairs.count)] = count }
        pairs.append(form << Self.countBits | min(count, Self.mostCounted))
      }
      words.append(row.term)
      wordStarts.append(UInt32(truncatingIfNeeded: pairs.count))
    }
    self.words = words
    self.wordStarts = wordStarts
    self.pairs = pairs
    self.highCounts = highCounts
  }

  /// What a word before others is known by.
  static func word(_ term: some Sequence<UInt8>) -> UInt64 {
    var hash = StableHash()
    hash.add(term)
    return hash.value
  }

  /// The forms that follow any of some terms and begin with a key, with how many of the passages read have them so; nil where none of the
  /// terms is frequent enough to be here.
  /// - Parameter limit: forms at most, the most frequent.
  func followers(
    of terms: [[UInt8]], beginning key: [UInt8], limit: Int = .max
  ) -> [(form: [UInt8], key: [UInt8], passages: Int)]? {
    let rows = terms.compactMap { row($0) }
    guard !rows.isEmpty else { return nil }
    let first = forms(until: { $0.lexicographicallyPrecedes(key) })
    let end = key.isEmpty ? formStarts.count - 1 : forms(until: { $0.lexicographicallyPrecedes(key) || $0.starts(with: key) })
    var found: [(form: UInt32, count: UInt32)] = []
    for row in rows {
      var place = pairs[row].partitioningIndex { $0 >> Self.countBits >= UInt32(first) }
      while place < row.upperBound, pairs[place] >> Self.countBits < UInt32(end) {
        let own = pairs[place] & Self.mostCounted
        let count = own < Self.mostCounted ? own : highCounts[UInt32(truncatingIfNeeded: place)] ?? own
        found.append((pairs[place] >> Self.countBits, count))
        place += 1
      }
    }
    if rows.count > 1 { found = Self.merged(found) }
    return Self.mostFrequent(limit, of: found).map { (form(Int($0.form)), self.key(Int($0.form)), Int($0.count)) }
  }

  /// Each form once.
  private static func merged(_ found: [(form: UInt32, count: UInt32)]) -> [(form: UInt32, count: UInt32)] {
    var merged: [(form: UInt32, count: UInt32)] = []
    for one in found.sorted(by: { $0.form < $1.form }) {
      if let last = merged.last, last.form == one.form {
        merged[merged.count - 1].count &+= one.count
      } else {
        merged.append(one)
      }
    }
    return merged
  }

  private static func mostFrequent(_ limit: Int, of found: [(form: UInt32, count: UInt32)]) -> [(form: UInt32, count: UInt32)] {
    guard found.count > limit else { return found }
    var best: [(form: UInt32, count: UInt32)] = []
    for one in found {
      if best.count == limit, let last = best.last, one.count <= last.count { continue }
      best.insert(one, at: best.partitioningIndex { $0.count < one.count })
      if best.count > limit { best.removeLast() }
    }
    return best
  }

  private func row(_ term: [UInt8]) -> Range<Int>? {
    let word = Self.word(term)
    let place = words.partitioningIndex { $0 >= word }
    guard place < words.count, words[place] == word else { return nil }
    return Int(wordStarts[place])..<Int(wordStarts[place + 1])
  }

  private func form(_ number: Int) -> [UInt8] { Array(formBytes[Int(formStarts[number])..<Int(formStarts[number + 1])]) }

  private func key(_ number: Int) -> [UInt8] { form(number).withUnsafeBufferPointer { FormCollector.key(of: $0) } }

  /// The first form of which something is no longer so.
  private func forms(until isBefore: ([UInt8]) -> Bool) -> Int {
    var low = 0
    var high = formStarts.count - 1
    while low < high {
      let middle = (low + high) / 2
      if isBefore(key(middle)) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A table, and how much of what it was made from is no longer so.
struct KnownFollowers: Sendable {
  let table: FollowerTable
  /// Of its passages, those that were written or removed since.
  let changed: Int
}

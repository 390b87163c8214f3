// The words of a text sample by numbers that ascend with their folded forms, so that what begins like the letters typed is one run.
import TextAnalysis

/// A word is a written form together with the index term that it has: the same form has another in another language.
struct SampledWords: Sendable {
  /// The forms one behind the other; number 0 stands for no word and has none.
  private let bytes: [UInt8]
  private let starts: [UInt32]
  private let mayComplete: DocumentBits
  /// Hashes of the terms, ascending, and the word that each is of.
  private let hashes: [UInt64]
  private let numbers: [UInt32]

  /// Words that can be told from each other: three of them fit into 64 bits.
  static let most = 1 << 21

  /// Bytes of memory.
  var memory: Int { bytes.count + 4 * starts.count + mayComplete.words.count * 8 + 12 * hashes.count }

  /// Words, with the one that is none.
  var count: Int { starts.count - 1 }

  /// - Parameter words: ascending by the key of the form.
  init(_ words: some Collection<(form: [UInt8], term: [UInt8], mayComplete: Bool)>) {
    var bytes: [UInt8] = []
    var starts: [UInt32] = [0, 0]
    starts.reserveCapacity(words.count + 2)
    var mayComplete = DocumentBits(rows: words.count + 1)
    var terms: [(hash: UInt64, number: UInt32)] = []
    terms.reserveCapacity(words.count)
    for (place, word) in words.enumerated() {
      let number = UInt32(truncatingIfNeeded: place + 1)
      bytes.append(contentsOf: word.form)
      starts.append(UInt32(truncatingIfNeeded: bytes.count))
      if word.mayComplete { mayComplete.insert(number) }
      terms.append((Self.hash(word.term), number))
    }
    terms.sort { ($0.hash, $0.number) < ($1.hash, $1.number) }
    self.bytes = bytes
    self.starts = starts
    self.mayComplete = mayComplete
    hashes = terms.map(\.hash)
    numbers = terms.map(\.number)
  }

  private static func hash(_ term: some Sequence<UInt8>) -> UInt64 {
    var hash = StableHash()
    hash.add(term)
    return hash.value
  }

  func form(_ word: UInt32) -> [UInt8] { Array(bytes[Int(starts[Int(word)])..<Int(starts[Int(word) + 1])]) }

  func key(_ word: UInt32) -> [UInt8] { form(word).withUnsafeBufferPointer { FormCollector.key(of: $0) } }

  /// Whether it can be a completion.
  @inline(__always)
  func mayComplete(_ word: UInt32) -> Bool { mayComplete.contains(word) }

  /// The words that have any of some terms, ascending.
  func numbers(of terms: [[UInt8]]) -> [UInt32] {
    var found: [UInt32] = []
    for term in terms {
      let hash = Self.hash(term)
      var place = hashes.partitioningIndex { $0 >= hash }
      while place < hashes.count, hashes[place] == hash {
        found.append(numbers[place])
        place += 1
      }
    }
    if terms.count > 1 { found = Array(Set(found)) }
    return found.sorted()
  }

  /// The words whose folded forms begin with a key.
  func numbers(beginning key: [UInt8]) -> Range<UInt32> {
    if key.isEmpty { return 1..<UInt32(count) }
    let first = first { !$0.lexicographicallyPrecedes(key) }
    return first..<max(first, self.first { !$0.lexicographicallyPrecedes(key) && !$0.starts(with: key) })
  }

  /// The first word of which something is so, as it is of all behind it.
  private func first(where isSo: ([UInt8]) -> Bool) -> UInt32 {
    var low: UInt32 = 1
    var high = UInt32(count)
    while low < high {
      let middle = (low + high) / 2
      if isSo(key(middle)) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

// The words of a few candidates, counted: what the order of the first hits is worked out from. A candidate is an article with its best
// passages read as one text, or a passage. Terms are numbered as they are met; a count is that of the body and heading once and of the
// title `Schema.titleWeight` times, however many passages repeat the title.
import Xapian

struct CandidateTerms {
  struct Count {
    var term: Int32
    var count: Float
  }

  /// Terms by number.
  private(set) var terms = TermNumbers()
  /// By candidate: the words of its texts, as counted.
  private(set) var lengths: [Float]
  /// Length in Xapian's sense of all passages read, and what of it is words as counted here: their ratio brings Xapian's mean length
  /// into our unit.
  private(set) var rawLength: Double = 0
  private(set) var readLength: Double = 0
  private var counts: [Count] = []
  private var starts: [Int] = [0]
  /// By term: where its count is in `counts`; before the start of the candidate at hand it has none yet.
  private var places: [Int32] = []

  private static let title = (Field.title.wordPrefix ?? "").utf8.first ?? 0

  /// First bytes of terms of words, which have no prefix (digits, ':' and all but capitals), and of those of titles.
  private static let firstBytes: [UInt8] = (0..<256).map { byte in
    byte >= 0x30 && !(0x41...0x5A).contains(byte) || byte == Int(title) ? 1 : 0
  }

  /// - Parameter candidates: documents of each, at least one.
  init(of candidates: [[UInt32]], reading view: DatabaseView) throws(XapianError) {
    lengths = []
    lengths.reserveCapacity(candidates.count)
    let documents = candidates.flatMap { $0 }
    var isFirst: [Bool] = []
    for candidate in candidates { isFirst += candidate.indices.map { $0 == 0 } }
    try view.forEachTerm(ofDocuments: documents, firstBytes: Self.firstBytes) { index, term, wdf in
      if term.isEmpty {
        if isFirst[index] { begin() }
        rawLength += Double(wdf)
      } else if term[0] != Self.title {
        add(term, Float(wdf))
        readLength += Double(wdf)
      } else if !isFirst[index] {
        // Every passage has the words of the title among its own; one of them is enough.
        add(UnsafeBufferPointer(rebasing: term[1...]), -Float(wdf * Schema.titleWeight))
      }
    }
    end()
  }

  private mutating func begin() {
    end()
    lengths.append(0)
  }

  private mutating func end() { if !lengths.isEmpty { starts.append(counts.count) } }

  private mutating func add(_ term: UnsafeBufferPointer<UInt8>, _ count: Float) {
    let number = terms.number(of: term)
    if number == places.count { places.append(-1) }
    lengths[lengths.count - 1] += count
    if places[number] >= starts[starts.count - 1] {
      counts[Int(places[number])].count += count
    } else {
      places[number] = Int32(counts.count)
      counts.append(Count(term: Int32(number), count: count))
    }
  }

  var count: Int { lengths.count }

  /// The terms of a candidate.
  subscript(candidate: Int) -> ArraySlice<Count> { counts[starts[candidate]..<starts[candidate + 1]] }
}

/// Numbers byte strings in the order in which they are met: open addressing over one run of bytes.
struct TermNumbers {
  private var slots: [Int32]
  private var hashes: [UInt32] = []
  private var ends: [Int32] = []
  private var bytes: [UInt8] = []

  init() { slots = Array(repeating: -1, count: 1 << 12) }

  var count: Int { hashes.count }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])] }

  /// The number of a string; a new one gets the next.
  mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(term)
    let slot = slot(of: term, hash)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    let number = hashes.count
    slots[slot] = Int32(number)
    hashes.append(hash)
    bytes.append(contentsOf: term)
    ends.append(Int32(bytes.count))
    if hashes.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a string that was met.
  func known(_ term: [UInt8]) -> Int? {
    let found = term.withUnsafeBufferPointer { slots[slot(of: $0, Self.hash($0))] }
    return found < 0 ? nil : Int(found)
  }

  private func slot(of term: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, self[number].elementsEqual(term) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a (Fowler, Noll, Vo).
  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in term { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash ^ hash >> 15
  }
}

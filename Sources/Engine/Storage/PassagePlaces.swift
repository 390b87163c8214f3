// Where the terms of a passage stand: what phrases and windows of words are checked by. A passage is looked at only when it is known to have
// the terms, from their postings, so that a term need not be spelt out: a few bits of its hash tell it from the other terms of the same
// passage. The hash has a seed, chosen so that no two terms of the passage share these bits.
//
// The bytes of a table are: width of the keys in bytes, seed, how many terms there are; the keys, ascending; and for each term, in the order
// of the keys, how many bytes its positions take and the positions, each as the distance from the one before. There are two tables one
// after the other, with the length of the first before it: the words, and the actors and places, which are written anew when a passage is
// tagged again.
import Xapian

/// The hash by which a term is looked up, worked out once for many passages.
struct PlacedTerm: Sendable {
  fileprivate let hash: UInt64
  fileprivate let isEntity: Bool

  private static let entityPrefixes = [Field.actor, .place].map { Array($0.valuePrefix.utf8) }

  init(_ term: some Collection<UInt8>) {
    var hash = StableHash()
    hash.add(term)
    self.hash = hash.value
    isEntity = Self.entityPrefixes.contains { term.starts(with: $0) }
  }

  init(_ term: UnsafeBufferPointer<UInt8>) {
    var hash = StableHash()
    hash.add(term)
    self.hash = hash.value
    // Words are lower-case: a look at one byte tells most.
    isEntity = term.first == 0x58 && Self.entityPrefixes.contains { term.starts(with: $0) }
  }
}

struct PassagePlaces {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let words: Range<Int>
  private let entities: Range<Int>

  /// - Parameter bytes: lent for as long as this is used.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var input = ByteCursor(bytes)
    words = input.range()
    entities = input.at..<bytes.count
    if input.failed { return nil }
    self.bytes = bytes
  }

  /// Adds the positions of a term, ascending.
  func append(_ term: PlacedTerm, to positions: inout [UInt32]) {
    PlaceTable(UnsafeBufferPointer(rebasing: bytes[term.isEntity ? entities : words]))?.append(term.hash, to: &positions)
  }

  /// Whether a term stands in the passage, or looks like one that does: one in a thousand that do not.
  func has(_ term: PlacedTerm) -> Bool {
    PlaceTable(UnsafeBufferPointer(rebasing: bytes[term.isEntity ? entities : words]))?.has(term.hash) ?? false
  }

  /// The places of a passage that is tagged again.
  static func replacingEntities(in old: UnsafeBufferPointer<UInt8>, with entities: [TagTerms.Entity]) -> [UInt8] {
    var input = ByteCursor(old)
    let words = input.range()
    var table = PlaceTableWriter()
    for entity in entities {
      let term = PlacedTerm(entity.term)
      for position in entity.positions { table.add(term.hash, position) }
    }
    var out = ByteWriter()
    out.data(UnsafeBufferPointer(rebasing: old[words]))
    table.encode(into: &out)
    return out.bytes
  }
}

/// Lays out the places of one passage after the other. One per thread: it keeps its memory between them.
struct PassagePlacesWriter {
  private var words = PlaceTableWriter()
  private var entities = PlaceTableWriter()
  private var table = ByteWriter()

  /// The places of a document's terms.
  mutating func encoded(_ document: Document) -> [UInt8] {
    document.forEachPosting { bytes, positions in
      let term = PlacedTerm(bytes)
      positions.forEach { position in
        if term.isEntity {
          entities.add(term.hash, position)
        } else {
          words.add(term.hash, position)
        }
      }
    }
    table.removeAll()
    words.encode(into: &table)
    var out = ByteWriter()
    out.reserve(table.bytes.count + 64)
    out.data(table.bytes)
    entities.encode(into: &out)
    return out.bytes
  }
}

/// One table, as laid out above; no bytes are an empty table.
struct PlaceTable {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let width: Int
  private let seed: UInt64
  private let count: Int
  private let keys: Int

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > 2 else { return nil }
    width = Int(bytes[0])
    seed = UInt64(bytes[1])
    var input = ByteCursor(bytes)
    input.skip(2)
    count = input.number()
    keys = input.at
    guard !input.failed, [2, 4, 8].contains(width), count >= 0, count <= (bytes.count - keys) / width else { return nil }
    self.bytes = bytes
  }

  func has(_ hash: UInt64) -> Bool { index(of: hash) != nil }

  private func index(of hash: UInt64) -> Int? {
    let wanted = Self.key(hash, seed, width)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if key(middle) < wanted { low = middle + 1 } else { high = middle }
    }
    return low < count && key(low) == wanted ? low : nil
  }

  func append(_ hash: UInt64, to positions: inout [UInt32]) {
    guard let low = index(of: hash) else { return }
    var start = keys + count * width
    for _ in 0..<low {
      // Nearly every run is shorter than 128 bytes: its length is one byte.
      guard start < bytes.count, bytes[start] < 0x80 else { return appendSlowly(low, to: &positions) }
      start += 1 + Int(bytes[start])
    }
    guard start < bytes.count else { return }
    appendRun(at: start, to: &positions)
  }

  private func appendSlowly(_ index: Int, to positions: inout [UInt32]) {
    let start = keys + count * width
    var input = ByteCursor(UnsafeBufferPointer(rebasing: bytes[start...]))
    for _ in 0..<index { input.skipData() }
    if !input.failed, !input.isAtEnd { appendRun(at: start + input.at, to: &positions) }
  }

  /// - Parameter start: where the length of the run stands.
  private func appendRun(at start: Int, to positions: inout [UInt32]) {
    var input = ByteCursor(UnsafeBufferPointer(rebasing: bytes[start...]))
    let range = input.range()
    if input.failed { return }
    var run = ByteCursor(UnsafeBufferPointer(rebasing: bytes[(start + range.lowerBound)..<(start + range.upperBound)]))
    var position: UInt32 = 0
    while !run.isAtEnd {
      position &+= UInt32(truncatingIfNeeded: run.number())
      if run.failed { return }
      positions.append(position)
    }
  }

  private func key(_ index: Int) -> UInt64 {
    guard let base = bytes.baseAddress else { return 0 }
    let address = UnsafeRawPointer(base) + keys + index * width
    return switch width {
    case 2: UInt64(UInt16(littleEndian: address.loadUnaligned(as: UInt16.self)))
    case 4: UInt64(UInt32(littleEndian: address.loadUnaligned(as: UInt32.self)))
    default: UInt64(littleEndian: address.loadUnaligned(as: UInt64.self))
    }
  }

  /// The bits of a hash that tell terms from each other under a seed.
  static func key(_ hash: UInt64, _ seed: UInt64, _ width: Int) -> UInt64 {
    (hash &* (0x9E37_79B9_7F4A_7C15 &* (2 &* seed &+ 1))) >> UInt64(64 - 8 * width)
  }
}

/// Whether words stand in order within a window.
enum PlacedWords {
  /// - Parameters:
  ///   - operands: where each stands, ascending.
  ///   - window: successive words.
  /// - Returns: whether there is a place of each, one behind the other, of which the last lies within the window that begins at the first.
  static func areInOrder<Places: RandomAccessCollection<UInt32>>(
    _ operands: some RandomAccessCollection<Places>, window: Int
  ) -> Bool where Places.Index == Int {
    guard let heads = operands.first, !operands.contains(where: { $0.isEmpty }) else { return false }
    for head in heads {
      var last = head
      var isWhole = true
      for places in operands.dropFirst() {
        // The nearest is as good as any: it leaves the most room to those behind it.
        let next = places.partitioningIndex { $0 > last }
        guard next < places.endIndex else { return false }
        last = places[next]
        if last - head >= window {
          isWhole = false
          break
        }
      }
      if isWhole { return true }
    }
    return false
  }
}

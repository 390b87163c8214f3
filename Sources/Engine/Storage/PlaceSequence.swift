// Terms that stand one behind the other, as a group of passages has them: what its terms are is said by the group's dictionary.

/// A stretch of a group's bytes: where its entries stand when they do not simply follow each other; a bit for each entry, set where its term
/// is one that no entry of the group had before; the numbers of the other entries' terms, first the lowest byte of each.
struct PlaceSequence {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let count: Int
  /// Numbers of the terms that are new here.
  private let new: Range<Int>
  /// Bytes of the part that says where the entries stand.
  private let special: Int
  private let repeats: ByteColumns

  /// - Parameters:
  ///   - bytes: as many as the head says.
  ///   - first: how many terms the group has before it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ head: Head, first: Int, width: Int) {
    self.bytes = bytes
    count = head.count
    new = first..<first + head.new
    special = head.special
    repeats = ByteColumns(UnsafeBufferPointer(rebasing: bytes[head.repeats...]), count: head.count - head.new, width: width)
  }

  /// What stands of a sequence in the head of its group.
  struct Head {
    let count: Int
    let new: Int
    let special: Int

    /// - Returns: nil where there is none within so many bytes.
    init?(_ input: inout ByteCursor, limit: Int) {
      let first = input.number()
      count = first >> 1
      new = input.number()
      special = first & 1 == 0 ? 0 : input.number()
      // An entry takes a bit at least.
      guard !input.failed, special >= 0, special <= limit, count >= 0, count / 8 <= limit, new >= 0, new <= count else { return nil }
    }

    /// Where the numbers stand, behind the bits.
    var repeats: Int { special + (count + 7) / 8 }

    func byteCount(_ width: Int) -> Int { repeats + (count - new) * width }
  }

  /// How far the title's words stand behind where they stand in their own field.
  var shift: UInt32 {
    guard special > 0 else { return UInt32(truncatingIfNeeded: count) &+ 2 &* Schema.positionGap }
    var input = ByteCursor(UnsafeBufferPointer(rebasing: bytes[..<special]))
    return UInt32(truncatingIfNeeded: input.number())
  }

  func has(_ term: Int) -> Bool { new.contains(term) || (term < new.lowerBound && nextRepeat(of: term, from: 0) != nil) }

  /// Adds the positions of a term, in the order of the entries.
  func append(_ term: Int, shift: UInt32 = 0, to positions: inout [UInt32]) {
    guard term < new.upperBound else { return }
    if term >= new.lowerBound {
      var bits = EntryBits(behindSpecial, count: count, flip: 0)
      if let entry = bits.entry(term - new.lowerBound) { positions.append(position(of: entry) &+ shift) }
    }
    guard var found = nextRepeat(of: term, from: 0) else { return }
    var bits = EntryBits(behindSpecial, count: count, flip: UInt64.max)
    while let entry = bits.entry(found) {
      positions.append(position(of: entry) &+ shift)
      guard let next = nextRepeat(of: term, from: found + 1) else { return }
      found = next
    }
  }

  /// The bits, and the numbers behind them.
  private var behindSpecial: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[special...]) }

  private func nextRepeat(of term: Int, from start: Int) -> Int? { repeats.first(UInt64(truncatingIfNeeded: term), from: start) }

  private func position(of entry: Int) -> UInt32 {
    if special == 0 { return UInt32(truncatingIfNeeded: entry) &+ 1 }
    var input = ByteCursor(UnsafeBufferPointer(rebasing: bytes[..<special]))
    _ = input.number()  // The shift.
    var before = entry
    var next: UInt32 = 1
    while !input.isAtEnd {
      let length = input.number()
      next &+= UInt32(truncatingIfNeeded: input.signed())
      if before < length { break }
      if length < 0 { return 0 }
      before -= length
      next &+= UInt32(truncatingIfNeeded: length)
    }
    return next &+ UInt32(truncatingIfNeeded: before)
  }
}

/// Finds entries by their rank among those whose bit is set.
private struct EntryBits {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let count: Int
  /// All ones where the bits are turned round.
  private let flip: UInt64
  /// The bits that were looked at last, from which entry on they are, and how many were set before.
  private var word: UInt64 = 0
  private var start: Int
  private var before = 0
  /// In each byte, how many bits are set in that of `word` and in those below.
  private var sums: UInt64 = 0

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// - Parameters:
  ///   - bytes: the bits, and whatever is behind them.
  ///   - count: how many entries there are.
  init(_ bytes: UnsafeBufferPointer<UInt8>, count: Int, flip: UInt64) {
    self.bytes = bytes
    self.count = count
    self.flip = flip
    start = 0
    look()
  }

  /// - Parameter rank: from 0; not lower than the one before.
  mutating func entry(_ rank: Int) -> Int? {
    while rank - before >= Int(sums >> 56) {
      before += Int(sums >> 56)
      start += 64
      if start >= count { return nil }
      look()
    }
    let inside = UInt64(truncatingIfNeeded: rank - before)
    // A byte lies before the one that is looked for where no more bits are set up to its end than the rank says.
    let whole = ((inside &* Self.ones | 0x8080_8080_8080_8080) &- sums) >> 7 & Self.ones
    let shift = ((whole &* Self.ones) >> 56) * 8
    var byte = word >> shift
    for _ in 0..<inside &- ((sums << 8) >> shift & 0xFF) { byte &= byte &- 1 }
    let entry = start + Int(shift) + byte.trailingZeroBitCount
    return entry < count ? entry : nil
  }

  private mutating func look() {
    let at = start / 8
    if at + 8 <= bytes.count, let base = bytes.baseAddress {
      word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)) ^ flip
    } else {
      word = 0
      for index in at..<max(at, bytes.count) { word |= UInt64(bytes[index]) << UInt64(8 * (index - at)) }
      word ^= flip
    }
    let pairs = word &- (word >> 1 & 0x5555_5555_5555_5555)
    let fours = (pairs & 0x3333_3333_3333_3333) &+ (pairs >> 2 & 0x3333_3333_3333_3333)
    sums = ((fours &+ (fours >> 4)) & 0x0F0F_0F0F_0F0F_0F0F) &* Self.ones
  }
}

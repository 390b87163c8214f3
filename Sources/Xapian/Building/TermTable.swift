// Numbers the terms of many documents, each by the order in which it was first seen: a hash table of bytes in one piece.

struct TermTable {
  /// By slot: the number of a term plus one; 0 where none is.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)
  private var hashes: [UInt32] = []
  /// By number: where its bytes begin; one more, where they all end.
  private var starts: [Int] = [0]
  private var bytes: [UInt8] = []

  var count: Int { hashes.count }

  /// Forgets all terms, keeping the memory for the next.
  mutating func removeAll() {
    for index in slots.indices { slots[index] = 0 }
    hashes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func number(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = TermDigest.hash(term)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isTerm(number, term) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    hashes.append(hash)
    bytes.append(contentsOf: term)
    starts.append(bytes.count)
    slots[slot] = UInt32(hashes.count)
    if hashes.count * 2 > slots.count { grow() }
    return hashes.count - 1
  }

  private func isTerm(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == term.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<term.count where bytes[start + index] != term[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  func withTerm<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[starts[number]..<starts[number + 1]])) }
  }

  /// Numbers of all terms, in the order of the terms.
  func sorted() -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      let heads = (0..<count).map { number in
        var head: UInt64 = 0
        let first = bytes[starts[number]..<starts[number + 1]].prefix(8)
        for (index, byte) in first.enumerated() { head |= UInt64(byte) << UInt64(56 - 8 * index) }
        return (head: head, number: number)
      }
      return heads.sorted { left, right in
        if left.head != right.head { return left.head < right.head }
        return isBefore(
          UnsafeBufferPointer(rebasing: bytes[starts[left.number]..<starts[left.number + 1]]),
          UnsafeBufferPointer(rebasing: bytes[starts[right.number]..<starts[right.number + 1]]))
      }.map(\.number)
    }
  }
}

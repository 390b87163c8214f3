// Numbers terms, each by the order in which it was first met: a hash table over one run of bytes.

public struct TermNumbers: Sendable {
  /// By slot: the number of a term plus one; 0 where none is. A term has the first free one from that of its hash on.
  private var slots = [UInt32](repeating: 0, count: 1 << 12)
  private var hashes: [UInt32] = []
  /// By number: where its bytes begin; one more, where they all end.
  private var starts: [UInt32] = [0]
  private var bytes: [UInt8] = []

  public init() {}

  public var count: Int { hashes.count }

  /// The term of a number.
  public subscript(number: Int) -> ArraySlice<UInt8> { bytes[range(number)] }

  /// The number of a term; a new one gets the next.
  public mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = TermDigest.hash(term)
    let slot = slot(of: term, hash)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    hashes.append(hash)
    bytes.append(contentsOf: term)
    starts.append(UInt32(bytes.count))
    slots[slot] = UInt32(hashes.count)
    if hashes.count * 2 > slots.count { grow() }
    return hashes.count - 1
  }

  /// The number of a term; a new one gets the next.
  public mutating func number(of term: [UInt8]) -> Int { term.withUnsafeBufferPointer { number(of: $0) } }

  /// The number of a term that was met.
  public func known(_ term: UnsafeBufferPointer<UInt8>) -> Int? {
    let found = slots[slot(of: term, TermDigest.hash(term))]
    return found == 0 ? nil : Int(found) - 1
  }

  /// The number of a term that was met.
  public func known(_ term: [UInt8]) -> Int? { term.withUnsafeBufferPointer { known($0) } }

  /// Forgets all terms, keeping the memory for the next.
  mutating func removeAll() {
    for index in slots.indices { slots[index] = 0 }
    hashes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    bytes.removeAll(keepingCapacity: true)
  }

  private func range(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

  /// That of a term, or the free one that it would have.
  private func slot(of term: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isTerm(number, term) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isTerm(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == term.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<term.count where bytes[range.lowerBound + index] != term[index] { return false }
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

  // MARK: In order

  func withTerm<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(number)])) }
  }

  /// Numbers of all terms, in the order of the terms.
  func sorted() -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      let terms = (0..<count).map { number in
        let term = UnsafeBufferPointer(rebasing: bytes[range(number)])
        return (head: TermOrder.head(term), term: term, number: number)
      }
      return terms.sorted { TermOrder.isBefore(($0.head, $0.term), ($1.head, $1.term)) }.map(\.number)
    }
  }
}

// Lays out one table of places: see PassagePlaces. Every passage of the index goes through here, so that terms are told apart by a table of
// their hashes and ordered by their keys digit by digit, in memory that is kept from one passage to the next.

struct PlaceTableWriter {
  private struct Term {
    let hash: UInt64
    /// The last place noted of it.
    var last: UInt32
    var count: UInt32 = 0
    var isAscending = true
  }

  /// In the order in which they came first.
  private var terms: [Term] = []
  /// What was added: the number of the term, and where it stands.
  private var places: [(term: UInt32, position: UInt32)] = []
  /// The numbers of the terms, and one, by hash: each in the first free slot from its own on; 0 is free.
  private var slots: [UInt32] = []

  // Filled when the table is laid out.
  private var positions: [UInt32] = []
  private var ends: [Int] = []
  /// A key in the upper half, the number of its term in the lower.
  private var order: [UInt64] = []
  private var scratch: [UInt64] = []

  var isEmpty: Bool { terms.isEmpty }

  private mutating func removeAll() {
    terms.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    // Room for a passage of a size that hardly any has is not kept.
    if slots.count > 4096 { slots = [] } else { slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) } }
  }

  mutating func add(_ hash: UInt64, _ position: UInt32) {
    let number = number(of: hash)
    if terms[number].count > 0, position < terms[number].last { terms[number].isAscending = false }
    terms[number].last = position
    terms[number].count += 1
    places.append((UInt32(truncatingIfNeeded: number), position))
  }

  private mutating func number(of hash: UInt64) -> Int {
    if terms.count * 2 >= slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if terms[number].hash == hash { return number }
      slot = (slot + 1) & mask
    }
    terms.append(Term(hash: hash, last: 0))
    slots[slot] = UInt32(terms.count)
    return terms.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(64, slots.count * 2))
    let mask = slots.count - 1
    for (number, term) in terms.enumerated() {
      var slot = Int(truncatingIfNeeded: term.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }

  // MARK: Laying out

  /// Appends the table of what was added, and forgets it. A table of nothing is no bytes.
  mutating func encode(into out: inout ByteWriter) {
    guard !terms.isEmpty else { return }
    gatherPositions()
    let (width, seed) = orderByKey()
    out.byte(UInt8(width))
    out.byte(UInt8(seed))
    out.number(terms.count)
    for item in order {
      let key = width == 8 ? PlaceTable.key(terms[Int(item)].hash, seed, width) : item >> 32
      for byte in 0..<width { out.byte(UInt8(truncatingIfNeeded: key >> UInt64(8 * byte))) }
    }
    for item in order { encodeRun(of: Int(item & 0xFFFF_FFFF), into: &out) }
    removeAll()
  }

  /// Brings together the positions of each term, ascending.
  private mutating func gatherPositions() {
    ends.removeAll(keepingCapacity: true)
    var end = 0
    for term in terms {
      ends.append(end)
      end += Int(term.count)
    }
    positions.removeAll(keepingCapacity: true)
    positions.append(contentsOf: repeatElement(0, count: places.count))
    for place in places {
      positions[ends[Int(place.term)]] = place.position
      ends[Int(place.term)] += 1
    }
    for (number, term) in terms.enumerated() where !term.isAscending { positions[ends[number] - Int(term.count)..<ends[number]].sort() }
  }

  private func encodeRun(of term: Int, into out: inout ByteWriter) {
    let range = ends[term] - Int(terms[term].count)..<ends[term]
    var length = 0
    forEachDistance(range) { length += ByteWriter.length(of: $0) }
    out.number(length)
    forEachDistance(range) { out.number($0) }
  }

  /// Distances between the positions in a range, of equal ones once.
  private func forEachDistance(_ range: Range<Int>, _ body: (UInt32) -> Void) {
    var last: UInt32 = 0
    for position in positions[range] {
      if position == last, last > 0 { continue }
      body(position - last)
      last = position
    }
  }

  // MARK: Keys

  /// Puts the terms into the order of their keys.
  /// - Returns: the narrowest keys, and a seed, that tell them from each other.
  private mutating func orderByKey() -> (width: Int, seed: UInt64) {
    // Two bytes tell some five hundred terms apart under one seed in seven.
    for width in [2, 4] where width > 2 || terms.count <= 512 {
      for seed in UInt64(0)..<256 {
        order.removeAll(keepingCapacity: true)
        for (number, term) in terms.enumerated() { order.append(PlaceTable.key(term.hash, seed, width) << 32 | UInt64(number)) }
        sortOrder(bytes: width)
        if zip(order, order.dropFirst()).allSatisfy({ $0 >> 32 != $1 >> 32 }) { return (width, seed) }
      }
    }
    order = terms.indices.sorted { PlaceTable.key(terms[$0].hash, 0, 8) < PlaceTable.key(terms[$1].hash, 0, 8) }.map { UInt64($0) }
    return (8, 0)
  }

  /// Sorts by the key, a byte of it after the other from the lowest.
  private mutating func sortOrder(bytes: Int) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: order)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 257) { starts in
      for byte in 0..<bytes {
        let shift = UInt64(32 + 8 * byte)
        starts.initialize(repeating: 0)
        for item in order { starts[Int(item >> shift & 0xFF) + 1] += 1 }
        for value in 0..<256 { starts[value + 1] += starts[value] }
        for item in order {
          let value = Int(item >> shift & 0xFF)
          scratch[starts[value]] = item
          starts[value] += 1
        }
        swap(&order, &scratch)
      }
    }
  }
}

// Flat hash tables: word forms to small numbers, and edges of the trie of names to nodes. No boxes, no per-node dictionaries:
// a probe reads one or two cache lines.

import TextAnalysis

/// Numbers the distinct byte strings given to it, from zero.
struct FormTable: Sendable {
  /// The hash in the upper half, the number and one in the lower; 0 is free. Most words of a text end at a free slot.
  private var slots: [UInt64] = Array(repeating: 0, count: 1024)
  /// One bit by hash, small enough to stay in the near caches: it turns away most words that have no number. It grows with the forms,
  /// so that it turns away as many in a large registry.
  private var filter: [UInt64] = Array(repeating: 0, count: 8192)
  private var filterMask = 8192 * 64 - 1
  private var ends: [Int32] = []
  private var bytes: [UInt8] = []

  @inline(__always)
  private static func hash(_ form: UnsafeBufferPointer<UInt8>) -> UInt32 {
    form.baseAddress.map { ShortHash.hash($0, form.count, seed: 0) } ?? 0
  }

  /// Spreads the hash, so that the same bits decide nothing twice.
  @inline(__always)
  private static func slot(_ hash: UInt32, _ mask: Int) -> Int { Int((hash ^ (hash >> 15)) &* 0x2C1B_3C6D >> 4) & mask }

  var count: Int { ends.count }

  func form(_ id: Int32) -> ArraySlice<UInt8> {
    let index = Int(id)
    return bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
  }

  /// The number of a form, or -1.
  @inline(__always)
  func find(_ form: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(form)
    let bit = Self.slot(hash, filterMask)
    return filter[bit >> 6] >> UInt64(bit & 63) & 1 == 0 ? -1 : probe(form, hash)
  }

  private func probe(_ form: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int32 {
    let mask = slots.count - 1
    var at = Self.slot(hash, mask)
    while true {
      let slot = slots[at]
      if slot == 0 { return -1 }
      let id = Int32(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
      if slot >> 32 == UInt64(hash), equals(id, form) { return id }
      at = (at + 1) & mask
    }
  }

  mutating func insert(_ form: some Collection<UInt8>) -> Int32 {
    let copy = Array(form)
    let known = copy.withUnsafeBufferPointer { find($0) }
    if known >= 0 { return known }
    let hash = copy.withUnsafeBufferPointer { Self.hash($0) }
    if (count + 1) * 2 > slots.count { grow() }
    let id = Int32(count)
    bytes.append(contentsOf: copy)
    ends.append(Int32(bytes.count))
    place(UInt64(hash) << 32 | UInt64(id + 1))
    mark(hash)
    return id
  }

  private mutating func mark(_ hash: UInt32) {
    let bit = Self.slot(hash, filterMask)
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  private func equals(_ id: Int32, _ form: UnsafeBufferPointer<UInt8>) -> Bool {
    let index = Int(id)
    let start = index == 0 ? 0 : Int(ends[index - 1])
    guard Int(ends[index]) - start == form.count else { return false }
    for offset in 0..<form.count where bytes[start + offset] != form[offset] { return false }
    return true
  }

  private mutating func place(_ slot: UInt64) {
    let mask = slots.count - 1
    var at = Self.slot(UInt32(slot >> 32), mask)
    while slots[at] != 0 { at = (at + 1) & mask }
    slots[at] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for slot in old where slot != 0 { place(slot) }
    // Sixteen bits a form at least.
    guard slots.count * 8 > filter.count * 64 else { return }
    filter = Array(repeating: 0, count: filter.count * 2)
    filterMask = filter.count * 64 - 1
    for slot in slots where slot != 0 { mark(UInt32(slot >> 32)) }
  }
}

/// The edges of a trie over form numbers: (node, form) to node.
struct EdgeTable: Sendable {
  /// A node beside its key, so that a probe reads one place in memory.
  private struct Edge {
    var key: UInt64
    var node: Int32

    static let free = Edge(key: .max, node: -1)
  }

  private var edges: [Edge] = Array(repeating: .free, count: 1024)
  private var count = 0

  @inline(__always)
  private static func key(_ node: Int32, _ form: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: form))
  }

  @inline(__always)
  private static func slot(_ key: UInt64, _ mask: Int) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24) & mask }

  /// The node behind an edge, or -1.
  @inline(__always)
  func find(_ node: Int32, _ form: Int32) -> Int32 {
    let key = Self.key(node, form)
    let mask = edges.count - 1
    var at = Self.slot(key, mask)
    while edges[at].key != .max {
      if edges[at].key == key { return edges[at].node }
      at = (at + 1) & mask
    }
    return -1
  }

  mutating func insert(_ node: Int32, _ form: Int32, _ target: Int32) {
    if (count + 1) * 2 > edges.count { grow() }
    count += 1
    place(Edge(key: Self.key(node, form), node: target))
  }

  private mutating func place(_ edge: Edge) {
    let mask = edges.count - 1
    var at = Self.slot(edge.key, mask)
    while edges[at].key != .max { at = (at + 1) & mask }
    edges[at] = edge
  }

  private mutating func grow() {
    let old = edges
    edges = Array(repeating: .free, count: old.count * 2)
    for edge in old where edge.key != .max { place(edge) }
  }
}

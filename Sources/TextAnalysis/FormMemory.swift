// A bounded memory from bytes to bytes: the forms of a word that was met before are copied, not made again.
// Open addressing over one arena; when it is full it forgets everything, which is cheap and rare.

final class FormMemory {
  private struct Slot {
    var hash: UInt32
    var tag: UInt32
    var key: UInt32
    var keyCount: UInt16
    var valueCount: UInt16
  }

  private static let absent = UInt32.max

  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  private let arena: UnsafeMutablePointer<UInt8>
  private let arenaCapacity: Int
  private var arenaCount = 0
  private(set) var count = 0

  /// Holds at most three quarters of `slotCount` (a power of two) entries in `arenaCapacity` bytes.
  init(slotCount: Int, arenaCapacity: Int) {
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: Slot(hash: 0, tag: 0, key: FormMemory.absent, keyCount: 0, valueCount: 0), count: slotCount)
    mask = slotCount - 1
    arena = .allocate(capacity: arenaCapacity)
    self.arenaCapacity = arenaCapacity
  }

  deinit {
    slots.deallocate()
    arena.deallocate()
  }

  /// The value of a key under a tag, good until the next `insert`.
  @inline(__always)
  func value(_ key: UnsafeBufferPointer<UInt8>, tag: UInt32) -> UnsafeBufferPointer<UInt8>? {
    guard let base = key.baseAddress else { return nil }
    let hash = ShortHash.hash(base, key.count, seed: tag)
    var slot = Int(hash) & mask
    while slots[slot].key != FormMemory.absent {
      let entry = slots[slot]
      if entry.hash == hash, entry.tag == tag, Int(entry.keyCount) == key.count,
        FormMemory.equal(arena + Int(entry.key), base, key.count)
      {
        return UnsafeBufferPointer(start: arena + Int(entry.key) + key.count, count: Int(entry.valueCount))
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Remembers a value for a key that is not there yet.
  func insert(_ key: UnsafeBufferPointer<UInt8>, tag: UInt32, value: UnsafeBufferPointer<UInt8>) {
    guard let base = key.baseAddress, key.count + value.count <= 1024 else { return }
    if arenaCount + key.count + value.count > arenaCapacity || count * 4 >= (mask + 1) * 3 { removeAll() }
    let hash = ShortHash.hash(base, key.count, seed: tag)
    var slot = Int(hash) & mask
    while slots[slot].key != FormMemory.absent { slot = (slot + 1) & mask }
    slots[slot] = Slot(
      hash: hash, tag: tag, key: UInt32(arenaCount), keyCount: UInt16(key.count), valueCount: UInt16(value.count))
    (arena + arenaCount).update(from: base, count: key.count)
    arenaCount += key.count
    if let from = value.baseAddress { (arena + arenaCount).update(from: from, count: value.count) }
    arenaCount += value.count
    count += 1
  }

  func removeAll() {
    for slot in 0...mask { slots[slot].key = FormMemory.absent }
    arenaCount = 0
    count = 0
  }

  @inline(__always)
  private static func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var offset = 0
    while offset + 8 <= count {
      let one = UnsafeRawPointer(left + offset).loadUnaligned(as: UInt64.self)
      guard one == UnsafeRawPointer(right + offset).loadUnaligned(as: UInt64.self) else { return false }
      offset += 8
    }
    return ShortHash.tail(left + offset, count - offset) == ShortHash.tail(right + offset, count - offset)
  }
}

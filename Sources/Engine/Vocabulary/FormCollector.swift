// The way from the terms of the index, which are sorted by their spelling, to forms that are sorted by their folded keys.
import TextAnalysis

/// Takes written forms in the order of the index and gives them back in the order of their folded keys.
struct FormCollector {
  private struct Entry {
    var keyStart: UInt32
    var keyLength: UInt8
    var spellingStart: UInt32
    var spellingLength: UInt8
    var count: UInt32
  }

  private var bytes: [UInt8] = []
  /// Forms that are their own keys: ascending as they come.
  private var plain: [Entry] = []
  /// Forms that folding changes, with the first bytes of the key for sorting.
  private var changed: [(head: UInt64, entry: Entry)] = []
  private(set) var keyBytes = 0

  /// Longest key, in bytes.
  static let longest = 255

  var count: Int { plain.count + changed.count }

  /// How much it holds, for going back to.
  struct Mark {
    fileprivate var bytes, plain, changed, keyBytes: Int
  }

  var mark: Mark { Mark(bytes: bytes.count, plain: plain.count, changed: changed.count, keyBytes: keyBytes) }

  /// Forgets what came after a mark.
  mutating func goBack(to mark: Mark) {
    bytes.removeSubrange(mark.bytes...)
    plain.removeSubrange(mark.plain...)
    changed.removeSubrange(mark.changed...)
    keyBytes = mark.keyBytes
  }

  /// - Parameter form: after all forms before it in the order of bytes.
  mutating func add(_ form: UnsafeBufferPointer<UInt8>, count: UInt32) {
    guard !form.isEmpty, form.count <= Self.longest else { return }
    let start = UInt32(truncatingIfNeeded: bytes.count)
    bytes.append(contentsOf: form)
    var entry = Entry(
      keyStart: start, keyLength: UInt8(form.count), spellingStart: start, spellingLength: UInt8(form.count), count: count)
    let isPlain = form.allSatisfy { $0 < 0x80 && $0 != 0x27 }
    let key = isPlain ? [] : Self.key(of: form)
    if isPlain || form.elementsEqual(key) {
      keyBytes += form.count
      plain.append(entry)
      return
    }
    guard !key.isEmpty, key.count <= Self.longest else { return }
    entry.keyStart = UInt32(truncatingIfNeeded: bytes.count)
    entry.keyLength = UInt8(key.count)
    bytes.append(contentsOf: key)
    keyBytes += key.count
    var head: UInt64 = 0
    for place in 0..<8 { head = head << 8 | UInt64(place < key.count ? key[place] : 0) }
    changed.append((head, entry))
  }

  /// What forms are compared by: folded, without apostrophes.
  static func key(of form: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var key = Fold.folded(form)
    if key.contains(0x27) { key.removeAll { $0 == 0x27 } }
    return key
  }

  func forEachSorted(_ body: (_ key: UnsafeBufferPointer<UInt8>, _ spelling: UnsafeBufferPointer<UInt8>, _ count: UInt32) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      func key(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(entry.keyStart)..<(Int(entry.keyStart) + Int(entry.keyLength))])
      }
      func spelling(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(entry.spellingStart)..<(Int(entry.spellingStart) + Int(entry.spellingLength))])
      }
      let sorted = changed.sorted {
        $0.head != $1.head ? $0.head < $1.head : key($0.entry).lexicographicallyPrecedes(key($1.entry))
      }
      var next = 0
      for entry in plain {
        while next < sorted.count, key(sorted[next].entry).lexicographicallyPrecedes(key(entry)) {
          body(key(sorted[next].entry), spelling(sorted[next].entry), sorted[next].entry.count)
          next += 1
        }
        body(key(entry), spelling(entry), entry.count)
      }
      for (_, entry) in sorted[next...] { body(key(entry), spelling(entry), entry.count) }
    }
  }
}

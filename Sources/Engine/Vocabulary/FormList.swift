// The written forms of the index in memory, sorted by their folded key, in a few flat arrays: what can be asked of it - which forms begin
// like this, which of them are the most frequent, which are a few letters away - is answered without touching the database.
//
// A form takes its bytes and some 13 more: half a million forms are about 11 MB.
struct FormList: Sendable {
  /// The keys of all forms, one behind the other, ascending.
  private(set) var bytes: [UInt8] = []
  /// Where each key begins; one more at the end.
  private(set) var starts: [UInt32] = [0]
  /// By form: how many bytes its key shares with the one before, 255 at most.
  private(set) var shared: [UInt8] = []
  /// By form: passages that have it, in any of its spellings.
  private(set) var counts: [UInt32] = []
  /// By block of `blockSize` forms: the highest of their counts.
  private var peaks: [UInt32] = []
  /// By form: where its most frequent spelling stands in `spellings`, behind its length; `isItsKey` where that is the key.
  private var spelt: [UInt32] = []
  private var spellings: [UInt8] = []

  private static let blockSize = 64
  private static let isItsKey = UInt32.max

  var count: Int { counts.count }
  var isEmpty: Bool { counts.isEmpty }
  /// Bytes of memory.
  var memory: Int {
    bytes.capacity + spellings.capacity + shared.capacity + 4 * (starts.capacity + counts.capacity + peaks.capacity + spelt.capacity)
  }

  init() {}

  // MARK: Building

  /// Forms in the order of their keys; those with equal keys become one.
  init(merging forms: FormCollector) {
    bytes.reserveCapacity(forms.keyBytes)
    starts.reserveCapacity(forms.count + 1)
    shared.reserveCapacity(forms.count)
    counts.reserveCapacity(forms.count)
    spelt.reserveCapacity(forms.count)
    var best: UInt32 = 0
    forms.forEachSorted { key, spelling, count in
      if let last = counts.indices.last, isKey(last, equalTo: key) {
        let (sum, overflows) = counts[last].addingReportingOverflow(count)
        counts[last] = overflows ? .max : sum
        if count > best {
          best = count
          spelt[last] = note(spelling, of: key)
        }
        return
      }
      best = count
      shared.append(UInt8(clamping: sharedWithLast(key)))
      bytes.append(contentsOf: key)
      starts.append(UInt32(truncatingIfNeeded: bytes.count))
      counts.append(count)
      spelt.append(note(spelling, of: key))
    }
    peaks = stride(from: 0, to: counts.count, by: Self.blockSize).map { start in
      counts[start..<min(start + Self.blockSize, counts.count)].max() ?? 0
    }
  }

  private mutating func note(_ spelling: UnsafeBufferPointer<UInt8>, of key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    if spelling.elementsEqual(key) { return Self.isItsKey }
    let at = UInt32(truncatingIfNeeded: spellings.count)
    spellings.append(UInt8(clamping: spelling.count))
    spellings.append(contentsOf: spelling.prefix(255))
    return at
  }

  private func isKey(_ form: Int, equalTo key: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = self.range(form)
    return range.count == key.count && bytes[range].elementsEqual(key)
  }

  private func sharedWithLast(_ key: UnsafeBufferPointer<UInt8>) -> Int {
    guard let last = counts.indices.last else { return 0 }
    let range = self.range(last)
    var count = 0
    while count < min(range.count, key.count), bytes[range.lowerBound + count] == key[count] { count += 1 }
    return count
  }

  // MARK: Forms

  @inline(__always)
  func range(_ form: Int) -> Range<Int> { Int(starts[form])..<Int(starts[form + 1]) }

  func key(_ form: Int) -> ArraySlice<UInt8> { bytes[range(form)] }

  /// The most frequent way to write the form: `türkiye` for `turkiye`.
  func spelling(_ form: Int) -> [UInt8] {
    guard spelt[form] != Self.isItsKey else { return Array(key(form)) }
    let at = Int(spelt[form])
    return Array(spellings[(at + 1)..<(at + 1 + Int(spellings[at]))])
  }

  func find(_ key: some Collection<UInt8>) -> Int? {
    let at = lowerBound(key)
    return at < count && self.key(at).elementsEqual(key) ? at : nil
  }

  /// Passages that have a form with this key.
  func frequency(_ key: some Collection<UInt8>) -> UInt32 { find(key).map { counts[$0] } ?? 0 }

  /// The first form that is not before a key.
  func lowerBound(_ key: some Collection<UInt8>) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.key(middle).lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The forms whose keys begin with these bytes.
  func forms(beginning prefix: [UInt8]) -> Range<Int> {
    let start = lowerBound(prefix)
    // The next prefix in order: its last byte that can be is one higher.
    var next = prefix
    while let last = next.popLast() {
      if last < 0xFF {
        next.append(last + 1)
        return start..<max(start, lowerBound(next))
      }
    }
    return start..<count
  }

  /// The most frequent of a range of forms that are accepted, the most frequent first, shorter before longer where they are equal.
  ///
  /// Blocks of which no form is frequent enough are passed over, so that a short prefix costs little more than a long one.
  func mostFrequent(_ limit: Int, of range: Range<Int>, where isWanted: (Int) -> Bool) -> [Int] {
    guard limit > 0 else { return [] }
    var best: [Int] = []
    func precedes(_ a: Int, _ b: Int) -> Bool {
      if counts[a] != counts[b] { return counts[a] > counts[b] }
      return (self.range(a).count, a) < (self.range(b).count, b)
    }
    var form = range.lowerBound
    while form < range.upperBound {
      let block = form / Self.blockSize
      if best.count == limit, let last = best.last, peaks[block] < counts[last] {
        form = (block + 1) * Self.blockSize
        continue
      }
      if best.count == limit, let last = best.last, !precedes(form, last) {
        form += 1
        continue
      }
      if isWanted(form) {
        var at = best.count
        while at > 0, precedes(form, best[at - 1]) { at -= 1 }
        best.insert(form, at: at)
        if best.count > limit { best.removeLast() }
      }
      form += 1
    }
    return best
  }
}

// Short lists of numbers, one a row, in two flat arrays: a row is found by one look-up and read in order. This is what facets are
// counted over, so a million rows cost tens of megabytes and no objects.

struct RecordPool: Sendable {
  /// Where each row's list begins in `numbers`; `absent` for a row that is not there.
  private var starts: [UInt32] = []
  private var numbers: [UInt32] = [0]
  private var garbage = 0

  private static let absent: UInt32 = 0

  var rows: Int { starts.count }

  /// The list of a row, preceded in memory by its length.
  func withRow<Result>(_ row: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result? {
    guard row < starts.count, starts[row] != Self.absent else { return nil }
    return numbers.withUnsafeBufferPointer { all in
      let start = Int(starts[row])
      return body(UnsafeBufferPointer(rebasing: all[(start + 1)..<(start + 1 + Int(all[start]))]))
    }
  }

  func contains(_ row: Int) -> Bool { row < starts.count && starts[row] != Self.absent }

  mutating func set(_ row: Int, _ list: [UInt32]) {
    remove(row)
    while starts.count <= row { starts.append(Self.absent) }
    starts[row] = UInt32(numbers.count)
    numbers.append(UInt32(list.count))
    numbers.append(contentsOf: list)
  }

  mutating func remove(_ row: Int) {
    guard row < starts.count, starts[row] != Self.absent else { return }
    garbage += Int(numbers[Int(starts[row])]) + 1
    starts[row] = Self.absent
    if garbage > 65_536, garbage > numbers.count / 2 { compact() }
  }

  private mutating func compact() {
    var kept: [UInt32] = [0]
    kept.reserveCapacity(numbers.count - garbage)
    for row in starts.indices where starts[row] != Self.absent {
      let start = Int(starts[row])
      starts[row] = UInt32(kept.count)
      kept.append(contentsOf: numbers[start...(start + Int(numbers[start]))])
    }
    numbers = kept
    garbage = 0
  }

  var bytes: Int { (starts.count + numbers.count) * 4 }
}

// A list of values a passage. The same lists come again and again (no actor, one actor, the same two), so each is kept once and a passage
// has its number: four bytes to read where the list itself would lie somewhere else in memory, and whole lists can be counted first and
// their values afterwards.

struct PassageLists: Sendable {
  /// By document.
  private var numbers = PagedNumbers<UInt32>(none: ListPool.empty)
  private(set) var pool = ListPool()
  /// The last list of one value, and its number.
  private var single: (value: UInt32, number: UInt32)?

  mutating func set(_ row: Int, _ list: [UInt32]) {
    let number = list.withUnsafeBufferPointer { pool.number(of: $0) }
    if number != ListPool.empty || row < numbers.rows { numbers[row] = number }
  }

  /// Sets a list of one value, most cheaply the same as the last time.
  mutating func set(_ row: Int, _ value: UInt32) {
    if let single, single.value == value {
      numbers[row] = single.number
    } else {
      set(row, [value])
      single = (value, numbers[row])
    }
  }

  /// Sets the lists of several rows.
  mutating func set(_ lists: ListBatch) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: lists.rows.count) { found in
      pool.number(lists, found)
      for (index, row) in lists.rows.enumerated() { numbers[Int(row)] = found[index] }
    }
  }

  /// The number of a row's list in the pool.
  @inline(__always)
  func number(of row: Int) -> UInt32 { numbers[row] }

  /// Calls with the numbers of the lists of some rows.
  func withNumbers<Result>(of rows: UnsafeBufferPointer<UInt32>, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { found in
      numbers.copy(rows, to: found)
      return body(UnsafeBufferPointer(found))
    }
  }

  /// Calls with the index of each of some rows among them, and the number of its list.
  @inline(__always)
  func forEachNumber(of rows: UnsafeBufferPointer<UInt32>, _ body: (Int, UInt32) -> Void) { numbers.forEach(of: rows, body) }

  /// Calls with every row that was set, and the number of its list.
  @inline(__always)
  func forEach(_ body: (Int, UInt32) -> Void) { numbers.forEach(body) }

  var bytes: Int { numbers.bytes + pool.bytes }

  // MARK: Storing

  /// Writes of each row the number of its list, counted in the order in which they come; a list that comes for the first time follows. Lists
  /// that no row has are left out.
  func write(to out: inout ByteWriter) {
    pool.withLists { lists in
      var written = [UInt32](repeating: ListPool.empty, count: lists.count)
      var count: UInt32 = 1
      numbers.write(to: &out) { out, number in
        if number == ListPool.empty || written[Int(number)] != ListPool.empty { return out.number(written[Int(number)]) }
        out.number(count)
        written[Int(number)] = count
        count += 1
        // What is marked has its highest bit set, which is to cost one bit and not five bytes.
        let list = lists[number]
        out.number(list.count)
        for value in list { out.number(value << 1 | value >> 31) }
      }
    }
  }

  /// Reads what `write` wrote, where nothing was set.
  mutating func read(_ input: inout ByteCursor) {
    var pool = ListPool()
    numbers.read(&input) { input in
      let number = input.number()
      if number == pool.count { pool.read(&input) }
      if number >= pool.count || number < 0 {
        input.fail()
        return ListPool.empty
      }
      return UInt32(truncatingIfNeeded: number)
    }
    pool.beFound()
    self.pool = pool
  }
}

/// Lists of numbers, each of them once. A list that nobody has any more stays until the pool is made anew.
struct ListPool: Sendable {
  /// The number of the list that has nothing in it.
  static let empty: UInt32 = 0

  /// The lists one behind the other.
  private var values: [UInt32] = []
  /// Where each list begins in `values`; one more entry than lists.
  private var starts: [UInt32] = [0, 0]
  /// Numbers of lists by the hash of what they have, at the place that it says or at one of the next; 0 is a free place.
  private var table = [UInt32](repeating: 0, count: 64)

  var count: Int { starts.count - 1 }

  /// The number of a list, which is put in where it is new.
  mutating func number(of list: UnsafeBufferPointer<UInt32>) -> UInt32 {
    if list.isEmpty { return Self.empty }
    var place = Self.hash(list) & (table.count - 1)
    while table[place] != 0 {
      if has(list, table[place]) { return table[place] }
      place = (place + 1) & (table.count - 1)
    }
    let number = UInt32(truncatingIfNeeded: count)
    values.append(contentsOf: list)
    starts.append(UInt32(truncatingIfNeeded: values.count))
    table[place] = number
    if count * 2 > table.count { spread(over: table.count * 2) }
    return number
  }

  /// Finds the numbers of several lists, each at the index of its row. Where a list may be is looked up for all of them before any is
  /// compared: memory is asked for many places at a time rather than for one after the other.
  mutating func number(_ lists: ListBatch, _ numbers: UnsafeMutableBufferPointer<UInt32>) {
    withUnsafeTemporaryAllocation(of: (start: UInt32, end: UInt32).self, capacity: numbers.count) { places in
      lists.forEach { index, list in numbers[index] = table[Self.hash(list) & (table.count - 1)] }
      for index in numbers.indices { places[index] = (starts[Int(numbers[index])], starts[Int(numbers[index]) + 1]) }
      lists.forEach { index, list in
        if !has(list, Int(places[index].start)..<Int(places[index].end)) { numbers[index] = number(of: list) }
      }
    }
  }

  /// Calls with every list, by its number.
  @inline(__always)
  func withLists<Result>(_ body: (Lists) -> Result) -> Result {
    values.withUnsafeBufferPointer { values in starts.withUnsafeBufferPointer { body(Lists(values: values, starts: $0)) } }
  }

  /// The lists, while they are looked at.
  struct Lists {
    fileprivate let values: UnsafeBufferPointer<UInt32>
    fileprivate let starts: UnsafeBufferPointer<UInt32>

    var count: Int { starts.count - 1 }

    /// - Parameter number: of a list of the pool.
    @inline(__always)
    subscript(number: UInt32) -> UnsafeBufferPointer<UInt32> {
      let start = Int(starts[Int(number)])
      return UnsafeBufferPointer(start: values.baseAddress.map { $0 + start }, count: Int(starts[Int(number) + 1]) - start)
    }

    /// So many numbers may be read from the beginning of a list on: those of the lists behind it, too.
    @inline(__always)
    func readable(_ number: UInt32) -> Int { values.count - Int(starts[Int(number)]) }
  }

  private func has(_ list: UnsafeBufferPointer<UInt32>, _ number: UInt32) -> Bool {
    has(list, Int(starts[Int(number)])..<Int(starts[Int(number) + 1]))
  }

  /// Whether a list is what stands in some place of `values`.
  private func has(_ list: UnsafeBufferPointer<UInt32>, _ place: Range<Int>) -> Bool {
    guard place.count == list.count else { return false }
    for index in list.indices where values[place.lowerBound + index] != list[index] { return false }
    return true
  }

  /// Fibonacci hashing, number by number.
  private static func hash(_ list: UnsafeBufferPointer<UInt32>) -> Int {
    var hash: UInt64 = 0
    for number in list {
      hash = (hash ^ UInt64(number)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }

  /// Reads a list that is not there yet. It has a number, and is not found before `beFound`.
  mutating func read(_ input: inout ByteCursor) {
    let count = input.number()
    guard input.isLeft(count) else { return input.fail() }
    for _ in 0..<count {
      let value = UInt32(truncatingIfNeeded: input.number())
      values.append(value >> 1 | value << 31)
    }
    starts.append(UInt32(truncatingIfNeeded: values.count))
  }

  /// To be called when lists were read.
  mutating func beFound() { spread(over: max(table.count, 2 << (Int.bitWidth - count.leadingZeroBitCount))) }

  private mutating func spread(over places: Int) {
    table = Array(repeating: 0, count: places)
    for number in 1..<count {
      let range = Int(starts[number])..<Int(starts[number + 1])
      var place = values.withUnsafeBufferPointer { Self.hash(UnsafeBufferPointer(rebasing: $0[range])) } & (table.count - 1)
      while table[place] != 0 { place = (place + 1) & (table.count - 1) }
      table[place] = UInt32(truncatingIfNeeded: number)
    }
  }

  var bytes: Int { (values.count + starts.count + table.count) * 4 }
}

// Columns in pages: a version of the index shares with the one before every page that a commit did not write, so that publishing a commit
// costs what it changed and not what there is.

/// A number a row.
struct PagedNumbers<Number: FixedWidthInteger & Sendable>: Sendable {
  private var pages: [[Number]] = []
  /// What rows that were never set hold.
  private let none: Number
  private(set) var rows = 0

  private static var shift: Int { 12 }
  private static var pageRows: Int { 1 << shift }
  private static var pageWords: Int { pageRows / 64 }

  init(none: Number) { self.none = none }

  @inline(__always)
  subscript(row: Int) -> Number {
    get { row < rows ? pages[row >> Self.shift][row & (Self.pageRows - 1)] : none }
    set {
      while rows <= row {
        if rows & (Self.pageRows - 1) == 0 { pages.append(Array(repeating: none, count: Self.pageRows)) }
        rows += 1
      }
      pages[row >> Self.shift][row & (Self.pageRows - 1)] = newValue
    }
  }

  /// Puts the numbers of some rows into a buffer.
  func copy(_ rows: UnsafeBufferPointer<UInt32>, to buffer: UnsafeMutableBufferPointer<Number>) {
    forEach(of: rows) { buffer[$0] = $1 }
  }

  /// Calls with the index of each of some rows among them, and its number. Rows that follow each other are the quickest.
  @inline(__always)
  func forEach(of rows: UnsafeBufferPointer<UInt32>, _ body: (Int, Number) -> Void) {
    var index = 0
    while index < rows.count {
      let page = Int(rows[index]) >> Self.shift
      guard page < pages.count else {
        body(index, none)
        index += 1
        continue
      }
      pages[page].withUnsafeBufferPointer { numbers in
        while index < rows.count, Int(rows[index]) >> Self.shift == page {
          body(index, numbers[Int(rows[index]) & (Self.pageRows - 1)])
          index &+= 1
        }
      }
    }
  }

  /// Calls with each of some rows and its number.
  @inline(__always)
  func forEach(of rows: DocumentBits, _ body: (Int, Number) -> Void) {
    rows.words.withUnsafeBufferPointer { words in
      for page in 0..<(words.count + Self.pageWords - 1) / Self.pageWords {
        let own = (page * Self.pageWords)..<min(page * Self.pageWords + Self.pageWords, words.count)
        func forEachRow(_ number: (Int) -> Number) {
          for word in own {
            var left = words[word]
            while left != 0 {
              let row = word &* 64 &+ left.trailingZeroBitCount
              left &= left &- 1
              body(row, number(row & (Self.pageRows - 1)))
            }
          }
        }
        if page < pages.count {
          pages[page].withUnsafeBufferPointer { numbers in forEachRow { numbers[$0] } }
        } else {
          forEachRow { _ in none }
        }
      }
    }
  }

  /// Calls with every row and its number.
  func forEach(_ body: (Int, Number) -> Void) {
    for (page, numbers) in pages.enumerated() {
      let start = page << Self.shift
      numbers.withUnsafeBufferPointer { numbers in
        for index in 0..<min(Self.pageRows, rows - start) { body(start + index, numbers[index]) }
      }
    }
  }

  var bytes: Int { pages.count * Self.pageRows * MemoryLayout<Number>.size }

  // MARK: Storing

  /// Writes of each row by how much it is more than the one before.
  func write(to out: inout ByteWriter) {
    var last = 0
    write(to: &out) { out, number in
      let number = Int(truncatingIfNeeded: number)
      out.signed(number &- last)
      last = number
    }
  }

  /// Writes how many rows there are, up to the last that holds anything, and each of them by `body`: what is equal is written alike.
  @inline(__always)
  func write(to out: inout ByteWriter, _ body: (inout ByteWriter, Number) -> Void) {
    var end = rows
    while end > 0, self[end - 1] == none { end -= 1 }
    out.number(end)
    forEach { row, number in if row < end { body(&out, number) } }
  }

  /// Reads what `write` wrote, where nothing was set.
  mutating func read(_ input: inout ByteCursor) {
    var last = 0
    read(&input) { input in
      last &+= input.signed()
      return Number(truncatingIfNeeded: last)
    }
  }

  /// Reads how many rows there are, and each of them by `next`, where nothing was set.
  @inline(__always)
  mutating func read(_ input: inout ByteCursor, next: (inout ByteCursor) -> Number) {
    let count = input.number()
    guard pages.isEmpty, input.isLeft(count) else { return input.fail() }
    for start in stride(from: 0, to: count, by: Self.pageRows) {
      let used = min(Self.pageRows, count - start)
      pages.append(
        Array(unsafeUninitializedCapacity: Self.pageRows) { page, filled in
          for index in 0..<used { page[index] = next(&input) }
          for index in used..<Self.pageRows { page[index] = none }
          filled = Self.pageRows
        })
    }
    rows = count
  }
}

/// A short list of numbers a row.
struct PagedLists: Sendable {
  /// Some rows, their lists one behind the other.
  private struct Page: Sendable {
    /// Where each row's list ends in `numbers`.
    var ends: [UInt32] = []
    var numbers: [UInt32] = []

    @inline(__always)
    func start(_ row: Int) -> Int { row == 0 ? 0 : Int(ends[row - 1]) }

    mutating func set(_ row: Int, _ list: some Collection<UInt32>) {
      if row >= ends.count, list.isEmpty { return }
      while ends.count < row { ends.append(UInt32(numbers.count)) }
      if row == ends.count {
        numbers.append(contentsOf: list)
        ends.append(UInt32(numbers.count))
        return
      }
      let old = start(row)..<Int(ends[row])
      if old.isEmpty, list.isEmpty { return }
      numbers.replaceSubrange(old, with: list)
      let grown = UInt32(truncatingIfNeeded: list.count - old.count)
      if grown != 0 { for index in row..<ends.count { ends[index] &+= grown } }
    }
  }

  private var pages: [Page] = []

  private static let shift = 10
  private static let pageRows = 1 << shift

  mutating func set(_ row: Int, _ list: some Collection<UInt32>) {
    while pages.count <= row >> Self.shift { pages.append(Page()) }
    pages[row >> Self.shift].set(row & (Self.pageRows - 1), list)
  }

  func has(_ list: [UInt32], at row: Int) -> Bool {
    var index = 0
    var isSame = true
    forEach(of: row) {
      if index >= list.count || list[index] != $0 { isSame = false }
      index += 1
    }
    return isSame && index == list.count
  }

  /// Calls with the list of each of some rows, by its index among them. Rows of one page that follow each other are the quickest.
  @inline(__always)
  func forEachList(of rows: UnsafeBufferPointer<UInt32>, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
    var index = 0
    while index < rows.count {
      let number = Int(rows[index]) >> Self.shift
      var end = index + 1
      while end < rows.count, Int(rows[end]) >> Self.shift == number { end += 1 }
      if number < pages.count {
        pages[number].ends.withUnsafeBufferPointer { ends in
          pages[number].numbers.withUnsafeBufferPointer { numbers in
            for index in index..<end {
              let row = Int(rows[index]) & (Self.pageRows - 1)
              guard row < ends.count else {
                body(index, UnsafeBufferPointer(start: nil, count: 0))
                continue
              }
              let start = row == 0 ? 0 : Int(ends[row - 1])
              body(index, UnsafeBufferPointer(rebasing: numbers[start..<Int(ends[row])]))
            }
          }
        }
      } else {
        for index in index..<end { body(index, UnsafeBufferPointer(start: nil, count: 0)) }
      }
      index = end
    }
  }

  /// Calls with every row that has a list below some row.
  @inline(__always)
  func forEachList(below rows: Int, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
    for (number, page) in pages.enumerated() {
      let first = number << Self.shift
      page.ends.withUnsafeBufferPointer { ends in
        page.numbers.withUnsafeBufferPointer { numbers in
          var start = 0
          for row in 0..<max(0, min(ends.count, rows - first)) {
            let end = Int(ends[row])
            if end > start { body(first + row, UnsafeBufferPointer(rebasing: numbers[start..<end])) }
            start = end
          }
        }
      }
    }
  }

  /// Calls with each number of a row's list.
  @inline(__always)
  func forEach(of row: Int, _ body: (UInt32) -> Void) {
    guard row >> Self.shift < pages.count else { return }
    let page = pages[row >> Self.shift]
    let place = row & (Self.pageRows - 1)
    guard place < page.ends.count else { return }
    for index in page.start(place)..<Int(page.ends[place]) { body(page.numbers[index]) }
  }

  var bytes: Int { pages.reduce(0) { $0 + ($1.ends.count + $1.numbers.count) * 4 } }

  // MARK: Storing

  /// Writes the lists up to the last that has anything in it.
  func write(to out: inout ByteWriter) {
    let used = pages.lastIndex { !$0.numbers.isEmpty }.map { $0 + 1 } ?? 0
    out.list(Array(pages[..<used])) { out, page in
      // The first list that ends where all end is the last that has anything in it.
      let rows = page.numbers.isEmpty ? 0 : page.ends.partitioningIndex { $0 >= page.numbers.count } + 1
      out.number(rows)
      var start: UInt32 = 0
      for end in page.ends.prefix(rows) {
        out.number(end - start)
        start = end
      }
      for number in page.numbers { out.number(number) }
    }
  }

  /// Reads what `write` wrote, in the place of what there is.
  mutating func read(_ input: inout ByteCursor) {
    pages = input.list { input in
      var page = Page()
      let rows = input.number()
      guard input.isLeft(rows) else {
        input.fail()
        return page
      }
      var end = 0
      page.ends = input.numbers(rows) {
        end &+= $0
        return UInt32(truncatingIfNeeded: end)
      }
      guard input.isLeft(end) else {
        input.fail()
        return page
      }
      page.numbers = input.numbers(end) { UInt32(truncatingIfNeeded: $0) }
      return page
    }
  }
}

// The strings that the parts of an article have in common, each once: ids of actors and topics, and the evidence of topics. The head and the
// passages have their numbers.
//
// The bytes are: the lengths of the strings, with the number of their bytes before them; the strings.

/// Gives strings their numbers, in the order in which they come.
struct ArticleStringsWriter {
  private var numbers: [String: Int] = [:]
  private var lengths = ByteWriter()
  private var strings = ByteWriter()

  mutating func number(of string: String) -> Int {
    if let number = numbers[string] { return number }
    let number = numbers.count
    numbers[string] = number
    lengths.number(string.utf8.count)
    strings.append(string.utf8)
    return number
  }

  func encode(into out: inout ByteWriter) {
    out.data(lengths.bytes)
    out.append(strings.bytes)
  }
}

/// Reads them where they lie, as long as they are lent.
struct ArticleStrings {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let lengths: Range<Int>
  /// Where each begins, and where the last ends; empty where they are gone through from one to the next.
  private var starts: [Int] = []
  /// The one behind that which was read last: its number, where its length stands and where it begins.
  private var number = 0
  private var length: Int
  private var start: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var input = ByteCursor(bytes)
    lengths = input.range()
    length = 0
    start = lengths.upperBound
  }

  /// The same, with less to do for each of many.
  var forMany: ArticleStrings {
    var copy = self
    var input = ByteCursor(UnsafeBufferPointer(rebasing: bytes[lengths]))
    copy.starts = [lengths.upperBound]
    while !input.isAtEnd, let length = length(&input, at: copy.starts[copy.starts.count - 1]) {
      copy.starts.append(copy.starts[copy.starts.count - 1] + length)
    }
    return copy
  }

  /// - Returns: nil where there is none of that number.
  mutating func string(_ wanted: Int) -> String? {
    guard wanted >= 0 else { return nil }
    if !starts.isEmpty { return wanted < starts.count - 1 ? string(starts[wanted]..<starts[wanted + 1]) : nil }
    // Those of a head come one behind the other.
    if wanted < number { (number, length, start) = (0, 0, lengths.upperBound) }
    var input = ByteCursor(UnsafeBufferPointer(rebasing: bytes[lengths]))
    input.skip(length)
    while let count = length(&input, at: start) {
      let range = start..<start + count
      (number, length, start) = (number + 1, input.at, range.upperBound)
      if number > wanted { return string(range) }
    }
    return nil
  }

  private func length(_ input: inout ByteCursor, at: Int) -> Int? {
    let length = input.number()
    return !input.failed && length >= 0 && length <= bytes.count - at ? length : nil
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension ByteCursor {
  /// Reads a number, and gives the string of that number.
  mutating func string(of strings: inout ArticleStrings) -> String {
    guard let string = strings.string(number()) else {
      fail()
      return ""
    }
    return string
  }
}

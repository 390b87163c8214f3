// The name of a file as the system knows it: bytes, not text.

/// A path relative to the root of a watched tree; empty for the root itself.
///
/// Names on Linux are any bytes but `/` and NUL, so a path is kept as bytes. `key` makes text of it that can be turned back.
package struct BytePath: Hashable, Sendable, Comparable {
  package var bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The path of a name that is text.
  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The path that `key` was made from.
  package init(key: String) {
    var input = Array(key.utf8)[...]
    bytes = []
    bytes.reserveCapacity(input.count)
    while let byte = input.first {
      if let escaped = BytePath.escape(at: input) {
        bytes.append(escaped)
        input = input.dropFirst(4)
      } else {
        bytes.append(byte)
        input = input.dropFirst()
      }
    }
  }

  package static let root = BytePath(bytes: [])

  package var isRoot: Bool { bytes.isEmpty }

  /// The path of something in the directory that this path names.
  package func appending(_ name: some Collection<UInt8>) -> BytePath {
    if bytes.isEmpty { return BytePath(bytes: Array(name)) }
    var joined = bytes
    joined.reserveCapacity(bytes.count + 1 + name.count)
    joined.append(UInt8(ascii: "/"))
    joined.append(contentsOf: name)
    return BytePath(bytes: joined)
  }

  package var name: ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
    return bytes[(slash + 1)...]
  }

  /// The directory that holds it; nil for the root.
  package var parent: BytePath? {
    if bytes.isEmpty { return nil }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .root }
    return BytePath(bytes: Array(bytes[..<slash]))
  }

  /// Whether it stands somewhere under `directory`; a path is not under itself.
  package func isUnder(_ directory: BytePath) -> Bool {
    if directory.isRoot { return !isRoot }
    return bytes.count > directory.bytes.count && bytes[directory.bytes.count] == UInt8(ascii: "/")
      && bytes.starts(with: directory.bytes)
  }

  package static func < (left: BytePath, right: BytePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  // MARK: As text

  /// The path as text that stands for these bytes alone: what is UTF-8 stays, any other byte becomes `\xHH`.
  package var key: String {
    String(decoding: escaped(controls: false), as: UTF8.self)
  }

  /// The path for a line of text read by people: as `key`, with control characters written as `\xHH` too.
  package var printable: String {
    String(decoding: escaped(controls: true), as: UTF8.self)
  }

  private func escaped(controls: Bool) -> [UInt8] {
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) { return bytes }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 8)
    var rest = bytes[...]
    while let byte = rest.first {
      let length = BytePath.scalarLength(at: rest)
      if length == 0 || (controls && (byte < 0x20 || byte == 0x7F)) || BytePath.escape(at: rest) != nil {
        output += [UInt8(ascii: "\\"), UInt8(ascii: "x"), BytePath.digit(byte >> 4), BytePath.digit(byte & 15)]
        rest = rest.dropFirst()
      } else {
        output += rest.prefix(length)
        rest = rest.dropFirst(length)
      }
    }
    return output
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  /// The byte that an escape at the head of the input stands for; nil when there is none.
  private static func escape(at input: ArraySlice<UInt8>) -> UInt8? {
    let head = Array(input.prefix(4))
    guard head.count == 4, head[0] == UInt8(ascii: "\\"), head[1] == UInt8(ascii: "x") else { return nil }
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return digit - UInt8(ascii: "0")
      case UInt8(ascii: "A")...UInt8(ascii: "F"): return digit - UInt8(ascii: "A") + 10
      default: return nil
      }
    }
    guard let high = value(head[2]), let low = value(head[3]) else { return nil }
    return high << 4 | low
  }

  /// The length of the well-formed scalar at the head of the input; 0 when there is none.
  private static func scalarLength(at input: ArraySlice<UInt8>) -> Int {
    guard let first = input.first else { return 0 }
    let length: Int
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return 0
    }
    let scalar = Array(input.prefix(length))
    guard scalar.count == length, scalar.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return 0 }
    switch (first, scalar[1]) {
    case (0xE0, ..<0xA0), (0xED, 0xA0...), (0xF0, ..<0x90), (0xF4, 0x90...): return 0
    default: return length
    }
  }
}

// The kinds of value a setting can have. Each knows how to read itself from a YAML node (an environment variable is made
// into a node first) and how to say in a few words what it expects.

import Yams

/// A value that a setting can have.
protocol SettingValue {
  /// What is expected, as the end of a sentence "expected …".
  static var expectation: String { get }
  /// Whether an environment variable of this kind is read as a list.
  static var isList: Bool { get }
  init?(node: Node)
}

extension SettingValue {
  static var isList: Bool { false }
}

extension String: SettingValue {
  static var expectation: String { "a text" }

  init?(node: Node) {
    guard let scalar = node.scalar, !scalar.string.isEmpty else { return nil }
    self = scalar.string
  }
}

extension Int: SettingValue {
  static var expectation: String { "a whole number" }

  init?(node: Node) {
    guard let scalar = node.scalar, let value = Int(scalar.string.filter { $0 != "_" }) else { return nil }
    self = value
  }
}

/// A number of something, or 0 for "as many as the machine suggests"; written as a number or `auto`.
struct CountOrAuto: SettingValue {
  static var expectation: String { "a whole number from 1, or auto" }
  var value: Int

  init?(node: Node) {
    guard let text = node.scalar?.string else { return nil }
    if text == "auto" {
      value = 0
    } else {
      guard let number = Int(text), number >= 0 else { return nil }
      value = number
    }
  }
}

/// A size in bytes; written as a number of bytes or with a unit (`64 MiB`, `10MB`).
package struct ByteSize: SettingValue, Sendable, Hashable, CustomStringConvertible {
  static var expectation: String { "a size such as 65536, 512 KiB or 64 MiB" }
  package var bytes: Int

  package init(bytes: Int) { self.bytes = bytes }
  package static func kibibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 10) }
  package static func mebibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 20) }

  private static let units: [(name: String, factor: Int)] = [
    ("", 1), ("b", 1), ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30),
    ("k", 1 << 10), ("m", 1 << 20), ("g", 1 << 30), ("kb", 1_000), ("mb", 1_000_000), ("gb", 1_000_000_000),
  ]

  init?(node: Node) {
    guard let (number, unit) = node.scalar.flatMap({ splitNumber($0.string) }),
      let factor = Self.units.first(where: { $0.name == unit })?.factor
    else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  package var description: String {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where bytes > 0 && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes)"
  }
}

/// A size, or nil for "as much as suits"; written as a size or `auto`.
struct SizeOrAuto: SettingValue {
  static var expectation: String { ByteSize.expectation + ", or auto" }
  var size: ByteSize?

  init?(node: Node) {
    if node.scalar?.string == "auto" { return }
    guard let size = ByteSize(node: node) else { return nil }
    self.size = size
  }
}

/// A span of time; written with a unit (`5s`, `250ms`, `2m`), or as a number of milliseconds.
package struct TimeSpan: SettingValue, Sendable, Hashable, CustomStringConvertible {
  static var expectation: String { "a time such as 250ms, 5s or 2m" }
  package var milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }
  package static func seconds(_ count: Int) -> TimeSpan { TimeSpan(milliseconds: count * 1_000) }
  package var duration: Duration { .milliseconds(milliseconds) }

  private static let units = ["": 1, "ms": 1, "s": 1_000, "m": 60_000, "min": 60_000, "h": 3_600_000]

  init?(node: Node) {
    guard let (number, unit) = node.scalar.flatMap({ splitNumber($0.string) }), let factor = Self.units[unit] else { return nil }
    let (milliseconds, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    self.milliseconds = milliseconds
  }

  package var description: String {
    milliseconds % 1_000 == 0 && milliseconds > 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms"
  }
}

/// Splits `64 MiB` into the number and the lower-cased unit.
private func splitNumber(_ text: String) -> (Int, String)? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  guard let number = Int(digits) else { return nil }
  return (number, text.dropFirst(digits.count).drop { $0 == " " }.lowercased())
}

/// Permissions of a file, written in octal (`0660`).
package struct FileMode: SettingValue, Sendable, Hashable, CustomStringConvertible {
  static var expectation: String { "permissions in octal such as 0660" }
  package var bits: UInt32

  package init(bits: UInt32) { self.bits = bits }

  init?(node: Node) {
    guard let text = node.scalar?.string, let bits = UInt32(text.hasPrefix("0o") ? String(text.dropFirst(2)) : text, radix: 8),
      bits <= 0o777
    else { return nil }
    self.bits = bits
  }

  package var description: String { "0" + String(bits, radix: 8) }
}

/// How much the daemon says; the levels are swift-log's.
package enum LogLevel: String, SettingValue, Sendable, CaseIterable, Comparable {
  case trace, debug, info, notice, warning, error, critical

  package static func < (a: LogLevel, b: LogLevel) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }

  static var expectation: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }

  init?(node: Node) {
    guard let text = node.scalar?.string, let level = LogLevel(rawValue: text.lowercased()) else { return nil }
    self = level
  }
}

extension [String]: SettingValue {
  static var expectation: String { "a list of texts" }
  static var isList: Bool { true }

  init?(node: Node) {
    if let scalar = node.scalar {
      // One value stands for a list of one; nothing after the colon is the empty list.
      self = scalar.string.isEmpty ? [] : [scalar.string]
      return
    }
    guard let sequence = node.sequence else { return nil }
    var list: [String] = []
    for element in sequence {
      guard let text = element.scalar?.string, !text.isEmpty else { return nil }
      list.append(text)
    }
    self = list
  }
}

extension [String: [String]]: SettingValue {
  static var expectation: String { "a table whose values are lists of texts" }

  init?(node: Node) {
    if node.scalar?.string.isEmpty == true {
      self = [:]
      return
    }
    guard let mapping = node.mapping else { return nil }
    var table: [String: [String]] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, let list = [String](node: value) else { return nil }
      table[name] = list
    }
    self = table
  }
}

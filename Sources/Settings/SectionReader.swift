// Reads one section of the configuration: each key is looked for in the environment (`ARAS_SECTION__KEY`) first, then in
// the file. The reader remembers which keys were asked for, and so knows the valid ones without a second list of them.

import Yams

/// A value found in the file or in the environment, with what is needed to speak about it.
struct FoundNode {
  var node: Node
  var origin: String
  var line: Int?
  /// The folder that a relative path in this value starts from.
  var base: String
}

struct SectionReader {
  let section: String
  let context: ReadingContext
  /// The section's entries in the file, by key.
  private var entries: [String: (node: Node, line: Int?)] = [:]
  private var order: [String] = []
  private(set) var asked: [String] = []
  private(set) var problems: [SettingsProblem] = []

  init(section: String, node: Node?, context: ReadingContext) {
    self.section = section
    self.context = context
    guard let node else { return }
    guard let mapping = node.mapping else {
      // `section:` with nothing below, or with comments alone, changes nothing.
      if node.scalar?.string.isEmpty != true {
        problems.append(
          SettingsProblem(origin: context.file, line: node.mark?.line, key: section, message: "expected a section with keys below it"))
      }
      return
    }
    for (key, value) in mapping {
      let name = key.scalar?.string ?? "?"
      entries[name] = (value, key.mark?.line)
      order.append(name)
    }
  }

  /// Finds what is set for `key`, and marks the key as a valid one.
  mutating func find(_ key: String, asList: Bool = false) -> FoundNode? {
    asked.append(key)
    let variable = "ARAS_\(section.uppercased())__\(key.uppercased())"
    if let raw = context.environment[variable] {
      guard let node = context.node(ofVariable: raw, asList: asList) else {
        problems.append(SettingsProblem(origin: variable, key: "\(section).\(key)", message: "is not readable as YAML: '\(raw)'"))
        return nil
      }
      return FoundNode(node: node, origin: variable, line: nil, base: context.currentDirectory)
    }
    guard let entry = entries[key] else { return nil }
    return FoundNode(node: entry.node, origin: context.file, line: entry.node.mark?.line ?? entry.line, base: context.fileBase)
  }

  /// Reads the value of `key`, if it is set and right; reports it if it is wrong.
  mutating func value<Value: SettingValue>(_ key: String, as type: Value.Type = Value.self, where valid: (Value) -> Bool = { _ in true })
    -> Value?
  {
    guard let found = find(key, asList: Value.isList) else { return nil }
    guard let value = Value(node: found.node), valid(value) else {
      report(found, key, expected: Value.expectation)
      return nil
    }
    return value
  }

  /// Reads the value of `key` into `place`, which keeps its default when the key is not set.
  mutating func read<Value: SettingValue>(_ key: String, into place: inout Value) {
    if let value = value(key, as: Value.self) { place = value }
  }

  /// Reads a whole number within a range.
  mutating func read(_ key: String, into place: inout Int, in range: ClosedRange<Int>) {
    guard let found = find(key) else { return }
    guard let value = Int(node: found.node), range.contains(value) else {
      report(found, key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
      return
    }
    place = value
  }

  /// Reads a size within bounds.
  mutating func read(_ key: String, into place: inout ByteSize, atLeast least: ByteSize) {
    guard let found = find(key) else { return }
    guard let value = ByteSize(node: found.node), value.bytes >= least.bytes else {
      report(found, key, expected: ByteSize.expectation + ", at least \(least)")
      return
    }
    place = value
  }

  /// Reads a path, made absolute against the folder that its origin gives.
  mutating func path(_ key: String) -> String? {
    guard let found = find(key) else { return nil }
    guard let text = String(node: found.node) else {
      report(found, key, expected: "a path")
      return nil
    }
    return context.absolute(text, base: found.base)
  }

  /// Reads a list of paths, made absolute.
  mutating func paths(_ key: String) -> [String]? {
    guard let found = find(key, asList: true) else { return nil }
    guard let list = [String](node: found.node) else {
      report(found, key, expected: "a list of paths")
      return nil
    }
    return list.map { context.absolute($0, base: found.base) }
  }

  mutating func report(_ found: FoundNode, _ key: String, expected: String) {
    let text = found.node.scalar.map { "'\($0.string)'" } ?? (found.node.sequence == nil ? "a table" : "a list")
    problems.append(
      SettingsProblem(origin: found.origin, line: found.line, key: "\(section).\(key)", message: "is \(text), expected \(expected)"))
  }

  /// Reports the keys of the file and of the environment that nothing asked for.
  mutating func finish() {
    for name in order where !asked.contains(name) {
      problems.append(
        SettingsProblem(
          origin: context.file, line: entries[name]?.line, key: "\(section).\(name)", message: "is not a setting",
          nearest: nearest(to: name, among: asked).map { "\(section).\($0)" }))
    }
    let prefix = "ARAS_\(section.uppercased())__"
    for variable in context.environment.keys.sorted() where variable.hasPrefix(prefix) {
      let name = variable.dropFirst(prefix.count).lowercased()
      guard !asked.contains(name) else { continue }
      problems.append(
        SettingsProblem(
          origin: variable, key: "\(section).\(name)", message: "is not a setting",
          nearest: nearest(to: name, among: asked).map { prefix + $0.uppercased() }))
    }
  }
}

/// What all sections share while one configuration is read.
struct ReadingContext {
  /// The configuration file as it is shown in messages.
  var file: String
  /// The folder that relative paths of the file start from.
  var fileBase: String
  /// The folder that shown paths start from; nil without a configuration file, where paths are shown absolute.
  var project: String?
  var currentDirectory: String
  var home: String?
  var environment: [String: String]

  func absolute(_ path: String, base: String) -> String { Paths.absolute(path, base: base, home: home) }

  /// Makes a node of an environment variable: a list may be written `a, b` or `[a, b]`, a table `{a: [b]}`, the rest as it is.
  func node(ofVariable raw: String, asList: Bool) -> Node? {
    let start = raw.drop { $0 == " " }
    if start.hasPrefix("[") || start.hasPrefix("{") {
      return try? Yams.compose(yaml: raw)
    }
    guard asList else { return Node(raw) }
    let parts = raw.split(separator: ",").map { $0.trimmed }
    return Node(parts.filter { !$0.isEmpty }.map { Node($0) })
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}

// The sources: folders (or single files) whose articles are indexed.

import Yams

/// A folder or file to index.
package struct SourceSettings: Sendable, Equatable {
  /// The folder or file, absolute.
  package var path: String
  /// The path as results show it: from the project's folder when it lies in there, so that an article keeps its id when the project
  /// is moved; else the absolute one.
  package var shown: String
  /// The name in `status`; default the last part of the path.
  package var name: String
  /// Patterns of the files to take, relative to the path (`**/*.md`); empty is every file of a known format.
  package var include: [String] = []
  /// Patterns of the files to leave out.
  package var exclude: [String] = []
  /// The format of the files; `auto` goes by name and content.
  package var format = SourceFormat.auto
  /// For records (JSONL, CSV): which of the file's fields holds the article's `id`, `title`, `text` and so on.
  package var fields: [String: String] = [:]

  /// The name, when it was given one of its own: the source of articles that name none themselves.
  package var label: String? { name == Paths.name(of: path) ? nil : name }

  /// `project` is the folder that shown paths start from.
  package init(path: String, name: String? = nil, project: String? = nil) {
    self.path = path
    self.name = name ?? Paths.name(of: path)
    shown = project.map { Paths.shown(path, from: $0) } ?? path
  }
}

/// The formats a source can be fixed to.
package enum SourceFormat: String, SettingValue, Sendable, CaseIterable {
  case auto, text, markdown, html, jsonl, csv

  static var expectation: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }

  init?(node: Node) {
    guard let text = node.scalar?.string, let format = SourceFormat(rawValue: text) else { return nil }
    self = format
  }
}

/// Reads the list of sources.
struct SourcesReader {
  static let keys = ["path", "name", "include", "exclude", "format", "fields"]
  static let fieldNames = ["id", "title", "text", "date", "url", "source", "authors", "lang", "keywords"]

  let context: ReadingContext
  private(set) var problems: [SettingsProblem] = []

  init(context: ReadingContext) { self.context = context }

  /// The sources of the file or of `ARAS_SOURCES`; nil when neither speaks of them.
  mutating func sources(_ node: Node?) -> [SourceSettings]? {
    if let raw = context.environment["ARAS_SOURCES"] {
      let list = context.node(ofVariable: raw, asList: true)?.sequence.map(Array.init)
      return read(list, origin: "ARAS_SOURCES", line: nil, base: context.currentDirectory, hasLines: false)
    }
    guard let node, node.scalar?.string.isEmpty != true else { return nil }
    return read(node.sequence.map(Array.init), origin: context.file, line: node.mark?.line, base: context.fileBase, hasLines: true)
  }

  private mutating func read(_ list: [Node]?, origin: String, line: Int?, base: String, hasLines: Bool) -> [SourceSettings]? {
    guard let list else {
      problems.append(SettingsProblem(origin: origin, line: line, key: "sources", message: "expected a list of sources"))
      return nil
    }
    var sources: [SourceSettings] = []
    for (index, node) in list.enumerated() {
      let line = hasLines ? node.mark?.line : nil
      var source: SourceSettings?
      if let path = String(node: node) {
        source = SourceSettings(path: context.absolute(path, base: base), project: context.project)
      } else {
        source = entry(node, index: index, origin: origin, hasLines: hasLines, base: base)
      }
      guard let source else { continue }
      if let other = sources.first(where: { $0.name == source.name || $0.path == source.path }) {
        let what = other.path == source.path ? "the path \(source.path)" : "the name \(source.name)"
        problems.append(
          SettingsProblem(
            origin: origin, line: line, key: "sources[\(index)]", message: "has \(what) of an earlier source, expected one of its own"))
      }
      sources.append(source)
    }
    return sources
  }

  private mutating func entry(_ node: Node, index: Int, origin: String, hasLines: Bool, base: String) -> SourceSettings? {
    let key = "sources[\(index)]"
    func problem(_ key: String, _ node: Node, _ message: String, nearest: String? = nil) -> SettingsProblem {
      SettingsProblem(origin: origin, line: hasLines ? node.mark?.line : nil, key: key, message: message, nearest: nearest)
    }
    guard let mapping = node.mapping else {
      problems.append(problem(key, node, "expected a path, or a table with path, name, include, exclude, format, fields"))
      return nil
    }
    var source = SourceSettings(path: "")
    for (name, value) in mapping {
      let name = name.scalar?.string ?? "?"
      func wrong(_ expectation: String) { problems.append(problem("\(key).\(name)", value, "expected \(expectation)")) }
      switch name {
      case "path": if let path = String(node: value) { source.path = context.absolute(path, base: base) } else { wrong("a path") }
      case "name": if let text = String(node: value) { source.name = text } else { wrong("a text") }
      case "include": if let list = [String](node: value) { source.include = list } else { wrong("a list of patterns") }
      case "exclude": if let list = [String](node: value) { source.exclude = list } else { wrong("a list of patterns") }
      case "format": if let format = SourceFormat(node: value) { source.format = format } else { wrong(SourceFormat.expectation) }
      case "fields":
        guard let table = [String: [String]](node: value), table.values.allSatisfy({ $0.count == 1 }) else {
          wrong("a table such as {text: body, id: uuid}")
          continue
        }
        for field in table.keys.sorted() where !Self.fieldNames.contains(field) {
          problems.append(
            problem(
              "\(key).fields.\(field)", value, "is not a field of an article, expected one of \(Self.fieldNames.joined(separator: ", "))",
              nearest: nearest(to: field, among: Self.fieldNames)))
        }
        source.fields = table.compactMapValues(\.first)
      default:
        problems.append(problem("\(key).\(name)", value, "is not a setting of a source", nearest: nearest(to: name, among: Self.keys)))
      }
    }
    guard !source.path.isEmpty else {
      if mapping["path"] == nil { problems.append(problem("\(key).path", node, "is missing, expected the folder or file to index")) }
      return nil
    }
    if let project = context.project { source.shown = Paths.shown(source.path, from: project) } else { source.shown = source.path }
    if source.name.isEmpty { source.name = Paths.name(of: source.path) }
    return source
  }
}

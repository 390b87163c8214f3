// Reads the registry's YAML into entries. Nothing stops at the first fault: what is wrong is noted with its line and the rest is
// read, so that a user repairs a file in one go.

import FoundationEssentials
import Yams

/// An entry and where it was written.
struct Located<Entry> {
  var entry: Entry
  var file: String
  var line: Int
  /// Lines of the lists inside, by key, for faults found later.
  var lines: [String: Int] = [:]
  /// Lines of an actor's names, one for each.
  var nameLines: [Int] = []
}

/// What the files of a registry say, before it is checked as a whole.
struct RegistryContents {
  var actors: [Located<ActorEntry>] = []
  var topics: [Located<TopicEntry>] = []
  var trained: [Located<TrainedTopic>] = []
  var masks: [Located<String>] = []
  var places: [Located<String>] = []
  var titles: [Located<(text: String, language: String)>] = []
  var problems: [RegistryError.Problem] = []
  var hash = ContentHash()
  /// All files read, those that others include too.
  var files: [String] = []
  var changes: [RegistryChange] = []
  /// Ids that stand for another one, and those of entries that were dropped.
  var renamedActors: [String: String] = [:]
  var renamedTopics: [String: String] = [:]
  var droppedActors: Set<String> = []
}

/// Reads one file after the other into the same contents; a later entry replaces, merges or drops an earlier one.
struct RegistryReader {
  var contents = RegistryContents()
  var actors = EntryBook<ActorEntry>()
  var topics = EntryBook<TopicEntry>()
  var file = ""
  /// The files that include the one being read, itself last.
  private var including: [String] = []
  /// Ids of the file and of those it includes, with the place.
  private var seen: [String: (file: String, line: Int)] = [:]

  mutating func readActors(_ path: String) {
    read(path) { reader, root in reader.readActorKeys(root) }
  }

  mutating func readTopics(_ path: String) {
    read(path) { reader, root in reader.readTopicKeys(root) }
  }

  private mutating func readActorKeys(_ root: Node) {
    for (key, value) in keys(of: root, path: "", known: ["version", "include", "titles", "masks", "homonym_regions", "actors"]) {
      switch key {
      case "include": readIncluded(value) { $0.readActorKeys($1) }
      case "masks": contents.masks += strings(value, "masks").map { Located(entry: $0.text, file: file, line: $0.line) }
      case "homonym_regions":
        contents.places += strings(value, "homonym_regions").map { Located(entry: $0.text, file: file, line: $0.line) }
      case "titles":
        for (language, list) in languages(of: value, path: "titles") {
          contents.titles += strings(list, "titles.\(language)").map {
            Located(entry: (text: $0.text, language: language), file: file, line: $0.line)
          }
        }
      case "actors": readEntries(value, "actors") { $0.actor($1, $2) }
      default: break
      }
    }
  }

  private mutating func readTopicKeys(_ root: Node) {
    for (key, value) in keys(of: root, path: "", known: ["version", "include", "topics"]) {
      switch key {
      case "include": readIncluded(value) { $0.readTopicKeys($1) }
      case "topics": readEntries(value, "topics") { $0.topic($1, $2) }
      default: break
      }
    }
  }

  // MARK: Files

  private mutating func read(_ path: String, _ body: (inout RegistryReader, Node) -> Void) {
    if including.isEmpty { seen = [:] }
    let outer = file
    file = path
    including.append(path)
    contents.files.append(path)
    if let root = compose(path) { body(&self, root) }
    including.removeLast()
    file = outer
  }

  /// Reads the files that one names, relative to its own folder, as if they stood in its place.
  private mutating func readIncluded(_ node: Node, _ body: (inout RegistryReader, Node) -> Void) {
    for (text, line) in strings(node, "include") {
      let folder = file.utf8.lastIndex(of: 0x2F).map { file[...$0] } ?? ""
      let path = text.utf8.first == 0x2F ? text : folder + text
      if including.contains(path) {
        note(line, "include", "“\(text)” includes this file itself; take one of the two out")
      } else if !FileManager.default.isReadableFile(atPath: path) {
        note(line, "include", "“\(text)” cannot be read as \(path); correct the path, which starts from this file's folder")
      } else {
        read(path, body)
      }
    }
  }

  mutating func note(_ line: Int, _ key: String, _ message: String) {
    contents.problems.append(RegistryError.Problem(file: file, line: line, key: key, message: message))
  }

  // MARK: Nodes

  private mutating func compose(_ path: String) -> Node? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      note(0, "", "cannot be read; check registry.actors and registry.topics in the configuration and the file's permissions")
      return nil
    }
    contents.hash.add(data)
    guard let text = String(validating: data, as: UTF8.self) else {
      note(0, "", "is not UTF-8; save it as UTF-8")
      return nil
    }
    do {
      // The basic resolver leaves scalars as they are written, which costs no regular expressions.
      guard let root = try Yams.compose(yaml: text, .basic) else { return nil }
      guard root.mapping != nil else {
        note(root.mark?.line ?? 1, "", "must be a mapping with keys such as actors or topics")
        return nil
      }
      return root
    } catch {
      note(Self.line(of: error), "", "is not YAML: \(Self.problem(of: error))")
      return nil
    }
  }

  private static func line(of error: any Error) -> Int {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: 0
    }
  }

  private static func problem(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .duplicatedKeysInMapping(let duplicates, _): "the key \(duplicates.joined(separator: ", ")) stands twice in one mapping"
    default: "\(error)"
    }
  }

  /// The pairs of a mapping; a key that nobody knows is a fault.
  mutating func keys(of node: Node, path: String, known: [String]?) -> [(String, Node)] {
    guard let mapping = node.mapping else {
      note(node.mark?.line ?? 0, path, "must be a mapping of keys to values")
      return []
    }
    var pairs: [(String, Node)] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      if let known, !known.contains(name) {
        note(key.mark?.line ?? 0, path.isEmpty ? name : "\(path).\(name)", "is no known key; expected \(known.joined(separator: ", "))")
      } else {
        pairs.append((name, value))
      }
    }
    return pairs
  }

  /// The pairs of a mapping whose keys are languages.
  mutating func languages(of node: Node, path: String) -> [(String, Node)] {
    keys(of: node, path: path, known: nil).filter { language, list in
      if LanguageCode.isKnown(language) { return true }
      note(list.mark?.line ?? 0, "\(path).\(language)", "“\(language)” is no language; expected an ISO 639-1 code such as ru or fa")
      return false
    }
  }

  /// The strings of a list, or a lone string; an empty one is a fault.
  mutating func strings(_ node: Node, _ path: String) -> [(text: String, line: Int)] {
    let items: [Node]
    if let sequence = node.sequence { items = Array(sequence) } else { items = [node] }
    var texts: [(text: String, line: Int)] = []
    for item in items {
      let line = item.mark?.line ?? node.mark?.line ?? 0
      guard let text = item.scalar?.string else {
        note(line, path, "must be a list of words, found \(Self.shape(item))")
        continue
      }
      guard text.contains(where: { !$0.isWhitespace }) else {
        note(line, path, "has an empty entry; write a name or leave it out")
        continue
      }
      texts.append((text, line))
    }
    return texts
  }

  mutating func string(_ node: Node, _ path: String) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty, text != "null", text != "~" else {
      if node.scalar == nil { note(node.mark?.line ?? 0, path, "must be one value, found \(Self.shape(node))") }
      return nil
    }
    return text
  }

  private static func shape(_ node: Node) -> String {
    node.sequence != nil ? "a list" : node.mapping != nil ? "a mapping" : "a value"
  }

  private mutating func readEntries(_ node: Node, _ path: String, _ read: (inout RegistryReader, Node, String) -> Void) {
    guard let sequence = node.sequence else {
      note(node.mark?.line ?? 0, path, "must be a list of entries, each with an id")
      return
    }
    for item in sequence {
      guard let mapping = item.mapping else {
        note(item.mark?.line ?? 0, path, "must be a list of mappings, each with an id")
        continue
      }
      guard let id = mapping["id"]?.scalar?.string, Self.isSlug(id) else {
        note(item.mark?.line ?? 0, "\(path).id", "must be there, a slug of lower-case letters, digits and hyphens")
        continue
      }
      let line = mapping["id"]?.mark?.line ?? 0
      if let earlier = seen["\(path).\(id)"] {
        let place = earlier.file == file ? "in this file, first at line \(earlier.line)" : "first at \(earlier.file):\(earlier.line)"
        note(line, "\(path).\(id)", "is used twice \(place); ids must be unique, so rename or remove one")
        continue
      }
      seen["\(path).\(id)"] = (file, line)
      read(&self, item, id)
    }
  }

  static func isSlug(_ id: String) -> Bool {
    guard let first = id.utf8.first, first != 0x2D else { return false }
    return id.utf8.allSatisfy { $0 == 0x2D || ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) }
  }
}

/// FNV-1a over everything read, twice with different starts: enough to see that a file changed.
struct ContentHash {
  private var low: UInt64 = 0xCBF2_9CE4_8422_2325
  private var high: UInt64 = 0x6C62_272E_07BB_0142

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      low = (low ^ UInt64(byte)) &* 0x100_0000_01B3
      high = (high &+ UInt64(byte) &+ 1) &* 0x9E37_79B9_7F4A_7C15
      high ^= high >> 29
    }
  }

  var text: String { String(low, radix: 16) + String(high, radix: 16) }
}

// What a later file does to an earlier one: an entry with the same id replaces the earlier, `same_as: other-id` makes two entries
// one, and `drop: true` takes one out. At the end ids that are gone are replaced where others name them.

import Yams

/// An entry that files put, merge and drop: an actor or a topic.
protocol BookedEntry {
  /// What one is called: `actor`, with an s the name of the section.
  static var noun: String { get }
  /// What it is recognised by.
  static var substance: String { get }
  /// Where the reader keeps them.
  static var book: WritableKeyPath<RegistryReader, EntryBook<Self>> { get }
  var parent: String? { get }
  /// Whether it has none of its substance.
  var isBare: Bool { get }
  /// Adds what another entry knows.
  static func add(_ part: Located<Self>, to whole: inout Located<Self>)
}

extension ActorEntry: BookedEntry {
  static var noun: String { "actor" }
  static var substance: String { "names" }
  static var book: WritableKeyPath<RegistryReader, EntryBook<ActorEntry>> { \.actors }
  var isBare: Bool { names.isEmpty }

  /// Names, and codes where there are none yet.
  static func add(_ part: Located<ActorEntry>, to whole: inout Located<ActorEntry>) {
    for (number, name) in part.entry.names.enumerated() where !whole.entry.names.contains(name) {
      whole.entry.names.append(name)
      whole.nameLines.append(part.nameLines.indices.contains(number) ? part.nameLines[number] : part.line)
    }
    whole.entry.codes.iso2 = whole.entry.codes.iso2 ?? part.entry.codes.iso2
    whole.entry.codes.iso3 = whole.entry.codes.iso3 ?? part.entry.codes.iso3
    whole.entry.codes.cameo = whole.entry.codes.cameo ?? part.entry.codes.cameo
    whole.entry.qid = whole.entry.qid ?? part.entry.qid
    whole.entry.support += part.entry.support.filter { !whole.entry.support.contains($0) }
    whole.entry.keeps += part.entry.keeps.filter { !whole.entry.keeps.contains($0) }
  }
}

extension TopicEntry: BookedEntry {
  static var noun: String { "topic" }
  static var substance: String { "rules" }
  static var book: WritableKeyPath<RegistryReader, EntryBook<TopicEntry>> { \.topics }
  var isBare: Bool { rules.isEmpty }

  static func add(_ part: Located<TopicEntry>, to whole: inout Located<TopicEntry>) {
    whole.entry.rules += part.entry.rules.filter { !whole.entry.rules.contains($0) }
    whole.entry.exclude += part.entry.exclude.filter { !whole.entry.exclude.contains($0) }
  }
}

extension RegistryReader {
  mutating func put<Entry: BookedEntry>(_ found: Located<Entry>, _ id: String) {
    guard let earlier = self[keyPath: Entry.book].list.put(found, id: id) else { return }
    contents.changes.append(
      RegistryChange(kind: .overridden, id: id, file: file, line: found.line, earlierFile: earlier.file, earlierLine: earlier.line))
  }

  // MARK: Dropping

  /// Takes an entry out when the node says so; false when it says nothing of it.
  mutating func drop<Entry: BookedEntry>(_ kind: Entry.Type, _ node: Node, _ id: String) -> Bool {
    let path = "\(Entry.noun)s.\(id)"
    guard let line = dropLine(node, path) else { return false }
    guard let earlier = self[keyPath: Entry.book].list.take(id: id) else {
      note(line, "\(path).drop", "“\(id)” is the id of no \(Entry.noun) in an earlier file; correct the id or remove this entry")
      return true
    }
    self[keyPath: Entry.book].dropped[id] = .some(earlier.entry.parent)
    contents.changes.append(
      RegistryChange(kind: .dropped, id: id, file: file, line: line, earlierFile: earlier.file, earlierLine: earlier.line))
    return true
  }

  /// The line of `drop: true`; nil when the entry has no such key.
  private mutating func dropLine(_ node: Node, _ path: String) -> Int? {
    guard let mapping = node.mapping, let value = mapping["drop"] else { return nil }
    let line = value.mark?.line ?? 0
    if value.scalar?.string != "true" {
      note(line, "\(path).drop", "must be true; to keep the entry, remove the key")
    }
    if let other = mapping.keys.first(where: { !["id", "drop"].contains($0.scalar?.string) }) {
      let key = other.scalar?.string ?? ""
      note(other.mark?.line ?? line, "\(path).\(key)", "stands in an entry that is dropped; remove it or drop: true")
    }
    return line
  }

  // MARK: Merging

  mutating func slug(_ node: Node, _ path: String) -> String? {
    guard let text = string(node, path) else { return nil }
    guard Self.isSlug(text) else {
      note(node.mark?.line ?? 0, path, "must be the id of an entry, a slug of lower-case letters, digits and hyphens")
      return nil
    }
    return text
  }

  mutating func merge<Entry: BookedEntry>(_ found: Located<Entry>, _ id: String, into target: String) {
    let earlier = self[keyPath: Entry.book].list.take(id: id)
    let line = found.lines["same_as"] ?? found.line
    if earlier == nil, found.entry.isBare {
      note(
        line, "\(Entry.noun)s.\(id).same_as",
        "“\(id)” is the id of no earlier \(Entry.noun) and has no \(Entry.substance), so there is nothing to merge")
      return
    }
    self[keyPath: Entry.book].merges.append(
      Merge(id: id, target: target, file: file, line: line, parts: (earlier.map { [$0] } ?? []) + [found]))
    contents.changes.append(
      RegistryChange(
        kind: .merged, id: id, into: target, file: file, line: line, earlierFile: earlier?.file, earlierLine: earlier?.line ?? 0))
  }

  // MARK: The end

  /// What all the files say together.
  mutating func finish() -> RegistryContents {
    settle(ActorEntry.self)
    settle(TopicEntry.self)
    contents.actors = actors.list.entries
    contents.topics = topics.list.entries
    if !actors.renamed.isEmpty || !actors.dropped.isEmpty {
      for index in contents.actors.indices { redirect(&contents.actors[index].entry) }
    }
    if !topics.renamed.isEmpty || !topics.dropped.isEmpty {
      for index in contents.topics.indices {
        let entry = contents.topics[index].entry
        contents.topics[index].entry.parent = entry.parent.flatMap { topics.current($0, asParent: true) }
      }
    }
    settleTrained()
    contents.renamedActors = actors.renamed
    contents.renamedTopics = topics.renamed
    contents.droppedActors = Set(actors.dropped.keys)
    return contents
  }

  /// Joins what is to be one.
  private mutating func settle<Entry: BookedEntry>(_ kind: Entry.Type) {
    var book = self[keyPath: Entry.book]
    book.settle(Entry.noun) { merge, message in
      contents.problems.append(
        RegistryError.Problem(file: merge.file, line: merge.line, key: "\(Entry.noun)s.\(merge.id).same_as", message: message))
    }
    for merge in book.merges {
      guard let target = book.renamed[merge.id], var whole = book.list[target] else {
        // A merge that leads nowhere leaves the entry, so that what names it is no fault besides.
        if merge.parts.count > 1, book.list[merge.id] == nil { _ = book.list.put(merge.parts[0], id: merge.id) }
        continue
      }
      for part in merge.parts { Entry.add(part, to: &whole) }
      book.list[target] = whole
    }
    self[keyPath: Entry.book] = book
  }

  /// Replaces ids that are gone. What stood for nobody else is left out; a parent that was dropped gives way to its own.
  private func redirect(_ entry: inout ActorEntry) {
    let id = entry.id
    entry.parent = entry.parent.flatMap { actors.current($0, asParent: true) }
    if entry.parent == id { entry.parent = nil }
    entry.support = entry.support.compactMap { actors.current($0) }.filter { $0 != id }
    entry.keeps = entry.keeps.compactMap { actors.current($0) }.filter { $0 != id }
  }
}

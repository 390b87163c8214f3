// What a later file does to an earlier one: an entry with the same id replaces the earlier, `same_as: other-id` makes two entries
// one, and `drop: true` takes one out. At the end ids that are gone are replaced where others name them.

import Yams

extension RegistryReader {
  mutating func put(_ actor: Located<ActorEntry>, _ id: String) {
    if let earlier = actors.list.put(actor, id: id) { overridden(id, earlier.file, earlier.line, by: actor.line) }
  }

  mutating func put(_ topic: Located<TopicEntry>, _ id: String) {
    if let earlier = topics.list.put(topic, id: id) { overridden(id, earlier.file, earlier.line, by: topic.line) }
  }

  private mutating func overridden(_ id: String, _ earlierFile: String, _ earlierLine: Int, by line: Int) {
    contents.changes.append(
      RegistryChange(kind: .overridden, id: id, file: file, line: line, earlierFile: earlierFile, earlierLine: earlierLine))
  }

  // MARK: Dropping

  /// Takes an actor out when the entry says so; false when it says nothing of it.
  mutating func dropActor(_ node: Node, _ id: String) -> Bool {
    guard let line = dropLine(node, "actors.\(id)") else { return false }
    guard let earlier = actors.list.take(id: id) else {
      note(line, "actors.\(id).drop", "“\(id)” is the id of no actor in an earlier file; correct the id or remove this entry")
      return true
    }
    actors.dropped[id] = .some(earlier.entry.parent)
    dropped(id, earlier.file, earlier.line, by: line)
    return true
  }

  mutating func dropTopic(_ node: Node, _ id: String) -> Bool {
    guard let line = dropLine(node, "topics.\(id)") else { return false }
    guard let earlier = topics.list.take(id: id) else {
      note(line, "topics.\(id).drop", "“\(id)” is the id of no topic in an earlier file; correct the id or remove this entry")
      return true
    }
    topics.dropped[id] = .some(earlier.entry.parent)
    dropped(id, earlier.file, earlier.line, by: line)
    return true
  }

  private mutating func dropped(_ id: String, _ earlierFile: String, _ earlierLine: Int, by line: Int) {
    contents.changes.append(
      RegistryChange(kind: .dropped, id: id, file: file, line: line, earlierFile: earlierFile, earlierLine: earlierLine))
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

  mutating func merge(_ actor: Located<ActorEntry>, _ id: String, into target: String) {
    let earlier = actors.list.take(id: id)
    let line = actor.lines["same_as"] ?? actor.line
    if earlier == nil, actor.entry.names.isEmpty {
      note(line, "actors.\(id).same_as", "“\(id)” is the id of no earlier actor and has no names, so there is nothing to merge")
      return
    }
    actors.merges.append(
      Merge(id: id, target: target, file: file, line: line, parts: (earlier.map { [$0] } ?? []) + [actor]))
    contents.changes.append(
      RegistryChange(
        kind: .merged, id: id, into: target, file: file, line: line, earlierFile: earlier?.file, earlierLine: earlier?.line ?? 0))
  }

  mutating func merge(_ topic: Located<TopicEntry>, _ id: String, into target: String) {
    let earlier = topics.list.take(id: id)
    let line = topic.lines["same_as"] ?? topic.line
    if earlier == nil, topic.entry.rules.isEmpty {
      note(line, "topics.\(id).same_as", "“\(id)” is the id of no earlier topic and has no rules, so there is nothing to merge")
      return
    }
    topics.merges.append(
      Merge(id: id, target: target, file: file, line: line, parts: (earlier.map { [$0] } ?? []) + [topic]))
    contents.changes.append(
      RegistryChange(
        kind: .merged, id: id, into: target, file: file, line: line, earlierFile: earlier?.file, earlierLine: earlier?.line ?? 0))
  }

  // MARK: The end

  /// What all the files say together.
  mutating func finish() -> RegistryContents {
    var problems: [RegistryError.Problem] = []
    func problem(_ section: String, _ id: String, _ file: String, _ line: Int, _ message: String) {
      problems.append(RegistryError.Problem(file: file, line: line, key: "\(section).\(id).same_as", message: message))
    }
    actors.settle("actor") { problem("actors", $0.id, $0.file, $0.line, $1) }
    topics.settle("topic") { problem("topics", $0.id, $0.file, $0.line, $1) }
    contents.problems += problems
    for merge in actors.merges {
      guard let target = actors.renamed[merge.id], var whole = actors.list[target] else {
        // A merge that leads nowhere leaves the entry, so that what names it is no fault besides.
        if merge.parts.count > 1, actors.list[merge.id] == nil { _ = actors.list.put(merge.parts[0], id: merge.id) }
        continue
      }
      for part in merge.parts { Self.add(part, to: &whole) }
      actors.list[target] = whole
    }
    for merge in topics.merges {
      guard let target = topics.renamed[merge.id], var whole = topics.list[target] else {
        if merge.parts.count > 1, topics.list[merge.id] == nil { _ = topics.list.put(merge.parts[0], id: merge.id) }
        continue
      }
      for part in merge.parts {
        whole.entry.rules += part.entry.rules.filter { !whole.entry.rules.contains($0) }
        whole.entry.exclude += part.entry.exclude.filter { !whole.entry.exclude.contains($0) }
      }
      topics.list[target] = whole
    }
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
    contents.renamedActors = actors.renamed
    contents.renamedTopics = topics.renamed
    contents.droppedActors = Set(actors.dropped.keys)
    return contents
  }

  /// Adds what another entry knows: its names, and codes where there are none yet.
  private static func add(_ part: Located<ActorEntry>, to whole: inout Located<ActorEntry>) {
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

  /// Replaces ids that are gone. What stood for nobody else is left out; a parent that was dropped gives way to its own.
  private func redirect(_ entry: inout ActorEntry) {
    let id = entry.id
    entry.parent = entry.parent.flatMap { actors.current($0, asParent: true) }
    if entry.parent == id { entry.parent = nil }
    entry.support = entry.support.compactMap { actors.current($0) }.filter { $0 != id }
    entry.keeps = entry.keeps.compactMap { actors.current($0) }.filter { $0 != id }
  }
}

// Checks the registry as a whole: what one entry says of another.

enum RegistryCheck {
  static func problems(of contents: RegistryContents) -> [RegistryError.Problem] {
    var problems = RegistryNameCheck.problems(of: contents.actors)
    var actors = Dictionary(contents.actors.map { ($0.entry.id, $0.entry) }, uniquingKeysWith: { $1 })
    for (old, new) in contents.renamedActors { actors[old] = actors[new] }
    let topics = Dictionary(contents.topics.map { ($0.entry.id, $0.entry) }, uniquingKeysWith: { $1 })
    for actor in contents.actors {
      let path = "actors.\(actor.entry.id)"
      func note(_ key: String, _ message: String) {
        problems.append(
          RegistryError.Problem(file: actor.file, line: actor.lines[key] ?? actor.line, key: "\(path).\(key)", message: message))
      }
      if let parent = actor.entry.parent {
        if actors[parent] == nil {
          note("parent", "“\(parent)” is the id of no actor; correct it, or add that actor")
        } else if let cycle = cycle(actor.entry.id, { actors[$0]?.parent }) {
          note("parent", "goes round in a circle: \(cycle); an actor cannot belong to itself")
        }
      }
      for id in actor.entry.support where actors[id] == nil { note("support", "“\(id)” is the id of no actor; correct or remove it") }
      for id in actor.entry.keeps where actors[id] == nil { note("keeps", "“\(id)” is the id of no actor; correct or remove it") }
      if let since = actor.entry.since, let until = actor.entry.until, since > until {
        note("since", "\(since) is after until, \(until); exchange them")
      }
    }
    for topic in contents.topics {
      let path = "topics.\(topic.entry.id)"
      func note(_ key: String, _ message: String) {
        problems.append(
          RegistryError.Problem(file: topic.file, line: topic.lines[key] ?? topic.line, key: "\(path).\(key)", message: message))
      }
      if let parent = topic.entry.parent {
        if topics[parent] == nil {
          note("parent", "“\(parent)” is the id of no topic; correct it, or add that topic")
        } else if let cycle = cycle(topic.entry.id, { topics[$0]?.parent }) {
          note("parent", "goes round in a circle: \(cycle); a topic cannot belong to itself")
        }
      }
      for rule in topic.entry.rules {
        for fault in faults(of: rule, actors, contents.droppedActors) {
          note(rule.language.map { $0 == "en" ? "rules" : "rules_\($0)" } ?? "rules", "“\(rule.query)”: \(fault)")
        }
      }
      for phrase in topic.entry.exclude {
        if case .failure(let error) = Result(catching: { () throws(TopicPattern.SyntaxError) in try TopicPattern(phrase) }) {
          note("exclude", "“\(phrase)”: \(error.message)")
        }
      }
    }
    return problems
  }

  /// The way round when parents lead back to the start.
  private static func cycle(_ id: String, _ parent: (String) -> String?) -> String? {
    var way = [id]
    while let last = way.last, let next = parent(last) {
      way.append(next)
      if next == id { return way.joined(separator: " → ") }
      if way.dropLast().contains(next) { return nil }
    }
    return nil
  }

  private static func faults(of rule: TopicRule, _ actors: [String: ActorEntry], _ dropped: Set<String>) -> [String] {
    guard rule.query.utf8.contains(0x40), let pattern = try? TopicPattern(rule.query) else { return [] }
    return (pattern.first + pattern.second).compactMap { element in
      guard case .actor(let id, let kind) = element else { return nil }
      // A rule that names a dropped actor gives nothing, which is what dropping it means.
      guard let actor = actors[id] else { return dropped.contains(id) ? nil : "@\(id) is the id of no actor; correct or remove it" }
      guard let kind, let kinds = TopicPattern.kinds[kind], !kinds.contains(actor.kind) else { return nil }
      return "@\(kind):\(id) is \(actor.kind.rawValue), not \(kind)"
    }
  }
}

// A registry taken apart so that it can be compared with another: nothing that leaves it has a number of its own.

import TextAnalysis

/// A rule of a topic, tied to no registry's numbers.
struct SoughtRule: Hashable {
  var text: String
  var weight: Float
  var isExclusion: Bool
  var language: LanguageCode
  var distance: Int
  /// Elements of both sides, written so that two rules that match the same are equal.
  var elements: [String]
  /// Words and prefixes of both sides.
  var words: [SoughtForm]
  /// Ids.
  var actors: [String]
}

/// One of the two registries of a change, as it is asked here.
struct RegistrySide {
  let registry: Registry
  private var compiler = NameCompiler(analyzer: Analyzer())
  /// Where the names of an actor begin, and behind the last actor those of masks and regions.
  private let firstName: [Int]

  init(_ registry: Registry) {
    self.registry = registry
    let aliases = registry.names.aliases
    var first = [Int](repeating: 0, count: registry.actors.count + 1)
    var at = 0
    for actor in registry.actors.indices {
      first[actor] = at
      while at < aliases.count, Int(aliases[at].actor) == actor { at += 1 }
    }
    first[registry.actors.count] = at
    firstName = first
  }

  func nameCount(_ id: String) -> Int { registry.ownActorIndex(id).map { firstName[$0 + 1] - firstName[$0] } ?? 0 }

  /// The compiled names of an actor, with no number of the registry in them.
  func names(of id: String) -> [CompiledName] {
    guard let number = registry.ownActorIndex(id) else { return [] }
    let compiled = compiler.compile(registry.actors[number], number: 0)
    return zip(compiled, firstName[number]..<firstName[number + 1]).map { name, alias in
      var name = name
      // The capitals depend on other names, which only the index knows.
      name.alias = anonymous(alias)
      return name
    }
  }

  func phrases(_ kind: Int32) -> [CompiledName] {
    (firstName[registry.actors.count]..<registry.names.aliases.count).filter { registry.names.aliases[$0].actor == kind }
      .compactMap { alias in
        var name = compiler.compile(phrase: registry.names.details[alias].text, actor: kind)
        name?.alias = anonymous(alias)
        return name
      }
  }

  private func anonymous(_ alias: Int) -> Alias {
    var alias = registry.names.aliases[alias]
    alias.actor = min(alias.actor, 0)
    return alias
  }

  /// Whether an actor's entry and names are the same in another registry, and what else decides about them.
  func isSame(_ id: String, as other: RegistrySide, _ own: ActorEntry, _ its: ActorEntry) -> Bool {
    guard own.names == its.names, own.label == its.label, nameCount(id) == other.nameCount(id),
      let mine = registry.ownActorIndex(id), let yours = other.registry.ownActorIndex(id)
    else { return false }
    return zip(firstName[mine]..<firstName[mine + 1], other.firstName[yours]..<other.firstName[yours + 1])
      .allSatisfy { anonymous($0) == other.anonymous($1) } && circumstances(id) == other.circumstances(id)
  }

  /// What decides about the mentions of an actor beside its names.
  struct Circumstances: Equatable {
    var kind: ActorKind
    var since: Int?
    var until: Int?
    var ancestors: [String]
    var keeps: [String]
    var support: [String]
  }

  func circumstances(_ id: String) -> Circumstances? {
    guard let number = registry.ownActorIndex(id) else { return nil }
    let (entry, names) = (registry.actors[number], registry.names)
    func ids(_ numbers: [Int32]) -> [String] { numbers.map { registry.actors[Int($0)].id } }
    var ancestors: [Int32] = []
    var at = names.parents[number]
    while at >= 0, !ancestors.contains(at) {
      ancestors.append(at)
      at = names.parents[Int(at)]
    }
    return Circumstances(
      kind: entry.kind, since: entry.since, until: entry.until, ancestors: ids(ancestors), keeps: ids(names.keeps[number]),
      support: ids(names.support[number]))
  }

  mutating func forms(of word: NameWord) -> [[UInt8]] { compiler.forms(of: word) }

  func isInName(_ form: [UInt8]) -> Bool { form.withUnsafeBufferPointer { registry.names.isInName(registry.names.forms.find($0)) } }

  var titles: Set<[UInt8]> {
    let names = registry.names
    return Set(names.titles.indices.filter { names.titles[$0] }.map { Array(names.forms.form(Int32($0))) })
  }

  func threshold(_ topic: String) -> Float? { registry.topic(topic)?.threshold }

  /// The trained layers by topic.
  var layers: [String: TrainedTopic] {
    Dictionary(
      registry.topics.indices.compactMap { index in registry.trainedLayer(ofTopic: index).map { (registry.topics[index].id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The rules of each topic in their order, those that exclude too.
  func rules() -> [String: [SoughtRule]] {
    let index = registry.topicIndex
    var rules: [String: [SoughtRule]] = [:]
    for (number, rule) in index.rules.enumerated() {
      var sought = SoughtRule(
        text: index.texts[number], weight: rule.weight, isExclusion: rule.isExclusion, language: rule.language, distance: rule.distance,
        elements: [], words: [], actors: [])
      for element in rule.first { describe(index.elements[element], &sought) }
      sought.elements.append("|")
      for element in rule.second { describe(index.elements[element], &sought) }
      rules[registry.topics[Int(rule.topic)].id, default: []].append(sought)
    }
    return rules
  }

  private func describe(_ element: TopicElement, _ rule: inout SoughtRule) {
    switch element.kind {
    case .word:
      let form = Array(registry.names.forms.form(element.id))
      rule.words.append(SoughtForm(form: form, extent: .whole))
      rule.elements.append("w" + String(decoding: form, as: UTF8.self))
    case .prefix:
      let form = registry.topicIndex.prefix(element.id)
      rule.words.append(SoughtForm(form: form, extent: .beginning))
      rule.elements.append("p" + String(decoding: form, as: UTF8.self))
    case .actor:
      let id = element.id < 0 ? "" : registry.actors[Int(element.id)].id
      rule.actors.append(id)
      rule.elements.append("a" + id)
    case .anyState: rule.elements.append("s")
    }
  }
}

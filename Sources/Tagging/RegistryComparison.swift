// Compares two registries part by part.

import TextAnalysis

struct RegistryComparison {
  private(set) var traces: Set<Trace> = []
  private(set) var touchesAll = false
  /// See `TagChange.trained`.
  private(set) var trained: Set<String> = []
  /// See `TagChange.families`.
  private(set) var families: [String: Set<String>] = [:]
  private var old: RegistrySide
  private var new: RegistrySide

  init(_ old: Registry, _ new: Registry) {
    self.old = RegistrySide(old)
    self.new = RegistrySide(new)
  }

  mutating func run() {
    compareActors()
    comparePhrases()
    compareTitles()
    compareTopics()
  }

  // MARK: Names

  private mutating func compareActors() {
    let moved = Order.moved(from: old.registry.actors.map(\.id), to: new.registry.actors.map(\.id))
    for entry in new.registry.actors where old.registry.ownActorIndex(entry.id) == nil {
      touch(new.names(of: entry.id))
      noteFamily(entry.id)
    }
    for entry in old.registry.actors {
      let id = entry.id
      guard let number = new.registry.ownActorIndex(id) else {
        touch(old.names(of: id))
        noteFamily(id)
        continue
      }
      if !moved.contains(id), old.isSame(id, as: new, entry, new.registry.actors[number]) { continue }
      let (before, after) = (old.names(of: id), new.names(of: id))
      let isOther = old.circumstances(id) != new.circumstances(id)
      if isOther { noteFamily(id) }
      if moved.contains(id) || isOther {
        touch(before)
        touch(after)
      } else {
        compare(before, after)
      }
    }
  }

  private mutating func noteFamily(_ id: String) {
    families[id] = Set((old.circumstances(id)?.ancestors ?? []) + (new.circumstances(id)?.ancestors ?? []))
  }

  private mutating func comparePhrases() {
    for kind in [Alias.mask, Alias.region] { compare(old.phrases(kind), new.phrases(kind)) }
  }

  private mutating func compare(_ before: [CompiledName], _ after: [CompiledName]) {
    let (removed, added) = Order.difference(before, after)
    touch(removed)
    touch(added)
  }

  private mutating func touch(_ names: [CompiledName]) {
    for name in names {
      let forms = name.words.map { new.forms(of: $0) }
      if !name.alias.isOnlyForQueries {
        let bits = name.alias.capitals | name.alias.allCaps
        let capital = forms.indices.first { $0 < 32 && bits >> UInt32($0) & 1 != 0 }
        traces.insert(Trace(words: forms.map { $0.map { SoughtForm(form: $0, extent: .withEndings) } }, capital: capital))
      }
      // A form that is in no name otherwise changes which endings are stripped from words like it.
      for form in forms.joined() where old.isInName(form) != new.isInName(form) {
        traces.insert(Trace(words: [[SoughtForm(form: form, extent: .withEndings)]], languages: TagChange.strippedLanguages))
      }
    }
  }

  private mutating func compareTitles() {
    for form in old.titles.symmetricDifference(new.titles) { traces.insert(Trace(words: [[SoughtForm(form: form, extent: .whole)]])) }
  }

  // MARK: Topics

  private mutating func compareTopics() {
    let moved = Order.moved(from: old.registry.topics.map(\.id), to: new.registry.topics.map(\.id))
    let (before, after) = (old.rules(), new.rules())
    for topic in Set(before.keys).union(after.keys) {
      let (one, other) = (before[topic] ?? [], after[topic] ?? [])
      if moved.contains(topic) || old.threshold(topic) != new.threshold(topic) {
        touch(one, old)
        touch(other, new)
      } else {
        let (removed, added) = Order.difference(one, other)
        touch(removed, old)
        touch(added, new)
      }
    }
    // A trained layer knows some word of most texts, and what it makes of them only the sum tells.
    let (layers, later) = (old.layers, new.layers)
    for topic in Set(layers.keys).union(later.keys)
    where layers[topic] != later[topic] || moved.contains(topic) || old.threshold(topic) != new.threshold(topic) {
      trained.insert(topic)
    }
  }

  private mutating func touch(_ rules: [SoughtRule], _ side: RegistrySide) {
    for rule in rules {
      if !rule.words.isEmpty {
        traces.insert(Trace(words: rule.words.map { [$0] }))
      } else if let actor = rule.actors.min(by: { side.nameCount($0) < side.nameCount($1) }) {
        // Named by the rule alone: whatever names the actor may bring it in.
        for name in side.names(of: actor) where !name.alias.isOnlyForQueries {
          traces.insert(Trace(words: name.words.map { new.forms(of: $0).map { SoughtForm(form: $0, extent: .withEndings) } }))
        }
      } else {
        touchesAll = true
      }
    }
  }
}

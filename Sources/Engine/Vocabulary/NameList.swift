// The names of the registry as they are typed: actors by every name in every script, topics by label and id.
import Tagging

struct NameList: Sendable {
  /// One name of one entry.
  struct Name: Sendable {
    var text: String
    /// Index of the actor in the registry, or of the topic.
    var entry: Int
    var isTopic: Bool
    /// Whether it is the entry's label or id.
    var isLabel: Bool
    /// Whether it means the entry only beside something else: a surname, a capital, a name of several.
    var isLoose: Bool
  }

  let names: [Name]
  let starts: StartList
  /// The keys of all names.
  let keys: FormList
  /// Names of one word by which a plain word of a query finds an actor.
  let plainWords: [(form: [UInt8], actor: Int)]
  /// Fingerprint of the registry.
  let fingerprint: String

  init(_ registry: Registry) {
    var names: [Name] = []
    for (index, actor) in registry.actors.enumerated() {
      names.append(Name(text: actor.label, entry: index, isTopic: false, isLabel: true, isLoose: false))
      for name in actor.names where name.text != actor.label {
        names.append(
          Name(
            text: name.text, entry: index, isTopic: false, isLabel: false,
            isLoose: name.weak || name.type == .metonym || name.type == .surname || name.type == .demonym))
      }
      if PhraseKey.of(actor.id) != PhraseKey.of(actor.label) {
        names.append(Name(text: actor.id, entry: index, isTopic: false, isLabel: true, isLoose: false))
      }
    }
    for (index, topic) in registry.topics.enumerated() {
      names.append(Name(text: topic.label, entry: index, isTopic: true, isLabel: true, isLoose: false))
      if PhraseKey.of(topic.id) != PhraseKey.of(topic.label) {
        names.append(Name(text: topic.id, entry: index, isTopic: true, isLabel: true, isLoose: false))
      }
    }
    self.names = names
    let keys = names.map { PhraseKey.of($0.text, longest: StartList.longest) }
    starts = StartList(keys)
    var forms = FormCollector()
    for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) { key.withUnsafeBufferPointer { forms.add($0, count: 1) } }
    self.keys = FormList(merging: forms)
    plainWords = names.compactMap { name in
      guard !name.isTopic, !name.text.utf8.contains(0x20) else { return nil }
      let form = Array(name.text.lowercased().utf8)
      let key = form.withUnsafeBufferPointer { FormCollector.key(of: $0) }
      return registry.actorsNamed(by: key[...]).contains(registry.actors[name.entry].id) ? (form, name.entry) : nil
    }.sorted { $0.form.lexicographicallyPrecedes($1.form) }
    fingerprint = registry.fingerprint
  }
}

// The registry: actors and topics with everything compiled that finding them in a text needs. Immutable and shared.

import TextAnalysis

package final class Registry: Sendable {
  package let actors: [ActorEntry]
  package let topics: [TopicEntry]
  /// Hash of the content, to see that it changed.
  package let fingerprint: String
  /// The files it was read from, those that others include too, in the order in which they were read.
  package let files: [String]
  /// Those of them that no configuration names, only another file.
  package let includedFiles: [String]
  /// What later files changed of earlier ones, in their order.
  package let changes: [RegistryChange]

  let names: NameIndex
  let topicIndex: TopicIndex
  let trainedIndex: TrainedIndex
  /// The trained layers by index of their topic.
  private let layers: [Int: TrainedTopic]
  private let actorIndices: [String: Int]
  private let topicIndices: [String: Int]
  /// Topics by folded label.
  private let topicLabels: [String: [Int]]

  /// Reads and compiles the files; a later entry replaces an earlier one with the same id. Every fault is reported.
  /// - Parameter trainedFolder: holds the trained layers of topics; it need not be there.
  package static func load(actorFiles: [String], topicFiles: [String], trainedFolder: String? = nil) throws(RegistryError) -> Registry {
    var reader = RegistryReader()
    for file in actorFiles { reader.readActors(file) }
    for file in topicFiles { reader.readTopics(file) }
    if let trainedFolder { reader.readTrained(folder: trainedFolder, signature: TrainedFeatures.signature(Analyzer())) }
    let contents = reader.finish()
    let problems = contents.problems + RegistryCheck.problems(of: contents)
    guard problems.isEmpty else { throw RegistryError(problems: problems) }
    return Registry(contents, named: Set(actorFiles + topicFiles))
  }

  init(_ contents: RegistryContents, named: Set<String>) {
    actors = contents.actors.map(\.entry)
    topics = contents.topics.map(\.entry)
    fingerprint = contents.hash.text
    files = contents.files
    includedFiles = files.filter { !named.contains($0) }
    changes = contents.changes
    actorIndices = Self.indices(of: actors.map(\.id), renamed: contents.renamedActors)
    topicIndices = Self.indices(of: topics.map(\.id), renamed: contents.renamedTopics)
    topicLabels = Dictionary(grouping: topics.indices, by: { [topics] in Fold.key(topics[$0].label) })
    let analyzer = Analyzer()
    var builder = NameIndexBuilder(analyzer: analyzer)
    builder.build(
      actors, masks: contents.masks.map(\.entry), regions: contents.places.map(\.entry), titles: contents.titles.map(\.entry))
    topicIndex = TopicIndex(
      topics, actors: actorIndices.mapValues(Int32.init), analyzer: analyzer, form: { builder.form($0) })
    names = builder.finish()
    var layers: [Int: TrainedTopic] = [:]
    for layer in contents.trained {
      if let index = topicIndices[layer.entry.id] { layers[index] = layer.entry }
    }
    self.layers = layers
    trainedIndex = TrainedIndex(layers.sorted { $0.key < $1.key }.map { (topic: $0.key, layer: $0.value) })
  }

  /// Positions by id; the id of an entry that was merged leads to the one it was merged into.
  private static func indices(of ids: [String], renamed: [String: String]) -> [String: Int] {
    var indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    for (old, new) in renamed { indices[old] = indices[new] }
    return indices
  }

  package func actorIndex(_ id: String) -> Int? { actorIndices[id] }
  package func topicIndex(_ id: String) -> Int? { topicIndices[id] }
  /// The position of an entry by its own id, not by one that was merged into it.
  func ownActorIndex(_ id: String) -> Int? { actorIndices[id].flatMap { actors[$0].id == id ? $0 : nil } }
  package func actor(_ id: String) -> ActorEntry? { actorIndices[id].map { actors[$0] } }
  package func topic(_ id: String) -> TopicEntry? { topicIndices[id].map { topics[$0] } }

  package func actorKind(_ id: String) -> ActorKind? { actorIndices[id].map { actors[$0].kind } }

  /// Whether any topic has a trained layer: these read the terms of words, too.
  package var hasTrainedLayers: Bool { !layers.isEmpty }

  /// The trained layer of a topic, by the topic's index.
  package func trainedLayer(ofTopic index: Int) -> TrainedTopic? { layers[index] }

  /// Ids of the actors that the value names: an id, a label or a name in any script, inflected too.
  package func resolveActor(_ value: String) -> [String] {
    let id = value.lowercased()
    if let index = actorIndices[id] { return [actors[index].id] }
    var nodes: [Int32] = [0]
    for word in NameWords.split(value) {
      var next: [Int32] = []
      for node in nodes {
        for form in word.withUnsafeBufferPointer({ [names.forms.find($0), names.stripped($0)] }) {
          for child in names.children(of: node, form) where !next.contains(child) { next.append(child) }
        }
      }
      nodes = next
    }
    return ids(endingAt: nodes) { _ in true }
  }

  package func resolveTopic(_ value: String) -> [String] {
    let id = value.lowercased()
    if let index = topicIndices[id] { return [topics[index].id] }
    return (topicLabels[Fold.key(value)] ?? []).map { topics[$0].id }
  }

  /// Ids of the actors and places that a single folded word names or calls the people of; no metonyms, no surnames.
  /// `isAllCaps` tells that the word was typed in capitals: without it an acronym that is short or a common word (US, WHO) stays a
  /// plain word.
  package func actorsNamed(by word: ArraySlice<UInt8>, isAllCaps: Bool = false) -> [String] {
    let form = word.withUnsafeBufferPointer { names.forms.find($0) }
    guard form >= 0 else { return [] }
    let isStopWord = Self.stopWords.contains(String(decoding: word, as: UTF8.self))
    return ids(endingAt: names.children(of: 0, form)) { alias in
      switch alias.type {
      case .metonym, .surname: false
      case .name, .demonym, .acronym:
        alias.allCaps == 0 || isAllCaps || (word.count > 2 && alias.acceptance == .strong && !isStopWord)
      }
    }
  }

  private static let stopWords = AnalysisOptions().stopWords[.english] ?? []

  private func ids(endingAt nodes: [Int32], where isWanted: (Alias) -> Bool) -> [String] {
    var found: [String] = []
    for number in nodes.filter({ $0 > 0 }).flatMap({ names.outputs[names.outputs(of: $0)] }).sorted() {
      let alias = names.aliases[Int(number)]
      guard alias.actor >= 0, isWanted(alias) else { continue }
      let id = actors[Int(alias.actor)].id
      if !found.contains(id) { found.append(id) }
    }
    return found
  }

  /// Children, transitive, itself excluded.
  package func descendants(ofActor id: String) -> [String] {
    Self.descendants(of: id, actors.map { ($0.id, $0.parent) })
  }

  package func descendants(ofTopic id: String) -> [String] {
    Self.descendants(of: id, topics.map { ($0.id, $0.parent) })
  }

  private static func descendants(of id: String, _ entries: [(id: String, parent: String?)]) -> [String] {
    let children = Dictionary(grouping: entries.filter { $0.parent != nil }, by: { $0.parent ?? "" })
    var found: [String] = []
    var open = [id]
    while let next = open.popLast() {
      for child in children[next] ?? [] where !found.contains(child.id) {
        found.append(child.id)
        open.append(child.id)
      }
    }
    return found
  }
}

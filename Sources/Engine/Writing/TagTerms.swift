// The terms that the tags of a passage are: what is written with it, and what is written anew when it is tagged again.
import Tagging

struct TagTerms: Sendable, Equatable {
  struct Entity: Sendable, Equatable {
    var id: String
    /// `.actor` or `.place`.
    var field: Field
    /// Those of the words that name it, so that an actor can stand in NEAR beside words.
    var positions: [UInt32]
    var wdf: UInt32
    var isSalient: Bool

    var term: [UInt8] { Term.entity(field, id) }
    var salientTerm: [UInt8] { Term.value(Schema.salientPrefix, id.utf8) }
  }

  /// In the order in which they are named.
  var entities: [Entity] = []
  var topics: [String] = []

  var actors: [String] { entities.filter { $0.field == .actor }.map(\.id) }
  var places: [String] { entities.filter { $0.field == .place }.map(\.id) }
  var topicTerms: [[UInt8]] { topics.map { Term.entity(.topic, $0) } }

  /// Terms that say that the passage has any actor, place or topic.
  var presenceTerms: [[UInt8]] {
    var fields: [Field] = [.actor, .place].filter { field in entities.contains { $0.field == field } }
    if !topics.isEmpty { fields.append(.topic) }
    return fields.map { Term.presence($0) }
  }

  /// - Parameter beyond: actors that belong to the passage without being named in it.
  init(_ tags: PassageTags, beyond: [Int32], of registry: Registry, salient: Set<String>) {
    var positions: [Int32: [UInt32]] = [:]
    var mentions: [Int32: UInt32] = [:]
    var order: [Int32] = []
    for mention in tags.mentions {
      if positions[mention.actor] == nil { order.append(mention.actor) }
      mentions[mention.actor, default: 0] += 1
      for word in mention.firstWord...max(mention.firstWord, mention.lastWord) {
        positions[mention.actor, default: []].append(UInt32(word) + 1)
      }
    }
    // Each of those stands alone, near nothing: Xapian takes a term without a position as near everything.
    for (index, actor) in beyond.enumerated() { positions[actor] = [Schema.farPosition + UInt32(index) * Schema.positionGap] }
    entities = (order + beyond).map { actor in
      let id = registry.actors[Int(actor)].id
      return Entity(
        id: id, field: registry.actors[Int(actor)].kind == .place ? .place : .actor, positions: positions[actor] ?? [],
        wdf: mentions[actor] ?? 1, isSalient: salient.contains(id))
    }
    topics = tags.topics.map { registry.topics[Int($0.topic)].id }
  }

  /// Those of a passage that was not read again, without the positions.
  init(ofKept record: PassageRecord, _ registry: Registry, salient: Set<String>) {
    self.init(record, salient: salient) { registry.actorKind($0) == .place }
  }

  /// Those that the index has of a passage, without the positions.
  init(_ stored: StoredTags) { self.init(stored.record, salient: Set(stored.salient)) { stored.places.contains($0) } }

  private init(_ record: PassageRecord, salient: Set<String>, isPlace: (_ id: String) -> Bool) {
    let mentions = record.mentionCounts
    entities = record.entities.enumerated().map { index, id in
      Entity(
        id: id, field: isPlace(id) ? .place : .actor, positions: [], wdf: mentions[index], isSalient: salient.contains(id))
    }
    topics = record.topics.map(\.id)
  }
}

// From the tags that a passage has in the index to those that it shall have: only terms of tags that differ are written, so that the
// words of the passage and their postings stay as they are.
import Tagging
import Xapian

/// The tags of a passage as the index has them.
struct StoredTags {
  var record: PassageRecord
  /// Ids of those of its entities that are places.
  var places: Set<String>
  /// Ids of the actors that are salient in its article.
  var salient: Set<String>

  private func field(_ id: String) -> Field { places.contains(id) ? .place : .actor }

  /// A passage has so few entities that looking through them costs less than a table of them.
  func changes(to new: TaggedArticle.Passage) -> [TermChange] {
    var changes: [TermChange] = []
    let mentions = record.mentionCounts
    for (index, id) in record.entities.enumerated() {
      let entity = new.tags.entities.first { $0.id == id }
      if entity?.field != field(id) {
        changes.append(TermChange(term: Term.entity(field(id), id), before: mentions[index]))
      }
      if salient.contains(id), entity?.isSalient != true {
        changes.append(TermChange(term: Term.value(Schema.salientPrefix, id.utf8), before: 0))
      }
    }
    for entity in new.tags.entities {
      let old = record.entities.firstIndex(of: entity.id)
      let before = entity.field == field(entity.id) ? old.map { mentions[$0] } : nil
      if before != entity.wdf { changes.append(TermChange(term: entity.term, before: before, now: entity.wdf)) }
      if entity.isSalient, old == nil || !salient.contains(entity.id) {
        changes.append(TermChange(term: entity.salientTerm, now: 0))
      }
    }
    exchange(record.topics.map { Term.entity(.topic, $0.id) }, for: new.tags.topicTerms, &changes)
    exchange(presence, for: new.tags.presenceTerms, &changes)
    return changes
  }

  private var presence: [[UInt8]] {
    var fields = Set(record.entities.map { field($0) })
    if !record.topics.isEmpty { fields.insert(.topic) }
    return fields.map { Term.presence($0) }
  }

  /// Takes out the terms that are no longer wanted and puts in those that are new.
  private func exchange(_ old: [[UInt8]], for new: [[UInt8]], _ changes: inout [TermChange]) {
    for term in old where !new.contains(term) { changes.append(TermChange(term: term, before: 0)) }
    for term in new where !old.contains(term) { changes.append(TermChange(term: term, now: 0)) }
  }
}

extension PassageRecord {
  /// How often each entity is named, as its term counts it.
  var mentionCounts: [UInt32] {
    var counts = Array(repeating: UInt32(0), count: entities.count)
    for mention in mentions { counts[mention.entity] += 1 }
    return counts.map { max(1, $0) }
  }
}

extension DocumentEdit {
  init(_ changes: [TermChange], columns: [UInt8]) {
    self.init()
    for change in changes {
      if change.before != nil { removeTerm(change.term) }
      if let wdf = change.now { addTerm(change.term, wdf: wdf) }
    }
    setValue(slot: Schema.columnsSlot, columns)
  }
}

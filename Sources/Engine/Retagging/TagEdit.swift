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
  func edit(to new: TaggedArticle.Passage) -> DocumentEdit {
    var edit = DocumentEdit()
    let mentions = mentions
    for id in record.entities {
      let salientTerm = Term.value(Schema.salientPrefix, id.utf8)
      guard let entity = new.tags.entities.first(where: { $0.id == id }) else {
        edit.removeTerm(Term.entity(field(id), id))
        if salient.contains(id) { edit.removeTerm(salientTerm) }
        continue
      }
      if entity.field != field(id) { edit.removeTerm(Term.entity(field(id), id)) }
      if salient.contains(id), !entity.isSalient { edit.removeTerm(salientTerm) }
    }
    for entity in new.tags.entities {
      let old = record.entities.firstIndex(of: entity.id)
      if old.map({ mentions[$0] }) != entity.wdf || entity.field != field(entity.id) { edit.setTerm(entity.term, wdf: entity.wdf) }
      if entity.isSalient, old == nil || !salient.contains(entity.id) { edit.setTerm(entity.salientTerm, wdf: 0) }
    }
    exchange(record.topics.map { Term.entity(.topic, $0.id) }, for: new.tags.topicTerms, &edit)
    exchange(presence, for: new.tags.presenceTerms, &edit)
    return edit
  }

  private var presence: [[UInt8]] {
    var fields = Set(record.entities.map { field($0) })
    if !record.topics.isEmpty { fields.insert(.topic) }
    return fields.map { Term.presence($0) }
  }

  /// Takes out the terms that are no longer wanted and puts in those that are new.
  private func exchange(_ old: [[UInt8]], for new: [[UInt8]], _ edit: inout DocumentEdit) {
    for term in old where !new.contains(term) { edit.removeTerm(term) }
    for term in new where !old.contains(term) { edit.setTerm(term, wdf: 0) }
  }

  /// How often each entity is named, as its term counts it.
  private var mentions: [UInt32] {
    var counts = Array(repeating: UInt32(0), count: record.entities.count)
    for mention in record.mentions { counts[mention.entity] += 1 }
    return counts.map { max(1, $0) }
  }
}

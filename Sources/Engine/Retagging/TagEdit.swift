// From the tags that a passage has in the index to those that it shall have: only terms of tags that differ are written, so that the
// words of the passage and their postings stay as they are.
import Tagging
import Xapian

/// What is to be done for an article under other tags. It is worked out where the article was tagged, so that the writer, of which there
/// is one, has little to do.
struct ArticleEdit: Sendable {
  struct Passage: Sendable {
    var document: UInt32
    /// Place in the article, from 0.
    var index: Int
    /// From the tags that the index has.
    var changes: [TermChange]
  }

  /// Those that were read, and say something else than they did.
  var passages: [Passage] = []
  /// Of the others, those whose rows of the columns say what is salient in the article, and not yet what it is now.
  var beside: [UInt32] = []
  /// Whether the same actors and places are salient.
  var isSameSalience = true
  /// Of the others, those whose actors stand elsewhere than they did: a matter of the article's record alone.
  var moved: [UInt32] = []

  init() {}

  var isEmpty: Bool { passages.isEmpty && beside.isEmpty && moved.isEmpty }

  /// - Returns: nil where the passages of the article are not known.
  init?(from found: FoundArticle, to new: TaggedArticle, _ snapshot: Snapshot) {
    guard let documents = found.documents(in: snapshot.columns) else { return nil }
    self.init(from: found, to: new, documents, snapshot.columns, snapshot.dictionary)
  }

  /// - Parameter documents: of the passages, in their order.
  /// - Returns: nil where they are not as many as the passages.
  init?(
    from found: FoundArticle, to new: TaggedArticle, _ documents: some Collection<UInt32>, _ columns: Columns, _ dictionary: FacetDictionary
  ) {
    let stored = found.stored
    guard new.passages.count == stored.passages.count, documents.count == stored.passages.count else { return nil }
    let salient = stored.record.actors.filter(\.salient).map(\.id)
    isSameSalience = Self.isSameSalience(found.touched.ordinal, new, columns, dictionary)
    for (index, document) in documents.enumerated() {
      if isSameSalience, new.passages[index].isKept { continue }
      var places: Set<String> = []
      columns.forEachValue(ofPassage: document, .place) { places.insert(dictionary.value($0, in: .place)) }
      let record = stored.passages[index]
      let changes = StoredTags(record: record, places: places, salient: salient).changes(to: new.passages[index])
      if !changes.isEmpty {
        passages.append(Passage(document: document, index: index, changes: changes))
      } else if !isSameSalience {
        beside.append(document)
      } else if record.mentions != new.passages[index].record.mentions {
        moved.append(document)
      }
    }
  }

  private static func isSameSalience(
    _ ordinal: UInt32, _ new: TaggedArticle, _ columns: Columns, _ dictionary: FacetDictionary
  ) -> Bool {
    let places = new.places
    let salient = new.record.actors.filter(\.salient)
    for field in [FacetColumn.actor, .place] {
      var left = salient.reduce(0) { $0 + (places.contains($1.id) == (field == .place) ? 1 : 0) }
      var isSame = true
      columns.forEachSalientValue(ofArticle: ordinal, field) { number in
        let id = dictionary.value(number, in: field)
        left -= 1
        if isSame, !salient.contains(where: { $0.id == id && places.contains(id) == (field == .place) }) { isSame = false }
      }
      if !isSame || left != 0 { return false }
    }
    return true
  }
}

extension TermChange {
  /// What two steps change together.
  static func joined(_ first: [TermChange], _ second: [TermChange]) -> [TermChange] {
    if first.isEmpty { return second }
    var joined: [TermChange] = []
    for change in first {
      var whole = change
      if let next = second.first(where: { $0.term == change.term }) { whole.now = next.now }
      if whole.before != whole.now { joined.append(whole) }
    }
    for change in second where !first.contains(where: { $0.term == change.term }) { joined.append(change) }
    return joined
  }
}

/// The tags of a passage as the index has them.
struct StoredTags {
  var record: PassageRecord
  /// Ids of those of its entities that are places.
  var places: Set<String>
  /// Ids of the actors that are salient in its article.
  var salient: [String]

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
    if !record.topics.lazy.map(\.id).elementsEqual(new.tags.topics) {
      exchange(record.topics.map { Term.entity(.topic, $0.id) }, for: new.tags.topicTerms, &changes)
    }
    let had = record.entities.reduce(into: (actor: false, place: false)) { found, id in
      if places.contains(id) { found.place = true } else { found.actor = true }
    }
    notePresence(.actor, had.actor, new.tags.entities.contains { $0.field == .actor }, &changes)
    notePresence(.place, had.place, new.tags.entities.contains { $0.field == .place }, &changes)
    notePresence(.topic, !record.topics.isEmpty, !new.tags.topics.isEmpty, &changes)
    return changes
  }

  private func notePresence(_ field: Field, _ before: Bool, _ now: Bool, _ changes: inout [TermChange]) {
    if before != now { changes.append(TermChange(term: Term.presence(field), before: before ? 0 : nil, now: now ? 0 : nil)) }
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

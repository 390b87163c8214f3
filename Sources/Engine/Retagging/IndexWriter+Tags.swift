// Writing tags anew. What an article says does not change, so only its record and what differs in its passages' tags is written.
import Tagging
import Xapian

extension IndexWriter {
  /// Where articles are stored, of those that there are.
  func places(of ids: [String]) throws -> StoredPlaces {
    StoredPlaces(entries: try ids.compactMap { try entry($0) }, segments: disk.articles.segments)
  }

  /// Writes the tags of articles that were tagged again, of those that are still what they were.
  /// - Parameter fingerprint: of the registry they were tagged by.
  /// - Returns: articles that have to be written whole; nil, with nothing written, where another registry was taken up since.
  func rewriteTags(of articles: [RetaggedArticle], by fingerprint: String) throws -> [RetaggedArticle]? {
    guard isInForce(fingerprint) else { return nil }
    return try articles.filter { try !rewriteTags(of: $0) }
  }

  /// Writes whole articles that were tagged again, of those that are still what they were.
  /// - Returns: false, with nothing written, where another registry was taken up since.
  func rewrite(_ articles: [(article: PreparedArticle, insteadOf: UInt64)], by fingerprint: String) throws -> Bool {
    guard isInForce(fingerprint) else { return false }
    for (article, hash) in articles { try rewrite(article, insteadOf: hash) }
    return true
  }

  private func isInForce(_ fingerprint: String) -> Bool { snapshots.snapshot.registry.fingerprint == fingerprint }

  /// - Returns: false when the article has to be written whole: standing queries are to be told of it, and see all its terms.
  private func rewriteTags(of new: RetaggedArticle) throws -> Bool {
    let (article, stored) = (new.tagged, new.stored)
    let id = article.record.id
    guard let current = try entry(id), current.contentHash == new.entry.contentHash, stored.passages.count == article.passages.count
    else { return true }
    if log.has(id) { return false }
    let documents = try database.postings(of: Term.value(Field.id.valuePrefix, id.utf8))
    guard documents.count == article.passages.count else { return false }
    try guarded { writer in
      let own = try ArticleColumns(article.record, places: article.places) { try writer.number($0, $1) }
      let salient = Set(stored.record.actors.filter(\.salient).map(\.id))
      // Every passage's columns say what is salient in the article.
      let isSame = writer.isSalience(own, ofArticle: current.ordinal)
      for document in documents {
        let index = writer.contents.columns.number(of: document) - 1
        let columns = try PassageColumns(article.passages[index], index + 1, article: current.ordinal, ofArticle: own) {
          try writer.number($0, $1)
        }
        let old = StoredTags(record: stored.passages[index], places: writer.places(of: document), salient: salient)
        var edit = old.edit(to: article.passages[index])
        if edit.isEmpty, isSame { continue }
        edit.setValue(slot: Schema.columnsSlot, columns.encoded())
        try writer.database.edit(document, edit)
        writer.contents.columns.set(document, columns)
        writer.touched.insert(document)
      }
      try writer.store(
        new.data, new.contentHash, id: id, title: article.record.title, ordinal: current.ordinal, passages: documents.count,
        insteadOf: current)
    }
    return true
  }

  private func isSalience(_ columns: ArticleColumns, ofArticle article: UInt32) -> Bool {
    var values: [UInt32] = []
    contents.columns.salientValues(ofArticle: article, .actor, into: &values)
    guard values == columns.salientActors else { return false }
    contents.columns.salientValues(ofArticle: article, .place, into: &values)
    return values == columns.salientPlaces
  }

  /// Ids of a passage's places, as the index has them.
  private func places(of document: UInt32) -> Set<String> {
    var places: Set<String> = []
    contents.columns.forEachValue(ofPassage: document, .place) { places.insert(contents.dictionary.value($0, in: .place)) }
    return places
  }
}

extension PassageColumns {
  fileprivate init(
    _ passage: TaggedArticle.Passage, _ place: Int, article: UInt32, ofArticle: ArticleColumns, number: ValueNumbering
  ) rethrows {
    self.init(
      article: article, number: UInt32(place), language: try number(passage.record.language, .lang) ?? ArticleColumns.unnumbered,
      actors: try passage.tags.actors.compactMap { try number($0, .actor) },
      places: try passage.tags.places.compactMap { try number($0, .place) },
      topics: try passage.tags.topics.compactMap { try number($0, .topic) }, ofArticle: ofArticle)
  }
}

// Tags anew. What an article says does not change, so only its record and what differs in its passages' tags is written. That is seen
// with the next commit, in `FreshTags`, and written to the database when there is time.
import Tagging
import Xapian

extension IndexWriter {
  /// Where articles are stored, of those that there are.
  func places(of ids: [String]) throws -> StoredPlaces {
    StoredPlaces(entries: try ids.compactMap { try shownEntry($0) }, segments: disk.articles.segments)
  }

  /// Passages whose tags are still to be written.
  var unwrittenPassages: Int { unwritten.passageCount }

  /// Whether all tags are written, and where everything is tagged by a registry, the database says so.
  func isTagged(by target: String?) throws -> Bool {
    guard unwritten.isEmpty else { return false }
    return try target == nil || taggedBy() == target
  }

  /// What the database says of an article, or is to say when its tags are written.
  func shownEntry(_ id: String) throws -> ArticleEntry? { try unwritten[id]?.entry ?? entry(id) }

  /// What became of an article's tags.
  private enum Outcome {
    case shown
    /// The article has to be written whole: standing queries are to be told of it, and see all its terms.
    case unlisted
    /// It is another than the one that was tagged.
    case outdated
  }

  /// Shows the tags of articles that were tagged again, of those that are still what they were.
  /// - Parameter fingerprint: of the registry they were tagged by.
  /// - Returns: articles that have to be written whole, and ids of those that are others now; nil, with nothing written, where another
  ///   registry was taken up since.
  func rewriteTags(
    of articles: [RetaggedArticle], by fingerprint: String
  ) throws -> (unlisted: [RetaggedArticle], outdated: [String])? {
    guard isInForce(fingerprint) else { return nil }
    var left: (unlisted: [RetaggedArticle], outdated: [String]) = ([], [])
    for article in articles {
      switch try rewriteTags(of: article) {
      case .shown: break
      case .unlisted: left.unlisted.append(article)
      case .outdated: left.outdated.append(article.tagged.record.id)
      }
    }
    return left
  }

  /// Writes whole articles that were tagged again, of those that are still what they were.
  /// - Returns: ids of those that are others now; nil, with nothing written, where another registry was taken up since.
  func rewrite(_ articles: [(article: PreparedArticle, insteadOf: UInt64)], by fingerprint: String) throws -> [String]? {
    guard isInForce(fingerprint) else { return nil }
    return try articles.filter { try !rewrite($0.article, insteadOf: $0.insteadOf) }.map(\.article.id)
  }

  private func isInForce(_ fingerprint: String) -> Bool { snapshots.snapshot.registry.fingerprint == fingerprint }

  private func rewriteTags(of new: RetaggedArticle) throws -> Outcome {
    let article = new.tagged
    let id = article.record.id
    guard let shown = try shownEntry(id) else { return .shown }
    guard shown.contentHash == new.entry.contentHash else { return .outdated }
    if log.has(id) { return .unlisted }
    // What the database has is what an edit of it begins with, whatever was shown since.
    let before = unwritten[id]
    guard let written = before == nil ? new.stored : try entry(id).flatMap({ stored($0) }) else { return .unlisted }
    let documents = try database.postings(of: Term.value(Field.id.valuePrefix, id.utf8))
    guard documents.count == article.passages.count, documents.count == written.passages.count else { return .unlisted }
    try guarded { writer in
      let own = try ArticleColumns(article.record, places: article.places) { try writer.number($0, $1) }
      let salient = Set(written.record.actors.filter(\.salient).map(\.id))
      // Every passage's columns say what is salient in the article.
      let isSame = before == nil && writer.isSalience(own, ofArticle: shown.ordinal)
      var passages: [UnwrittenTags.Passage] = []
      var placesBefore = before?.placesBefore ?? [:]
      for document in documents {
        let index = writer.contents.columns.number(of: document) - 1
        let places = before == nil ? writer.places(of: document) : placesBefore[document] ?? []
        if !places.isEmpty { placesBefore[document] = places }
        if isSame, article.passages[index].isKept { continue }
        let columns = try PassageColumns(article.passages[index], index + 1, article: shown.ordinal, ofArticle: own) {
          try writer.number($0, $1)
        }
        let changes = StoredTags(record: written.passages[index], places: places, salient: salient).changes(to: article.passages[index])
        if changes.isEmpty, isSame {
          // Its actors may stand elsewhere, which is a matter of the article's record alone.
          let isMoved = written.passages[index].mentions != article.passages[index].record.mentions
          if isMoved { writer.touched.insert(document) }
          continue
        }
        passages.append(UnwrittenTags.Passage(document: document, changes: changes, columns: columns.encoded()))
        writer.contents.columns.set(document, columns)
        writer.touched.insert(document)
      }
      let place = try writer.articles.append(new.data)
      if let before { writer.articles.give(up: before.entry) }
      writer.contents.columns[place: shown.ordinal] = place
      let entry = ArticleEntry(
        ordinal: shown.ordinal, passages: documents.count, contentHash: new.contentHash, place: place,
        byteCount: new.data.count + ArticleSegment.headSize, title: article.record.title)
      writer.unwritten.put(id, UnwrittenTags.Article(entry: entry, passages: passages, placesBefore: placesBefore))
    }
    return .shown
  }

  /// Writes tags that are shown, of so many articles.
  /// - Returns: whether there are more.
  func writeTags(ofNext count: Int) throws -> Bool {
    try writeTags(of: unwritten.first(count))
    return !unwritten.isEmpty
  }

  /// Writes the tags of those of some articles whose tags are shown and not written.
  func writeTags(of ids: [String]) throws {
    guard !ids.isEmpty else { return }
    try guarded { writer in
      for id in ids {
        guard let article = writer.unwritten.remove(id) else { continue }
        for passage in article.passages {
          try writer.database.edit(passage.document, DocumentEdit(passage.changes, columns: passage.columns))
          writer.touched.insert(passage.document)
        }
        let written = try writer.entry(id)
        try writer.database.setMetadata(ArticleEntry.key(id), article.entry.encoded())
        if let written { writer.articles.give(up: written) }
      }
    }
  }

  /// Forgets the tags of an article that is about to be written whole, or removed.
  func forgetUnwritten(_ id: String) {
    if let article = unwritten.remove(id) { articles.give(up: article.entry) }
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

// Tags anew. What an article says does not change, so only its record and what differs in its passages' tags is written. That is seen
// with the next commit, in `FreshTags`, and written to the database when there is time.
import Tagging
import Xapian

extension IndexWriter {
  /// Where articles are stored, of those that a snapshot has.
  nonisolated func places(of articles: [TouchedArticle], in snapshot: Snapshot) -> StoredPlaces {
    places(of: articles, snapshot.columns)
  }

  /// Where articles are stored, of those that there are, be they committed or not.
  func places(of articles: [TouchedArticle]) -> StoredPlaces { places(of: articles, contents.columns) }

  private nonisolated func places(of articles: [TouchedArticle], _ columns: Columns) -> StoredPlaces {
    StoredPlaces(
      places: articles.compactMap { article in columns[place: article.ordinal].map { (article, $0) } }, segments: disk.articles.segments)
  }

  /// All articles, for tagging them again.
  func allArticles(_ passages: TouchedPassages = .all) -> [TouchedArticle] {
    var documents = [UInt32](repeating: 0, count: contents.columns.articleRows)
    contents.columns.forEachDocument { document in
      if let article = contents.columns.article(of: document) { documents[Int(article)] = document }
    }
    var articles: [TouchedArticle] = []
    contents.columns.forEachPlace { ordinal, _ in
      let document = Int(ordinal) < documents.count ? documents[Int(ordinal)] : 0
      articles.append(TouchedArticle(ordinal: ordinal, passages: passages, document: document))
    }
    return articles
  }

  /// Articles that were written, for tagging them again.
  func touched(_ ids: [String]) throws -> [TouchedArticle] {
    try ids.compactMap { try shownEntry($0).map { TouchedArticle(ordinal: $0.ordinal) } }
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

  /// What is to become of an article that was tagged again.
  private enum Outcome {
    /// Its tags are shown.
    case shown
    /// Nothing: it is gone, or says what it said.
    case settled
    /// The article has to be written whole: standing queries are to be told of it, and see all its terms.
    case unlisted
    /// It is another than the one that was tagged.
    case outdated
  }

  /// Shows the tags of articles that were tagged again, of those that are still what they were.
  /// - Parameter fingerprint: of the registry they were tagged by.
  /// - Returns: articles that have to be written whole, and rows of those that are others now; nil, with nothing written, where another
  ///   registry was taken up since.
  func rewriteTags(
    of articles: [RetaggedArticle], by fingerprint: String
  ) throws -> (unlisted: [RetaggedArticle], outdated: [UInt32])? {
    guard isInForce(fingerprint) else { return nil }
    try settle()
    var left: (unlisted: [RetaggedArticle], outdated: [UInt32]) = ([], [])
    var edits: [(article: RetaggedArticle, edit: ArticleEdit)] = []
    for article in articles {
      var edit: ArticleEdit?
      switch try outcome(of: article, &edit) {
      case .shown: if let edit { edits.append((article, edit)) }
      case .settled: break
      case .unlisted: left.unlisted.append(article)
      case .outdated: left.outdated.append(article.found.touched.ordinal)
      }
    }
    if !edits.isEmpty {
      try guarded { writer in
        let places = try writer.articles.append(edits.map(\.article.data))
        for ((article, edit), place) in zip(edits, places) { try writer.show(article, edit, at: place) }
      }
    }
    return left
  }

  /// Writes whole articles that were tagged again, of those that are still where they were.
  /// - Returns: rows of those that are others now; nil, with nothing written, where another registry was taken up since.
  func rewrite(_ articles: [(article: PreparedArticle, insteadOf: ArticlePlace)], by fingerprint: String) throws -> [UInt32]? {
    guard isInForce(fingerprint) else { return nil }
    return try articles.compactMap { article, place in
      guard let shown = try shownEntry(article.id) else { return nil }
      guard contents.columns[place: shown.ordinal] == place else { return shown.ordinal }
      try rewrite(article)
      return nil
    }
  }

  private func isInForce(_ fingerprint: String) -> Bool { snapshots.snapshot.registry.fingerprint == fingerprint }

  /// - Parameter edit: what is to be done, where its tags are to be shown.
  private func outcome(of new: RetaggedArticle, _ edit: inout ArticleEdit?) throws -> Outcome {
    guard let place = contents.columns[place: new.found.touched.ordinal] else { return .settled }
    guard place == new.found.place else { return .outdated }
    let id = new.found.id
    if log.has(id) { return .unlisted }
    edit = new.edit
    if edit == nil {
      guard let entry = try shownEntry(id) else { return .settled }
      if entry.contentHash == new.contentHash { return .settled }
      let documents = try tables.documents(ofArticle: id)
      edit = ArticleEdit(from: new.found, to: new.tagged, documents, contents.columns, contents.dictionary)
    }
    return edit == nil ? .unlisted : .shown
  }

  /// - Parameter place: of the article's bytes in the store.
  private func show(_ new: RetaggedArticle, _ edit: ArticleEdit, at place: ArticlePlace) throws {
    let article = new.tagged
    let ordinal = new.found.touched.ordinal
    if !edit.isSameSalience {
      let own = try ArticleColumns(article.record, places: article.places) { try number($0, $1) }
      contents.columns.set(article: ordinal, own)
      for document in edit.beside { contents.columns.mark(document) }
    }
    for passage in edit.passages {
      let tags = article.passages[passage.index].tags
      var (actors, places): ([UInt32], [UInt32]) = ([], [])
      for entity in tags.entities {
        let number = try number(entity.id, entity.field == .place ? .place : .actor)
        if entity.field == .place { places.append(number) } else { actors.append(number) }
      }
      contents.columns.set(
        passage.document, actors: actors, places: places, topics: try tags.topics.map { try number($0, .topic) })
      touched.insert(passage.document)
    }
    for document in edit.moved { touched.insert(document) }
    contents.columns[place: ordinal] = place
    let entry = ArticleEntry(
      ordinal: ordinal, passages: article.passages.count, contentHash: new.contentHash, place: place,
      byteCount: new.data.count + ArticleSegment.headSize, title: article.record.title)
    if let before = unwritten[new.found.id] { articles.give(up: before.entry) }
    unwritten.put(new.found.id, entry, edit)
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
    try settle()
    try guarded { writer in
      for id in ids {
        guard let article = writer.unwritten.remove(id) else { continue }
        for passage in article.passages {
          try writer.write(passage.changes, to: passage.document, ofArticle: id)
          writer.touched.insert(passage.document)
        }
        for document in article.beside { try writer.write([], to: document, ofArticle: id) }
        let written = try writer.entry(id)
        writer.tables.setMetadata(ArticleEntry.key(id), article.entry.encoded())
        if let written { writer.articles.give(up: written) }
      }
    }
  }

  /// Writes terms, and the row of the columns as it is shown.
  private func write(_ changes: [TermChange], to document: UInt32, ofArticle id: String) throws {
    guard let columns = PassageColumns(of: document, in: contents.columns) else { return }
    try tables.edit(document, changes, columns: columns.encoded(), ofArticle: id)
  }

  /// Forgets the tags of an article that is about to be written whole, or removed.
  func forgetUnwritten(_ id: String) {
    if let article = unwritten.remove(id) { articles.give(up: article.entry) }
  }
}

// What a view knows of articles and their passages, read where they are stored.
import TextAnalysis
import Xapian

extension DatabaseView {
  func passage(_ document: UInt32) throws(XapianError) -> PassageRecord? {
    if let part { return part.passage(document) }
    let number = columns.number(of: document)
    return try read(articleOf: document) { $0.passage(number, of: $0.id) }
  }

  /// The article of a passage.
  func articleRecord(of document: UInt32) throws(XapianError) -> ArticleRecord? {
    if let part { return part.articleRecord(of: document) }
    return try read(articleOf: document) { $0.record }
  }

  /// The id of a passage's article.
  func articleID(of document: UInt32) throws(XapianError) -> String? {
    if let part { return part.passage(document)?.article }
    return try read(articleOf: document) { $0.id }
  }

  func article(_ id: String) throws(XapianError) -> StoredArticle? {
    guard let entry = try entry(id) else { return nil }
    return try article(entry)
  }

  func article(_ entry: ArticleEntry) throws(XapianError) -> StoredArticle? { try read(place(of: entry)) { StoredArticle($0) } }

  /// What the database says of an article.
  func entry(_ id: String) throws(XapianError) -> ArticleEntry? { ArticleEntry(encoded: try metadata(ArticleEntry.key(id))) }

  // MARK: While a query is planned

  /// What the database says of an article.
  func entryNoting(_ id: String) -> ArticleEntry? {
    do { return try entry(id) } catch {
      note(error)
      return nil
    }
  }

  func record(_ document: UInt32) -> PassageRecord? {
    do { return try passage(document) } catch {
      note(error)
      return nil
    }
  }

  func articleRecord(_ id: String) -> ArticleRecord? {
    if let part { return part.articleRecord(id) }
    do { return try entry(id).flatMap { entry throws(XapianError) in try read(place(of: entry)) { $0.record } } } catch {
      note(error)
      return nil
    }
  }

  /// The text of an article as it was extracted.
  func articleText(_ id: String) -> [UInt8]? {
    if let part { return part.articleText(id) }
    do { return try entry(id).flatMap { entry throws(XapianError) in try read(place(of: entry)) { Array($0.text) } } } catch {
      note(error)
      return nil
    }
  }

  /// The language, the heading and the text of a passage, without the rest of it.
  func passageText(_ document: UInt32) -> (language: Language, heading: String?, text: [UInt8])? {
    if let part { return part.passage(document).map { (Language(rawValue: $0.language), $0.heading, $0.text) } }
    let number = columns.number(of: document)
    do { return try read(articleOf: document) { $0.passageText(number) } } catch {
      note(error)
      return nil
    }
  }

  /// Whether the places of words lie in the article store, and not in the database.
  var hasPlacesOfItsOwn: Bool { store != nil }

  /// The articles of the revision that the view stands at, for whoever helps with a query.
  var stored: StoredPassages { StoredPassages(columns: columns, segments: segments) }

  /// Lends the places of a passage's words.
  func withPlaces<Result>(of document: UInt32, _ body: (PassagePlaces) -> Result) throws(XapianError) -> Result? {
    try stored.withPlaces(of: document, body)
  }

  // MARK: Reading

  /// Where an article is stored: the database says it of the article under the tags that are written.
  private func place(of entry: ArticleEntry) -> ArticlePlace { columns[place: entry.ordinal] ?? entry.place }

  private func read<Result>(articleOf document: UInt32, _ body: (ArticleBytes) -> Result?) throws(XapianError) -> Result? {
    try stored.read(articleOf: document, body)
  }

  private func read<Result>(_ place: ArticlePlace, _ body: (ArticleBytes) -> Result?) throws(XapianError) -> Result? {
    try stored.read(place, body)
  }
}

/// What the article store has of passages, at one revision.
struct StoredPassages: Sendable {
  let columns: Columns
  let segments: ArticleSegments

  /// Lends the places of a passage's words.
  func withPlaces<Result>(of document: UInt32, _ body: (PassagePlaces) -> Result) throws(XapianError) -> Result? {
    let number = columns.number(of: document)
    return try read(articleOf: document) { $0.places(number).map(body) }
  }

  func read<Result>(articleOf document: UInt32, _ body: (ArticleBytes) -> Result?) throws(XapianError) -> Result? {
    guard let article = columns.article(of: document), let place = columns[place: article] else { return nil }
    return try read(place, body)
  }

  func read<Result>(_ place: ArticlePlace, _ body: (ArticleBytes) -> Result?) throws(XapianError) -> Result? {
    guard let segment = segments.segment(of: place) else {
      // A later commit has written anew what was left of the segment.
      throw XapianError(kind: .databaseModified, message: "the segment \(place.segment) of the article store was given up")
    }
    return segment.read(at: place.offset, body)
  }
}

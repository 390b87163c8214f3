// The files of an index, to be opened by who reads it: the database, and the articles beside its tables.

struct IndexFiles: Sendable {
  /// Of the database.
  let path: String
  let articles: ArticleStore
  let sync: DiskSync

  init(path: String, articles: ArticleStore) {
    self.path = path
    self.articles = articles
    sync = DiskSync(directory: path)
  }
}

/// Keeps passages and their articles for a database that has none of its own.
protocol PassageSource: AnyObject {
  func passage(_ document: UInt32) -> PassageRecord?
  func articleRecord(of document: UInt32) -> ArticleRecord?
  func articleRecord(_ id: String) -> ArticleRecord?
  /// The text of an article as it was extracted.
  func articleText(_ id: String) -> [UInt8]?
}

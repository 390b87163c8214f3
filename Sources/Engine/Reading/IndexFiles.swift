// The files of an index, to be opened by who reads it: the database, and the articles beside its tables.
import Synchronization
import Xapian

struct IndexFiles: Sendable {
  /// Of the database.
  let path: String
  let articles: ArticleStore
  let sync: DiskSync
  let tables = TablesInPlace()
  /// See `IndexLimits`.
  let writtenWhole: Int

  init(path: String, articles: ArticleStore, writtenWhole: Int) {
    self.path = path
    self.writtenWhole = writtenWhole
    self.articles = articles
    sync = DiskSync(directory: path)
  }
}

/// Who opens the tables of an index, and who puts others in their place, do so one after the other.
final class TablesInPlace: Sendable {
  private let lock = Mutex(())

  func hold<Result: ~Copyable>(_ body: () throws(XapianError) -> sending Result) throws(XapianError) -> sending Result {
    try lock.withLock { _ throws(XapianError) in try body() }
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

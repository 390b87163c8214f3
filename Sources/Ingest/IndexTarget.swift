// What ingest needs of the index. The engine's index is fitted to it; tests stand a dictionary in its place.
import Articles
import FileWatch

/// What tells whether a file is still the one that was indexed.
package struct Fingerprint: Sendable, Hashable {
  package var size: Int64
  /// Nanoseconds since 1970; -1 when the time cannot be trusted (the file was read in the same instant that it was written), so that
  /// the hash decides.
  package var modified: Int64
  /// Time of the last change of content, attributes or name, nanoseconds since 1970: a file moved over another may have its size and
  /// its time of writing, but not this.
  package var changed: Int64
  /// Number of the file in its file system: two folders that change places leave every time of the files in them as it was.
  package var inode: UInt64
  /// Hash of the content; 0 for a file that could not be read.
  package var hash: UInt64

  package init(size: Int64, modified: Int64, changed: Int64 = 0, inode: UInt64 = 0, hash: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.hash = hash
  }

  /// Of a file as the system describes it.
  init(_ status: FileStatus, hash: UInt64 = 0) {
    self.init(size: status.size, modified: status.modified, changed: status.changed, inode: status.inode, hash: hash)
  }

  /// Whether the file need not be opened to know that it is the one that was read.
  func isOf(_ status: FileStatus) -> Bool {
    self == Fingerprint(status, hash: hash)
  }
}

/// A file as the index remembers it.
package struct IndexedFile: Sendable {
  /// The path as shown: the source's path and the path within it.
  package var path: String
  package var source: String
  package var fingerprint: Fingerprint
  package var articles: Int
  /// Why it gave no articles, or what of it was left out.
  package var failure: String?
  /// False for a file whose `endFile` never came, because the program ended in the middle; it is read again.
  package var isComplete: Bool

  package init(path: String, source: String, fingerprint: Fingerprint, articles: Int, failure: String? = nil, isComplete: Bool = true) {
    self.path = path
    self.source = source
    self.fingerprint = fingerprint
    self.articles = articles
    self.failure = failure
    self.isComplete = isComplete
  }
}

/// Thrown by an index for a fault of the file's, not its own: the file is listed with the reason and the others go on. Any other error
/// is a fault of the index, and everything since the last commit is done again.
package struct FileRejection: Error, Sendable {
  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

/// An index that is kept in step with files.
///
/// Changes come from one caller, one at a time: for a file `beginFile`, any number of `addArticles`, `endFile`, never two files at once.
/// `beginFile` takes out whatever the index holds of the path, also what an interrupted run left behind, and from then until `endFile`
/// the file counts as incomplete; begun again, it starts over. A commit may fall between any two calls. Nothing is visible before it.
package protocol IndexTarget: Sendable {
  /// An article ready to be written.
  associatedtype Prepared: Sendable
  /// What one preparing thread keeps for itself.
  associatedtype Worker

  /// Every file that the index knows, committed or not.
  func files() async throws -> [IndexedFile]

  /// Called on the thread that will use it, and again after the registry was replaced.
  func makeWorker() -> Worker
  /// Analyses and tags an article, on the caller's thread.
  func prepare(_ article: Article, path: String, source: String, with worker: Worker) throws -> Prepared

  func beginFile(path: String, source: String) async throws
  func addArticles(_ articles: [Prepared]) async throws
  /// - Parameter failure: why the file gave nothing, or what was left out of it.
  func endFile(fingerprint: Fingerprint, failure: String?) async throws
  /// Notes that a file has a new fingerprint and the content that it had.
  func touchFile(path: String, fingerprint: Fingerprint) async throws
  func removeFile(path: String) async throws
  /// Returns the revision; when it returns, searches see every change before it.
  func commit() async throws -> UInt64
  /// Commits while more is about to come.
  /// - Returns: the revision; nil where the index would rather have more first.
  func commitInPassing() async throws -> UInt64?
}

// What `status` says of the index.
import Glibc

package struct IndexStatistics: Sendable {
  package var uuid: String
  package var revision: UInt64
  package var articles: Int
  package var passages: Int
  package var terms: Int
  package var files: Int
  /// On disk.
  package var bytes: Int64
  /// Of the columns, in memory.
  package var columnBytes: Int
  /// By name of the source.
  package var articlesBySource: [String: Int]
  /// Files that are not indexed, or not wholly.
  package var failures: [FileState]

  init(snapshot: Snapshot, path: String, files: [FileState], terms: Int) {
    uuid = snapshot.uuid
    revision = snapshot.revision
    articles = snapshot.columns.articleCount
    passages = snapshot.columns.passageCount
    self.terms = terms
    self.files = files.count
    columnBytes = snapshot.columns.bytes
    failures = snapshot.failures
    bytes = Self.size(path + "/xapian")
    articlesBySource = files.reduce(into: [:]) { $0[$1.source, default: 0] += $1.articles }
  }

  private static func size(_ folder: String) -> Int64 {
    var bytes: Int64 = 0
    for name in FolderNames.all(in: folder) ?? [] {
      var facts = stat()
      if stat("\(folder)/\(name)", &facts) == 0, facts.st_mode & S_IFMT == S_IFREG { bytes += Int64(facts.st_size) }
    }
    return bytes
  }
}

// What ingest is told: where the files are and how much of them to take.
import Articles
import FileWatch

/// One folder, or one file, whose articles are indexed.
package struct SourceOptions: Sendable {
  /// The path as configured and as shown before every file's own.
  package var path: String
  /// Where it is opened; nil where `path` says.
  package var location: String?
  package var name: String
  /// Patterns of files to take; empty takes all. See `Glob`.
  package var include: [String] = []
  package var exclude: [String] = []
  /// Whether files and folders whose names start with a dot count.
  package var hidden = false
  /// What the files are; nil to tell by name and content.
  package var format: FileFormat?
  /// Names of the fields of records, see `ExtractionOptions`.
  package var fields: [String: String] = [:]

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}

/// Bounds of ingest.
package struct IngestLimits: Sendable {
  /// The largest file that is one article, bytes.
  package var fileBytes: Int64 = 64 << 20
  /// The largest file of records, bytes.
  package var recordFileBytes: Int64 = 2 << 30
  /// A larger file of records is cut into parts of so many bytes, which several threads prepare.
  package var partBytes = 256 << 10
  /// Articles prepared and handed on at once.
  package var chunkArticles = 64
  package var chunkBytes = 1 << 20
  /// Articles, bytes of text and nanoseconds after which a long piece of work is committed in part.
  package var commitArticles = 1000
  package var commitBytes = 32 << 20
  package var commitInterval: UInt64 = 2_000_000_000
  /// For how long nothing must have been written to a file that somebody holds open for writing, until it is read all the same, nanoseconds.
  package var writersPatience: Int64 = 30_000_000_000

  package init() {}
}

package struct IngestOptions: Sendable {
  package var sources: [SourceOptions]
  package var limits = IngestLimits()
  /// Threads that read, extract and prepare.
  package var workers: Int
  package var watch = WatchOptions()
  /// False for one pass over the sources: `run` returns when everything is committed.
  package var keepsWatching = true
  /// Extraction as set for every source; each source's own fields go over it.
  package var extraction = ExtractionOptions()

  package init(sources: [SourceOptions], workers: Int) {
    self.sources = sources
    self.workers = max(1, workers)
  }
}

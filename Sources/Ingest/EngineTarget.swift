// The engine's index as ingest writes it.
import Articles
import Engine
import Synchronization

package final class EngineTarget: IndexTarget {
  package typealias Prepared = PreparedArticle
  package typealias Worker = Preparer

  private let index: Index
  /// By name of the source: what articles without a publisher show as their source.
  private let labels: [String: String]
  /// The file between `beginFile` and `endFile`; ingest has one at a time.
  private let current = Mutex<String?>(nil)

  package init(index: Index, labels: [String: String] = [:]) {
    self.index = index
    self.labels = labels
  }

  package func files() async throws -> [IndexedFile] {
    await index.files().map {
      IndexedFile(
        path: $0.path, source: $0.source, fingerprint: Fingerprint($0.fingerprint), articles: $0.articles, failure: $0.failure,
        isComplete: $0.isComplete)
    }
  }

  package func makeWorker() -> Preparer { index.makePreparer() }

  package func prepare(_ article: Article, path: String, source: String, with worker: Preparer) throws -> PreparedArticle {
    worker.prepare(article, path: path, origin: Origin(name: source, label: labels[source]))
  }

  package func beginFile(path: String, source: String) async throws {
    current.withLock { $0 = path }
    try await index.beginFile(path: path, source: source)
  }

  package func addArticles(_ articles: [PreparedArticle]) async throws {
    guard let path = current.withLock({ $0 }) else { return }
    try await index.add(articles, toFile: path)
  }

  package func endFile(fingerprint: Fingerprint, failure: String?) async throws {
    guard let path = current.withLock({ $0 }) else { return }
    try await index.endFile(path: path, fingerprint: FileFingerprint(fingerprint), failure: failure)
    current.withLock { $0 = nil }
  }

  package func touchFile(path: String, fingerprint: Fingerprint) async throws {
    try await index.touchFile(path: path, fingerprint: FileFingerprint(fingerprint))
  }

  package func removeFile(path: String) async throws { try await index.removeFile(path: path) }

  package func commit() async throws -> UInt64 { try await index.commit() }

  package func commitInPassing() async throws -> UInt64? { try await index.commitInPassing() }
}

extension FileFingerprint {
  init(_ fingerprint: Fingerprint) {
    self.init(
      size: fingerprint.size, modified: fingerprint.modified, changed: fingerprint.changed, inode: fingerprint.inode,
      hash: fingerprint.hash)
  }
}

extension Fingerprint {
  init(_ fingerprint: FileFingerprint) {
    self.init(
      size: fingerprint.size, modified: fingerprint.modified, changed: fingerprint.changed, inode: fingerprint.inode,
      hash: fingerprint.hash)
  }
}

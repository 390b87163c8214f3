import ArasAPI
import Articles
import Glibc
import Tagging
import TestSupport
import TextAnalysis

@testable import Engine

/// An index in a folder of its own that goes away with it.
final class TestIndex: Sendable {
  let folder: String
  let index: Index
  /// Whether the folder goes with this value.
  private let isOwner: Bool

  /// Another opening of an index that is there.
  init(folder: String, index: Index, isOwner: Bool) {
    self.folder = folder
    self.index = index
    self.isOwner = isOwner
  }

  init(
    registry: Registry? = nil, readers: Int = 2, segmentSize: ClosedRange<Int> = ArticleStore.segmentSize, postings: Int? = 256 << 20,
    results: Int = 0
  ) throws {
    folder = try makeTemporaryFolder()
    isOwner = true
    var limits = IndexLimits(readers: readers)
    limits.postings = postings
    limits.results = results
    // What is shared between cores only where there is much is shared here always.
    limits.leastShared = 0
    // And the best of what matches are looked for however little that is.
    limits.leastPruned = 0
    index = try Index.open(
      IndexFolder(path: folder + "/index", segmentSize: segmentSize), registry: try registry ?? Self.projectRegistry(),
      analysis: AnalysisOptions(), limits: limits)
  }

  deinit { if isOwner { TestFolder.remove(folder) } }

  /// The registry of the project's own `config` folder.
  static func projectRegistry() throws -> Registry {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return try Registry.load(actorFiles: ["/\(root)/config/actors.yaml"], topicFiles: ["/\(root)/config/topics.yaml"])
  }

  func add(_ path: String, _ bytes: [UInt8], format: FileFormat? = nil, commit: Bool = true) async throws {
    let preparer = index.makePreparer()
    var prepared: [PreparedArticle] = []
    try ArticleExtractor().extract(bytes, path: path, format: format) {
      prepared.append(preparer.prepare($0, path: path, origin: Origin(name: "test")))
    }
    try await index.beginFile(path: path, source: "test")
    try await index.add(prepared, toFile: path)
    try await index.endFile(path: path, fingerprint: FileFingerprint(size: Int64(bytes.count), modified: 1, hash: 1), failure: nil)
    if commit { try await index.commit() }
  }

  func add(_ path: String, _ text: String) async throws { try await add(path, Array(text.utf8)) }

  func search(_ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) async throws -> SearchResult {
    var request = SearchRequest(q: q)
    change(&request)
    return try await index.search(request)
  }
}

enum TestFolder {
  static func remove(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(directory)
    }
    if unlink(path) != 0 { rmdir(path) }
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw EngineError(.unusable, "cannot read \(path)") }
    defer { fclose(file) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return all }
      all += chunk[..<count]
    }
  }
}

/// The folder with the real seeds and the gold, where there is one.
enum Shared {
  static let folder = getenv("ARAS_SHARED").map { String(cString: $0) }
  static let isThere = folder.map { access($0 + "/seeds", R_OK) == 0 } ?? false
}

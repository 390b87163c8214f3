// The folder of an index before anything is made of it: locked, looked at, and read into memory.
import Glibc
import Xapian

package struct IndexFolder: ~Copyable {
  let path: String
  private var lock: IndexLock
  /// Of what is there; nil where the index begins.
  let contents: IndexContents?
  let articles: ArticleStore
  /// Why what was there was set aside.
  let rebuilt: String?

  var database: String { Self.database(path) }

  /// Locks a folder, which is made where there is none, and reads what it has.
  ///
  /// An index of another schema, or one that is damaged, is set aside and begun anew: it is derived from the files, which are the truth.
  /// - Parameter segmentSize: bytes of a file of articles.
  /// - Throws: `EngineError.locked` when another daemon has it.
  package init(path: String, segmentSize: ClosedRange<Int> = ArticleStore.segmentSize) throws(EngineError) {
    try Self.make(path)
    let lock = try IndexLock(directory: path)
    Self.tidy(path)
    let database = Self.database(path)
    var rebuilt = Self.reasonToRebuild(database)
    var contents: IndexContents?
    var articles = try ArticleStore(directory: database, segmentSize: segmentSize)
    if rebuilt == nil, access(database, F_OK) == 0 {
      do {
        let found = try IndexContents(reading: Database(path: database), articles.segments, path: database)
        if found.lostArticles == 0 { contents = found } else { rebuilt = Self.lost(found.lostArticles) }
      } catch {
        guard error.isCorruption else { throw EngineError(.unusable, "cannot open the index \(path): \(error)") }
        rebuilt = "it is damaged (\(error))"
      }
    }
    if rebuilt != nil {
      try Self.setAside(path)
      articles = try ArticleStore(directory: database, segmentSize: segmentSize)
    }
    self.articles = articles
    self.path = path
    self.lock = lock
    self.contents = contents
    self.rebuilt = rebuilt
  }

  consuming func takeLock() -> IndexLock { lock }

  /// Reads a whole index through, changing nothing.
  /// - Returns: what is wrong with it, a line each; none when it is in order. An index that is not there is in order.
  /// - Throws: `EngineError.locked` while a daemon has it.
  package static func faults(path: String) throws(EngineError) -> [String] {
    let database = database(path)
    guard access(database, F_OK) == 0 else { return [] }
    let lock = try IndexLock(directory: path)
    _ = consume lock
    if let reason = reasonToRebuild(database) { return [reason] }
    do {
      let count = try Database.faults(path: database)
      guard count == 0 else { return ["it is damaged: \(count) faults in its tables"] }
      let existing = try Database(path: database)
      let segments = try ArticleStore(directory: database).segments
      let contents = try IndexContents(reading: existing, segments)
      let lost = contents.lostArticles
      let unreadable = try unreadableArticles(existing, segments)
      let kept = ContentsFile(directory: database).read(try .init(of: existing), sizes: segments.sizes)
      var faults: [String] = []
      if lost > 0 { faults.append(Self.lost(lost)) }
      if unreadable > lost { faults.append("it is damaged: \(unreadable - lost) of its articles cannot be read") }
      if let kept, !kept.columns.isSame(as: contents.columns) {
        faults.append("\(ContentsFile.path(database)) does not say what the database says: delete that file")
      }
      return faults
    } catch {
      return ["it cannot be read (\(error))"]
    }
  }

  private static func lost(_ count: Int) -> String { "it is damaged: \(count) of its articles are lost" }

  /// How many articles cannot be read, or are not what was written.
  private static func unreadableArticles(
    _ database: borrowing some DatabaseReading & ~Copyable, _ segments: ArticleSegments
  ) throws(XapianError) -> Int {
    var count = 0
    try database.forEachMetadata(prefix: ArticleEntry.keyPrefix) { key, value in
      let id = String(decoding: key.dropFirst(ArticleEntry.keyPrefix.count), as: UTF8.self)
      let stored = ArticleEntry(encoded: value).flatMap { entry in segments.read(entry.place) { StoredArticle($0) } }
      if stored?.record.id != id { count += 1 }
      return .proceed
    }
    return count
  }

  private static let name = "xapian"

  static func database(_ path: String) -> String { "\(path)/\(name)" }

  private static func make(_ path: String) throws(EngineError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw EngineError(.unusable, "cannot make the index folder \(path): \(made): \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Nil when there is no database yet or it can be used as it is.
  private static func reasonToRebuild(_ database: String) -> String? {
    guard access(database, F_OK) == 0 else { return nil }
    if DiskSync.isInDoubt(database) { return "the machine stopped before its last changes were on the disk" }
    do {
      let existing = try Database(path: database)
      let schema = String(decoding: try existing.metadata(IndexContents.schemaKey), as: UTF8.self)
      if schema != String(Schema.version) {
        return try existing.documentCount == 0 && schema.isEmpty
          ? nil : "it was written by another version (schema \(schema.isEmpty ? "unknown" : schema))"
      }
      return nil
    } catch {
      return error.isLocked ? nil : "it cannot be read (\(error))"
    }
  }

  /// Puts an index out of the way. What was put there before goes: one is enough to look at, and each may be large.
  private static func setAside(_ path: String) throws(EngineError) {
    let database = database(path)
    let prefix = "\(name).old-"
    for other in FolderNames.all(in: path) ?? [] where other.hasPrefix(prefix) { FolderNames.remove("\(path)/\(other)") }
    guard rename(database, "\(path)/\(prefix)\(Clock.seconds)") == 0 else {
      throw EngineError(.unusable, "cannot set the unusable index \(database) aside: \(String(cString: strerror(errno)))")
    }
  }
}

// The folder of an index before anything is made of it: locked, looked at, and read into memory.
import Glibc
import Xapian

package struct IndexFolder: ~Copyable {
  let path: String
  private var lock: IndexLock
  /// Of what is there; nil where the index begins.
  let contents: IndexContents?
  /// Why what was there was set aside.
  let rebuilt: String?

  var database: String { Self.database(path) }

  /// Locks a folder, which is made where there is none, and reads what it has.
  ///
  /// An index of another schema, or one that is damaged, is set aside and begun anew: it is derived from the files, which are the truth.
  /// - Throws: `EngineError.locked` when another daemon has it.
  package init(path: String) throws(EngineError) {
    try Self.make(path)
    let lock = try IndexLock(directory: path)
    let database = Self.database(path)
    var rebuilt = Self.reasonToRebuild(database)
    if rebuilt != nil { try Self.setAside(database) }
    var contents: IndexContents?
    if rebuilt == nil, access(database, F_OK) == 0 {
      do {
        contents = try Self.contents(database)
        if let lost = contents?.lostArticles, lost > 0 { rebuilt = "it is damaged: \(lost) of its articles are lost" }
      } catch let error as XapianError {
        guard error.isCorruption else { throw EngineError(.unusable, "cannot open the index \(path): \(error)") }
        rebuilt = "it is damaged (\(error))"
      } catch {
        throw EngineError(.unusable, "cannot open the index \(path): \(error)")
      }
      if rebuilt != nil {
        try Self.setAside(database)
        contents = nil
      }
    }
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
      var faults: [String] = []
      let lost = try contents(database).lostArticles
      if lost > 0 { faults.append("it is damaged: \(lost) of its articles are lost") }
      let unreadable = try unreadableArticles(database)
      if unreadable > 0 { faults.append("it is damaged: \(unreadable) of its articles cannot be read") }
      return faults
    } catch {
      return ["it cannot be read (\(error))"]
    }
  }

  private static func contents(_ database: String) throws -> IndexContents {
    try IndexContents(reading: Database(path: database), ArticleStore(directory: database).segments)
  }

  /// How many articles are there and are not what was written.
  private static func unreadableArticles(_ database: String) throws -> Int {
    let segments = try ArticleStore(directory: database).segments
    var count = 0
    try Database(path: database).forEachMetadata(prefix: ArticleEntry.keyPrefix) { key, value in
      let id = String(decoding: key.dropFirst(ArticleEntry.keyPrefix.count), as: UTF8.self)
      let stored = ArticleEntry(encoded: value).flatMap { entry in segments.read(entry.place) { StoredArticle($0) } }
      if stored?.record.id != id { count += 1 }
      return .proceed
    }
    return count
  }

  private static func database(_ path: String) -> String { path + "/xapian" }

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

  private static func setAside(_ database: String) throws(EngineError) {
    let aside = "\(database).old-\(Clock.seconds)"
    guard rename(database, aside) == 0 else {
      throw EngineError(.unusable, "cannot set the unusable index \(database) aside: \(String(cString: strerror(errno)))")
    }
  }
}

// Making an index small that was built in one go: the blocks of tables that grew commit by commit are little more than half full.
import Glibc
import Xapian

extension IndexFolder {
  /// Where the tables are written anew, and where the old ones lie while these take their place.
  static func beside(_ path: String) -> String { database(path) + besideSuffix }
  static func before(_ path: String) -> String { database(path) + beforeSuffix }
  static let besideSuffix = ".new"
  static let beforeSuffix = ".was"

  /// Writes the tables of an index anew, full and in order, and puts them in the place of the old ones. Takes as much room on the disk again
  /// while it works. Its identity is a new one.
  /// - Returns: why the index is left as it is; nil when it is compact.
  /// - Throws: `EngineError.locked` while a daemon has it.
  package static func compact(path: String) throws(EngineError) -> String? {
    let lock = try IndexLock(directory: path)
    let reason = rewriteTables(path)
    _ = consume lock
    return reason
  }

  private static func rewriteTables(_ path: String) -> String? {
    let database = database(path)
    guard !DiskSync.isInDoubt(database) else { return "its last changes may not be on the disk" }
    let compacted = beside(path)
    FolderNames.remove(compacted)
    defer { tidy(path) }
    do { try Database(path: database).compact(to: compacted, options: .keepNumbers) } catch { return "\(error)" }
    for name in FolderNames.all(in: database) ?? [] where name.hasPrefix(ArticleSegment.namePrefix) {
      guard link("\(database)/\(name)", "\(compacted)/\(name)") == 0 else { return failure("\(name) cannot be linked") }
    }
    sync()
    guard rename(database, before(path)) == 0 else { return failure("\(database) cannot be moved") }
    guard rename(compacted, database) == 0 else { return failure("\(compacted) cannot be moved") }
    return nil
  }

  /// Brings in order what a process left that was killed while it made an index compact: there is a whole one at any time.
  static func tidy(_ path: String) {
    if access(database(path), F_OK) != 0 { rename(before(path), database(path)) }
    for folder in [beside(path), before(path)] { FolderNames.remove(folder) }
  }

  private static func failure(_ what: String) -> String { "\(what): \(String(cString: strerror(errno)))" }
}

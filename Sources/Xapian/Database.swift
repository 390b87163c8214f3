// A database open for reading: a view of the last commit at the time when it was opened or reopened.

import CXapian

/// A database open for reading.
///
/// It sees one commit until `reopen()`. After two more commits of a writer the blocks under it may be gone: reading then throws an error
/// that is `isRetriable`, which `withRetry` deals with.
public struct Database: ~Copyable, DatabaseReading {
  public let handle: DatabaseHandle

  /// Opens the database at `path`.
  public init(path: String) throws(XapianError) {
    let path = Array(path.utf8)
    var opened: OpaquePointer?
    try Self.patiently { cx_database_open(path, path.count, &opened, $0) }
    guard let opened else { throw XapianError(kind: .internalError, message: "no handle for an opened database") }
    handle = DatabaseHandle(pointer: opened)
  }

  deinit {
    cx_database_free(handle.pointer)
  }

  /// Moves to the newest commit; returns whether there was a newer one.
  @discardableResult
  public mutating func reopen() throws(XapianError) -> Bool {
    var changed: Int32 = 0
    try Self.patiently { cx_database_reopen(handle.pointer, &changed, $0) }
    return changed != 0
  }

  /// Runs a call that opens files. A writer that commits twice meanwhile takes them away from under it; it then starts again.
  private static func patiently(_ call: (UnsafeMutablePointer<CXError>) -> Int32) throws(XapianError) {
    for _ in 1..<100 {
      do throws(XapianError) {
        return try check(call)
      } catch {
        guard error.isRetriable else { throw error }
      }
    }
    try check(call)
  }

  /// Closes the files; reading from then on throws `databaseClosed`.
  public mutating func close() throws(XapianError) {
    try check { cx_database_close(handle.pointer, $0) }
  }

  /// Runs `body`, and when the reader fell behind the writer reopens and runs it again, at most `attempts` times in all.
  ///
  /// `body` must start afresh each time: what it read before belongs to an older commit.
  public mutating func withRetry<Result: ~Copyable>(
    attempts: Int = 8, _ body: (borrowing Database) throws(XapianError) -> Result
  ) throws(XapianError) -> Result {
    for _ in 1..<max(attempts, 1) {
      do {
        return try body(self)
      } catch {
        guard error.isRetriable || error.isNotFound, error.isRetriable(onNewer: try reopen()) else { throw error }
      }
    }
    return try body(self)
  }
}

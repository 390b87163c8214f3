// Changes a database that keeps no lists of its documents' terms.
//
// Xapian takes a document out of its postings by the list of its terms. These lists are a third of a database, and nothing else reads them;
// whoever can tell the terms of a document again need not keep them. So they are lent to the writer for one commit: it works in a folder of
// its own, on the same file of postings, with a table of term lists that has those documents which are about to be changed and no others.
// Its commit becomes that of the database when the file that says so is put in its place: readers see all of it or nothing, and never the
// lists. Blocks that a writer writes and nobody commits are free in the database as it is.
import Glibc

/// Makes commits to a database that keeps no term lists. Nobody else writes to it meanwhile.
public final class DatabaseChanger {
  /// A document that is about to be replaced, edited or deleted, as it is in the database: its terms, and the slots of its values.
  public struct Known: Sendable {
    public var number: UInt32
    public var document: LaidOutDocument

    public init(number: UInt32, document: LaidOutDocument) {
      self.number = number
      self.document = document
    }
  }

  private typealias Table = GlassVersionFile.Table

  private let path: String
  private let beside: String
  /// Whether the folder has the tables of the database.
  private var isPrepared = false

  /// Tables that the writer has in common with the database.
  private static let shared = Table.allCases.filter { $0 != .termLists }

  /// - Parameters:
  ///   - path: of the database.
  ///   - beside: of a folder on the same file system, which is made where it is not there, and stays until `end`.
  public init(of path: String, beside: String) {
    self.path = path
    self.beside = beside
  }

  /// To be called when other tables have taken the place of the database's.
  public func noteMove() { isPrepared = false }

  /// Removes the folder.
  public func end() {
    isPrepared = false
    clear()
    rmdir(beside)
  }

  /// Writes, and commits. A commit does not wait for the disk.
  /// - Parameters:
  ///   - known: ascending by number, every document that is there and that `body` replaces, edits or deletes.
  ///   - body: may not commit; when it throws, the database is as it was.
  public func commit(knowing known: [Known], _ body: (inout WritableDatabase) throws -> Void) throws {
    let before = try GlassVersionFile(directory: path)
    guard before[.termLists].entryCount == 0 else {
      throw XapianError(kind: .unimplemented, message: "a database with term lists cannot be changed in this way", context: path)
    }
    if !isPrepared { try prepare() }
    isPrepared = false
    try lend(known, before)
    var database = try WritableDatabase(path: beside, mode: .open, unsynced: true)
    try database.beginTransaction()
    do {
      try body(&database)
      try database.commitTransaction()
    } catch {
      try? database.cancelTransaction()
      try? database.close()
      throw error
    }
    try database.close()
    var after = try GlassVersionFile(directory: beside)
    // A table that had nothing in it may have got a file.
    let begun = Self.shared.filter { before[$0].isEmpty && !after[$0].isEmpty }
    for table in begun where rename(file(table, in: beside), file(table, in: path)) != 0 { throw failure("cannot be moved", table) }
    after[.termLists] =
      before[.termLists].isEmpty ? try TableWriter.emptyTermLists(directory: path, revision: before.revision) : before[.termLists]
    try after.write(directory: path)
    isPrepared = begun.isEmpty
  }

  // MARK: The folder

  /// Makes the folder, with a second name for each file of the database.
  private func prepare() throws(XapianError) {
    clear()
    guard mkdir(beside, 0o755) == 0 || errno == EEXIST else { throw XapianError(ofSystem: "cannot be made", context: beside) }
    for table in Self.shared where link(file(table, in: path), file(table, in: beside)) != 0 && errno != ENOENT {
      throw failure("cannot be linked", table)
    }
  }

  /// Lets the writer see the database with the terms of some documents.
  private func lend(_ known: [Known], _ version: GlassVersionFile) throws(XapianError) {
    let lists = try TableWriter(over: file(.termLists, in: beside), revision: version.revision)
    for document in known { try Self.append(document, to: lists) }
    var lent = version
    // Of a database to which nothing was ever committed Xapian empties the files.
    lent.revision = max(1, lent.revision)
    lent[.termLists] = try lists.finish()
    try lent.overwrite(directory: beside)
  }

  private static func append(_ known: Known, to lists: TableWriter) throws(XapianError) {
    var key: [UInt8] = []
    key.append(sortable: known.number)
    try lists.append(key, known.document.terms)
    guard !known.document.values.isEmpty else { return }
    var slots: [UInt8] = []
    var next: UInt32 = 0
    for (slot, _) in known.document.values {
      slots.append(number: UInt64(slot - next))
      next = slot + 1
    }
    try lists.append(key + [0], slots)
  }

  private func clear() {
    for table in Table.allCases { unlink(file(table, in: beside)) }
    // What else is there: the file that says what the tables are, the next one, and the lock.
    for name in [GlassVersionFile.name, "v.tmp", "flintlock"] { unlink("\(beside)/\(name)") }
  }

  private func file(_ table: GlassVersionFile.Table, in folder: String) -> String { "\(folder)/\(table.fileName)" }

  private func failure(_ message: String, _ table: Table) -> XapianError {
    XapianError(ofSystem: message, context: file(table, in: path))
  }
}

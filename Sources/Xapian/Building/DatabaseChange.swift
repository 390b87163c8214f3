// Changes a database that keeps no lists of its documents' terms.
//
// Xapian takes a document out of its postings by the list of its terms. These lists are a third of a database, and nothing else reads them;
// whoever can tell the terms of a document again need not keep them. So they are lent to the writer for one commit: it works in a folder of
// its own, on the same file of postings, with a table of term lists that has those documents which are about to be changed and no others.
// Its commit becomes that of the database when the file that says so is put in its place: readers see all of it or nothing, and never the
// lists. Blocks that a writer writes and nobody commits are free in the database as it is.
import Glibc

/// One commit to a database that keeps no term lists.
public struct DatabaseChange {
  /// A document that is about to be replaced, edited or deleted, as it is in the database: its terms, and the slots of its values.
  public struct Known: Sendable {
    public var number: UInt32
    public var document: LaidOutDocument

    public init(number: UInt32, document: LaidOutDocument) {
      self.number = number
      self.document = document
    }
  }

  private let path: String
  private let beside: String

  /// - Parameters:
  ///   - path: of the database.
  ///   - beside: of a folder on the same file system that is not there; whoever asks for the change removes it afterwards.
  public init(to path: String, beside: String) {
    self.path = path
    self.beside = beside
  }

  /// Writes, and commits. A commit does not wait for the disk.
  /// - Parameters:
  ///   - known: ascending by number, every document that is there and that `body` replaces, edits or deletes.
  ///   - body: may not commit; when it throws, the database is as it was.
  public func commit(knowing known: [Known], _ body: (inout WritableDatabase) throws -> Void) throws {
    let before = try GlassVersionFile(directory: path)
    try prepare(before, known)
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
    // Xapian makes a new file for a table that had nothing in it; of the others there is one under two names, of which one stays.
    for table in GlassVersionFile.Table.allCases where table != .termLists {
      guard rename("\(beside)/\(table.fileName)", "\(path)/\(table.fileName)") == 0 || errno == ENOENT else {
        throw failure("\(table.fileName) cannot be moved", path)
      }
    }
    var after = try GlassVersionFile(directory: beside)
    // Xapian's check looks for a block in the table of a database that has documents.
    after[.termLists] = before[.termLists].isEmpty ? try lists(in: path, before).finish() : before[.termLists]
    try after.write(directory: path)
  }

  /// Makes the folder in which the writer works.
  private func prepare(_ version: GlassVersionFile, _ known: [Known]) throws(XapianError) {
    guard version[.termLists].entryCount == 0 else {
      throw XapianError(kind: .unimplemented, message: "a database with term lists cannot be changed in this way", context: path)
    }
    guard mkdir(beside, 0o755) == 0 else { throw failure("cannot be made", beside) }
    for table in GlassVersionFile.Table.allCases where table != .termLists {
      let name = table.fileName
      guard link("\(path)/\(name)", "\(beside)/\(name)") == 0 || errno == ENOENT else { throw failure("\(name) cannot be linked", beside) }
    }
    let lists = try lists(in: beside, version)
    for document in known { try Self.append(document, to: lists) }
    var lent = version
    // Of a database to which nothing was ever committed Xapian empties the files.
    lent.revision = max(1, lent.revision)
    lent[.termLists] = try lists.finish()
    try lent.write(directory: beside)
  }

  /// An empty table of term lists.
  private func lists(in folder: String, _ version: GlassVersionFile) throws(XapianError) -> TableWriter {
    try TableWriter(creating: "\(folder)/\(GlassVersionFile.Table.termLists.fileName)", revision: version.revision)
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

  private func failure(_ message: String, _ context: String) -> XapianError {
    XapianError(kind: .database, message: message, context: context, systemReason: String(cString: strerror(errno)))
  }
}

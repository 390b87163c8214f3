// Builds the tables of a database without Xapian's writer: for the many documents of a first indexing, at a tenth of its time and with every
// block full. What comes out is a database like any other, which Xapian reads, changes and checks.
//
// Postings are gathered in runs and joined with those of the database as it was. Of a document no list of its terms is kept: whoever changes the
// database makes those that it takes (DatabaseChanger.swift). The tables are written into a folder of their own beside the database, which
// takes its place when they are whole.
import Glibc

public final class DatabaseBuilder {
  /// The database to which is added, and the folder in which the new tables are written.
  private let path: String
  private let beside: String
  private var version: GlassVersionFile
  private var collector = PostingCollector()
  private var runs: [GlassFile] = []
  private var values: [UInt32: ValueChunks] = [:]
  private var metadata: [[UInt8]: [UInt8]] = [:]
  /// Documents that are not in the database yet.
  public private(set) var pendingDocuments = 0

  /// Begins to add to a database, which nobody may change meanwhile.
  /// - Parameters:
  ///   - path: of the database.
  ///   - beside: of a folder on the same file system, which is made anew.
  /// - Throws: `databaseVersion` where the database is of a format that is not known here; it can still be changed by a writer.
  public init(addingTo path: String, beside: String) throws(XapianError) {
    self.path = path
    self.beside = beside
    version = try GlassVersionFile(directory: path)
    for table in GlassVersionFile.Table.allCases where table != .postings && version[table].entryCount > 0 {
      throw XapianError(kind: .unimplemented, message: "a database with \(table) cannot be added to in this way", context: path)
    }
    try Self.make(beside)
    try readStatistics()
  }

  /// Reads what is known of the values of each slot.
  private func readStatistics() throws(XapianError) {
    var table = try TableReader(directory: path, table: .postings, root: version[.postings])
    while try table.next(), table.key.lexicographicallyPrecedes(GlassKey.values) {
      guard table.key.starts(with: GlassKey.valueStatistics) else { continue }
      values[GlassKey.slot(ofStatistics: table.key)] = ValueChunks(statistics: table.value)
    }
  }

  /// Documents of the database as it is.
  public var documentCount: Int { Int(version.documentCount) - pendingDocuments }

  // MARK: Adding

  /// Adds a document and returns its number, the highest so far.
  public func add(_ document: LaidOutDocument) throws(XapianError) -> UInt32 {
    version.add(length: document.length, greatestWdf: document.greatestWdf)
    // Of documents that were removed the numbers stay free.
    let number = version.lastDocument
    pendingDocuments += 1
    for (slot, value) in document.values { values[slot, default: ValueChunks()].add(number, value) }
    collector.add(number, document)
    if collector.isFull { try writeRun() }
    return number
  }

  /// Sets the metadata of a key; an empty value removes it.
  public func setMetadata(_ key: [UInt8], _ value: [UInt8]) { metadata[key] = value }

  private func writeRun() throws(XapianError) {
    let file = try GlassFile.temporary(in: beside)
    try collector.write(to: file)
    runs.append(file)
  }

  // MARK: Writing

  /// Writes the tables with everything that was added. When the folder of the database has been put out of the way and `beside` into its
  /// place, `goOn` goes on from there.
  public func write() throws(XapianError) {
    if !collector.isEmpty { try writeRun() }
    version.revision += 1
    let postings = try TableWriter(creating: "\(beside)/\(GlassVersionFile.Table.postings.fileName)", revision: version.revision)
    let existing = try writeEntries(of: try TableReader(directory: path, table: .postings, root: version[.postings]), to: postings)
    var sources: [any PostingSource] = [try TablePostings(existing)]
    for run in runs { sources.append(try RunPostings(run)) }
    try join(&sources, into: postings)
    version[.postings] = try postings.finish()
    version[.termLists] = try TableWriter.emptyTermLists(directory: beside, revision: version.revision)
    try version.write(directory: beside)
    runs = []
    metadata = [:]
    pendingDocuments = 0
    for slot in values.keys { values[slot]?.forgetChunks() }
  }

  /// Goes on after the written tables have taken the place of the database's.
  public func goOn() throws(XapianError) { try Self.make(beside) }

  private static func make(_ folder: String) throws(XapianError) {
    guard mkdir(folder, 0o755) == 0 else { throw XapianError(ofSystem: "cannot be made", context: folder) }
  }

  /// Writes the entries that come before the postings: those of the database with those that were added.
  /// - Returns: the table of the database, at its first entry of postings; nil where it has none.
  private func writeEntries(of existing: TableReader, to postings: TableWriter) throws(XapianError) -> TableReader? {
    var table = existing
    var added = metadata.map { (key: GlassKey.metadata + $0.key, value: $0.value) }
    for (slot, chunks) in values {
      if !chunks.statistics.isEmpty { added.append((GlassKey.valueStatistics(slot), chunks.statistics)) }
      for (first, bytes) in chunks.chunks { added.append((GlassKey.values(slot, from: first), bytes)) }
    }
    added.sort { $0.key.lexicographicallyPrecedes($1.key) }
    var next = added.makeIterator()
    var new = next.next()
    var hasOld = try table.next()
    while true {
      let isOld = hasOld && table.key.lexicographicallyPrecedes(GlassKey.lengths)
      if let entry = new, !isOld || !table.key.lexicographicallyPrecedes(entry.key) {
        if isOld, table.key == entry.key { hasOld = try table.next() }
        if !entry.value.isEmpty { try postings.append(entry.key, entry.value) }
        new = next.next()
      } else if isOld {
        try postings.append(table.key, table.value)
        hasOld = try table.next()
      } else {
        return hasOld ? table : nil
      }
    }
  }
}

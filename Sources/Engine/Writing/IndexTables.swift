// The tables of the index as its writer has them. An index is built from nothing without Xapian's writer: what is added is gathered, and the
// tables are written anew, as a whole, beside those that are there, whose place they then take. From a certain size on, and for everything
// that changes or removes what is there, Xapian's writer works on them.
import Glibc
import Xapian

struct IndexTables: ~Copyable {
  private let files: IndexFiles
  private var database: WritableDatabase
  private var builder: DatabaseBuilder?
  private let deflater = Deflater()
  /// Whether the database has changes that are not committed.
  private var isChanged = false
  /// Whether what is added may be built: as long as the index is so small that writing it anew costs little, and while it grows by much.
  private var builds: Bool { didSet { files.tables.areBuilt = builds } }
  private var isSmall: Bool
  /// Documents that were added since nothing more was about to be.
  private var added = 0
  /// What writing the tables took the last time, and when it ended: nanoseconds, CLOCK_MONOTONIC.
  private var cost: UInt64 = 0
  private var written: UInt64 = 0

  /// An index that grows by one in so many without a pause is about to grow by more.
  private static let growth = 16
  /// Writing the tables takes at most one in so many parts of the time, but for those that double the index.
  private static let share: UInt64 = 20

  /// - Parameter database: nothing of it waits for a commit.
  init(_ files: IndexFiles, _ database: consuming WritableDatabase) throws(XapianError) {
    let count = try database.documentCount
    // Outside a transaction Xapian commits by itself after 10,000 documents, and readers would see a state that no snapshot describes.
    try database.beginTransaction()
    self.files = files
    self.database = database
    isSmall = count < files.writtenWhole
    builds = isSmall
    files.tables.areBuilt = builds
  }

  // MARK: Reading

  var uuid: String { get throws(XapianError) { try database.uuid } }
  var revision: UInt64 { get throws(XapianError) { try database.revision } }

  func metadata(_ key: [UInt8]) throws(XapianError) -> [UInt8] {
    if let set = builder?.metadata(key) { return set }
    return try database.metadata(key)
  }

  /// The documents that have a term, but for those that are pending.
  func postings(of term: [UInt8]) throws(XapianError) -> [UInt32] { try database.postings(of: term) }

  /// Whether documents were added that only a commit puts into the database: until then nothing can be changed or removed.
  var hasPendingDocuments: Bool { (builder?.pendingDocuments ?? 0) > 0 }

  /// Whether a commit is not worth while before more has been added: each one writes the whole index.
  var putsOffCommits: Bool {
    guard let builder, builder.pendingDocuments < builder.documentCount else { return false }
    return Clock.now < written + cost * Self.share
  }

  // MARK: Writing

  /// - Parameter laidOut: the document laid out, where somebody has done that.
  mutating func add(_ document: Document, _ laidOut: LaidOutDocument?, columns: [UInt8]) throws(XapianError) -> UInt32 {
    added += 1
    try beginAdding()
    if let builder {
      var complete: LaidOutDocument
      if let laidOut { complete = laidOut } else { complete = try LaidOutDocument(document, deflater) }
      complete.setValue(slot: Schema.columnsSlot, columns)
      return try builder.add(complete)
    }
    isChanged = true
    return try database.add(document.with(columns: columns), placed: false)
  }

  mutating func setMetadata(_ key: [UInt8], _ value: [UInt8]) throws(XapianError) {
    // To begin to build a large index for this alone would be too much.
    if isSmall { try beginAdding() }
    if let builder { return builder.setMetadata(key, value) }
    isChanged = true
    try database.setMetadata(key, value)
  }

  mutating func replace(_ number: UInt32, with document: Document, columns: [UInt8]) throws(XapianError) {
    try beginChanges()
    try database.replace(number, with: document.with(columns: columns), placed: false)
  }

  mutating func edit(_ number: UInt32, _ edit: DocumentEdit) throws(XapianError) {
    try beginChanges()
    try database.edit(number, edit)
  }

  mutating func delete(_ number: UInt32) throws(XapianError) {
    try beginChanges()
    try database.delete(number)
  }

  /// To be called before anything is written for a document that is about to be added.
  mutating func beginAdding() throws(XapianError) {
    guard builder == nil, builds, !isChanged else { return }
    FolderNames.remove(beside)
    do { builder = try DatabaseBuilder(addingTo: files.path, beside: beside) } catch {
      // Tables that another version of Xapian wrote: its own writer knows them.
      guard error.kind == .databaseVersion || error.kind == .unimplemented else { throw error }
      builds = false
    }
  }

  private var beside: String { IndexFolder.beside(files.path) }

  /// From here on Xapian's writer works.
  private mutating func beginChanges() throws(XapianError) {
    if let builder {
      guard builder.pendingDocuments == 0 else {
        throw XapianError(kind: .invalidOperation, message: "documents that are being built are changed before they are committed")
      }
      try giveMetadata(of: builder)
      endBuilding()
    }
    isChanged = true
  }

  private mutating func giveMetadata(of builder: DatabaseBuilder) throws(XapianError) {
    for (key, value) in builder.takeMetadata() { try database.setMetadata(key, value) }
  }

  private mutating func endBuilding() {
    guard builder != nil else { return }
    builder = nil
    FolderNames.remove(beside)
    FreedMemory.giveBack()
  }

  // MARK: Commits

  /// - Parameter isLast: whether nothing more is about to be added.
  mutating func commit(isLast: Bool) throws {
    if let builder, builder.pendingDocuments > 0 {
      let start = Clock.now
      try exchange(builder)
      written = Clock.now
      cost = written - start
      if isLast { endBuilding() } else { try builder.goOn() }
    } else {
      if let builder {
        try giveMetadata(of: builder)
        endBuilding()
      }
      try database.commitTransaction()
      try database.beginTransaction()
    }
    isChanged = false
    let count = Int(try database.documentCount)
    isSmall = count < files.writtenWhole
    if isLast { added = 0 }
    if isLast || builder == nil { builds = isSmall || added * Self.growth > count && files.writtenWhole > 0 }
  }

  /// Writes the tables anew and puts them in the place of the old ones. Readers keep what they have open.
  private mutating func exchange(_ builder: DatabaseBuilder) throws {
    try builder.write()
    for name in FolderNames.all(in: files.path) ?? [] where name.hasPrefix(ArticleSegment.namePrefix) {
      guard link("\(files.path)/\(name)", "\(beside)/\(name)") == 0 else { throw Self.failure("\(name) cannot be linked") }
    }
    try database.close()
    let (path, new) = (files.path, beside)
    let old = IndexFolder.before(files.path)
    FolderNames.remove(old)
    try files.tables.hold { () throws(XapianError) in
      guard rename(path, old) == 0 else { throw Self.failure("\(path) cannot be moved") }
      guard rename(new, path) == 0 else {
        let failure = Self.failure("\(new) cannot be moved")
        rename(old, path)
        throw failure
      }
    }
    files.sync.noteMove()
    database = try WritableDatabase(path: files.path, mode: .open, unsynced: true)
    try database.beginTransaction()
    FolderNames.remove(old)
  }

  private static func failure(_ what: String) -> XapianError {
    XapianError(kind: .database, message: what, systemReason: String(cString: strerror(errno)))
  }

  /// Gives up what is not committed.
  mutating func close() throws(XapianError) {
    endBuilding()
    try database.close()
  }
}

extension Document {
  /// The document with what the columns hold of it.
  fileprivate func with(columns: [UInt8]) -> Document {
    var document = self
    document.setValue(slot: Schema.columnsSlot, columns)
    return document
  }
}

// The tables of the index as its writer has them. What is written waits here for the commit, and goes into the tables in one of two ways.
// While an index is built, documents that are added are gathered, and the tables are written anew, as a whole, beside those that are there,
// whose place they then take. From a certain size on, and for everything that changes or removes what is there, Xapian's writer works on
// them, and is told for that commit which terms the documents have that it changes.
import Glibc
import Xapian

struct IndexTables: ~Copyable {
  private let files: IndexFiles
  /// As it was committed.
  private var database: Database
  private var builder: DatabaseBuilder?
  private let changer: DatabaseChanger
  private var changes = PendingChanges()
  /// Whether what is added may be built: as long as the index is so small that writing it anew costs little, and while it grows by much.
  private(set) var builds: Bool
  /// Documents that were added since nothing more was about to be.
  private var added = 0
  /// What writing the tables took the last time, and when it ended: nanoseconds, CLOCK_MONOTONIC.
  private var cost: UInt64 = 0
  private var written: UInt64 = 0

  /// An index that grows by one in so many without a pause is about to grow by more.
  private static let growth = 16
  /// Writing the tables takes at most one in so many parts of the time, but for those that double the index.
  private static let share: UInt64 = 20

  init(_ files: IndexFiles) throws(XapianError) {
    let database = try Database(path: files.path)
    builds = try database.documentCount < files.writtenWhole
    self.files = files
    self.database = database
    changer = DatabaseChanger(of: files.path, beside: IndexFolder.changing(files.path))
  }

  // MARK: Reading

  var uuid: String { get throws(XapianError) { try database.uuid } }
  var revision: UInt64 { get throws(XapianError) { try database.revision } }

  /// What is in the tables and what waits for the commit.
  func metadata(_ key: [UInt8]) throws(XapianError) -> [UInt8] {
    if let pending = changes.metadata[key] { return pending }
    return try database.metadata(key)
  }

  /// Passages of an article, in their order, but for those that are being built.
  func documents(ofArticle id: String) throws(XapianError) -> [UInt32] {
    if let pending = changes.documents[id] { return pending }
    return try database.postings(of: Term.value(Field.id.valuePrefix, id.utf8))
  }

  /// Whether documents were added that only a commit puts into the database: until then nothing can be changed or removed.
  var hasPendingDocuments: Bool { (builder?.pendingDocuments ?? 0) > 0 }

  /// Whether so much waits that it should be committed.
  var isFull: Bool { changes.isFull }

  /// Whether a commit is not worth while before more has been added: each one writes the whole index.
  var putsOffCommits: Bool {
    guard let builder, builder.pendingDocuments < builder.documentCount else { return false }
    return Clock.now < written + cost * Self.share
  }

  // MARK: Writing

  mutating func setMetadata(_ key: [UInt8], _ value: [UInt8]) { changes.metadata[key] = value }

  /// Adds a passage of an article behind all others.
  /// - Parameter laidOut: the document laid out, where somebody has done that.
  mutating func add(
    _ document: Document, _ laidOut: LaidOutDocument?, columns: [UInt8], ofArticle id: String
  ) throws(XapianError) -> UInt32 {
    added += 1
    try beginAdding()
    var laidOut = try Self.laidOut(document, laidOut)
    if let builder {
      laidOut.setValue(slot: Schema.columnsSlot, columns)
      laidOut.setValue(slot: Schema.termsSlot, laidOut.digest.bytes)
      return try builder.add(laidOut)
    }
    let number = try database.lastDocument + UInt32(changes.added) + 1
    changes.documents[id] = try documents(ofArticle: id) + [number]
    changes.append(.add(number, document.with(columns: columns, laidOut.digest)), ofArticle: id)
    return number
  }

  private static func laidOut(_ document: Document, _ known: LaidOutDocument?) throws(XapianError) -> LaidOutDocument {
    if let known { return known }
    return try LaidOutDocument(document)
  }

  mutating func replace(
    _ number: UInt32, with document: Document, _ laidOut: LaidOutDocument?, columns: [UInt8], ofArticle id: String
  ) throws(XapianError) {
    try beginChanges()
    let digest = try Self.laidOut(document, laidOut).digest
    changes.append(.replace(number, document.with(columns: columns, digest)), ofArticle: id)
  }

  /// Changes terms of tags.
  mutating func edit(_ number: UInt32, _ terms: [TermChange], columns: [UInt8], ofArticle id: String) throws(XapianError) {
    try beginChanges()
    changes.append(.edit(number, terms, columns: columns), ofArticle: id)
  }

  mutating func delete(_ number: UInt32, ofArticle id: String) throws(XapianError) {
    try beginChanges()
    changes.documents[id] = try documents(ofArticle: id).filter { $0 != number }
    changes.append(.delete(number), ofArticle: id)
  }

  /// To be called before anything is written for a document that is about to be added.
  mutating func beginAdding() throws(XapianError) {
    guard builder == nil, builds, changes.isEmpty else { return }
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
    guard let builder else { return }
    guard builder.pendingDocuments == 0 else {
      throw XapianError(kind: .invalidOperation, message: "documents that are being built are changed before they are committed")
    }
    endBuilding()
  }

  private mutating func endBuilding() {
    guard builder != nil else { return }
    builder = nil
    FolderNames.remove(beside)
    FreedMemory.giveBack()
  }

  // MARK: Commits

  /// - Parameters:
  ///   - isLast: whether nothing more is about to be added.
  ///   - articles: makes anew what documents that are changed have in the database.
  mutating func commit(isLast: Bool, knowing articles: KnownDocuments) throws {
    if let builder, builder.pendingDocuments > 0 {
      let start = Clock.now
      for (key, value) in changes.metadata { builder.setMetadata(key, value) }
      try exchange(builder)
      written = Clock.now
      cost = written - start
      if isLast { endBuilding() } else { try builder.goOn() }
    } else {
      endBuilding()
      try change(articles)
    }
    changes = PendingChanges()
    if isLast { added = 0 }
    guard isLast || builder == nil else { return }
    let count = try database.documentCount
    builds = count < files.writtenWhole || added * Self.growth > count && files.writtenWhole > 0
  }

  /// Has Xapian's writer write what waits.
  private mutating func change(_ articles: KnownDocuments) throws {
    let known = try articles.documents(changes.changed, database)
    try changer.commit(knowing: known) { try changes.write(to: &$0) }
    try database.reopen()
  }

  /// Writes the tables anew and puts them in the place of the old ones. Readers keep what they have open.
  private mutating func exchange(_ builder: DatabaseBuilder) throws {
    try builder.write()
    for name in FolderNames.all(in: files.path) ?? [] where name.hasPrefix(ArticleSegment.namePrefix) {
      guard link("\(files.path)/\(name)", "\(beside)/\(name)") == 0 else { throw XapianError(ofSystem: "\(name) cannot be linked") }
    }
    let (path, new) = (files.path, beside)
    let old = IndexFolder.before(files.path)
    FolderNames.remove(old)
    try files.tables.hold { () throws(XapianError) in
      guard rename(path, old) == 0 else { throw XapianError(ofSystem: "\(path) cannot be moved") }
      guard rename(new, path) == 0 else {
        let failure = XapianError(ofSystem: "\(new) cannot be moved")
        rename(old, path)
        throw failure
      }
    }
    files.sync.noteMove()
    changer.noteMove()
    database = try Database(path: files.path)
    FolderNames.remove(old)
  }

  /// Gives up what is not committed.
  mutating func close() throws(XapianError) {
    endBuilding()
    changer.end()
    try database.close()
  }
}

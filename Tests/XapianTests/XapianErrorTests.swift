import Foundation
import Testing
import Xapian

@Suite struct XapianErrorTests {
  @Test func aMissingDatabaseCannotBeOpened() throws {
    let folder = TemporaryFolder()
    let kind = try kindOfFailure { _ = try Database(path: folder.file("nowhere")) }
    #expect(kind == .databaseNotFound)
    let writing = try kindOfFailure { _ = try WritableDatabase(path: folder.file("nowhere"), mode: .open) }
    #expect(writing == .databaseNotFound)
  }

  @Test func aDatabaseThatIsThereCannotBeCreated() throws {
    let folder = TemporaryFolder()
    _ = try folder.database(["a"])
    let kind = try kindOfFailure { _ = try WritableDatabase(path: folder.file(), mode: .create) }
    #expect(kind == .databaseCreate)
  }

  @Test func aSecondWriterFindsTheLockTaken() throws {
    let folder = TemporaryFolder()
    var first = try WritableDatabase(path: folder.file())
    let error = #expect(throws: XapianError.self) { _ = try WritableDatabase(path: folder.file()) }
    #expect(error?.isLocked == true)
    try first.close()
    let afterClosing = try kindOfFailure { _ = try WritableDatabase(path: folder.file()) }
    #expect(afterClosing == nil)
  }

  @Test func aFileOfNoiseIsNoDatabase() throws {
    let folder = TemporaryFolder()
    try Data(repeating: 7, count: 5000).write(to: URL(fileURLWithPath: folder.file("noise")))
    let kind = try kindOfFailure { _ = try Database(path: folder.file("noise")) }
    #expect(kind == .databaseOpening)
  }

  @Test func aDamagedVersionFileIsCorruption() throws {
    let folder = TemporaryFolder()
    _ = try folder.database(["a b c"])
    try Data(repeating: 7, count: 200).write(to: URL(fileURLWithPath: folder.file() + "/iamglass"))
    let error = #expect(throws: XapianError.self) { _ = try Database(path: folder.file()) }
    #expect(error?.isCorruption == true, "\(String(describing: error))")
  }

  @Test func aDamagedTableIsCorruption() throws {
    let folder = TemporaryFolder()
    _ = try folder.database((0..<2000).map { "word\($0) again other\($0 * 7) third\($0 * 13)" })
    let table = URL(fileURLWithPath: folder.file() + "/postlist.glass")
    let size = try Data(contentsOf: table).count
    try Data(repeating: 0xA5, count: size).write(to: table)
    let error = #expect(throws: XapianError.self) {
      let database = try Database(path: folder.file())
      try database.forEachTerm { _, _ in .proceed }
    }
    #expect(error?.isCorruption == true, "\(String(describing: error))")
  }

  @Test func aMissingDocumentIsNotFound() throws {
    let folder = TemporaryFolder()
    let database = try folder.database(["a"])
    let failures: [XapianError.Kind?] = [
      try kindOfFailure { _ = try database.documentData(9) },
      try kindOfFailure { _ = try database.value(document: 9, slot: 0) },
      try kindOfFailure { _ = try database.documentLength(9) },
      try kindOfFailure { try database.forEachTerm(ofDocument: 9) { _, _ in .proceed } },
      try kindOfFailure { try database.withDocumentData([1, 9]) { _, _ in .proceed } },
    ]
    #expect(failures.allSatisfy { $0 == .documentNotFound }, "\(failures)")
    let zero = try kindOfFailure { _ = try database.documentData(0) }
    #expect(zero == .invalidArgument)
  }

  @Test func aClosedDatabaseSaysSo() throws {
    let folder = TemporaryFolder()
    var reader = try folder.database(["a"])
    try reader.close()
    let reading = try kindOfFailure { _ = try reader.postings(of: bytes("a")) }
    #expect(reading == .databaseClosed)
    var writer = try WritableDatabase(path: folder.file())
    try writer.close()
    let writing = try kindOfFailure { _ = try writer.add(Document()) }
    #expect(writing == .databaseClosed)
    let again = try kindOfFailure { try writer.close() }
    #expect(again == nil)
  }

  @Test(arguments: [0, 246, 1000])
  func aTermOfWrongLengthIsRefused(length: Int) throws {
    let folder = TemporaryFolder()
    var writer = try WritableDatabase(path: folder.file())
    var document = Document()
    document.addTerm([UInt8](repeating: 120, count: length))
    let kind = try kindOfFailure { try writer.add(document) }
    #expect(kind == .invalidArgument)
    var longest = Document()
    longest.addTerm([UInt8](repeating: 120, count: 245))
    let fits = try kindOfFailure { try writer.add(longest) }
    #expect(fits == nil)
  }

  @Test func aDescriptionSaysWhatXapianSaid() {
    let error = XapianError(kind: .databaseLock, message: "Unable to get write lock", context: "db", systemReason: "No space left")
    #expect(error.description == "Xapian: databaseLock: Unable to get write lock (No space left) [db]")
  }

  @Test func whatACallerCanDoIsKnownOfEachKind() {
    func error(_ kind: XapianError.Kind) -> XapianError { XapianError(kind: kind, message: "") }
    #expect(XapianError.Kind.allCases.filter { error($0).isRetriable } == [.databaseModified])
    #expect(XapianError.Kind.allCases.filter { error($0).isLocked } == [.databaseLock])
    #expect(XapianError.Kind.allCases.filter { error($0).isCorruption } == [.databaseCorrupt, .databaseVersion])
    #expect(XapianError.Kind.allCases.filter { error($0).isNotFound } == [.documentNotFound])
  }
}

import Testing
import Xapian

@Suite struct WritableDatabaseTests {
  let folder = TemporaryFolder()

  @Test func aReaderSeesACommitAfterReopening() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "a"))
    try writer.commit()
    var reader = try Database(path: folder.file())
    let first = try reader.revision
    try writer.add(Document(words: "a b"))
    #expect(try writer.documentCount == 2)
    #expect(try reader.documentCount == 1)
    #expect(try reader.reopen() == false)
    try writer.commit()
    #expect(try reader.documentCount == 1)
    #expect(try reader.reopen() == true)
    #expect(try reader.documentCount == 2)
    #expect(try reader.revision == first + 1)
    #expect(try writer.revision == first + 1)
  }

  @Test func aCommitOfNothingIsNoCommit() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "a"))
    try writer.commit()
    let revision = try writer.revision
    try writer.commit()
    #expect(try writer.revision == revision)
  }

  @Test func aTermNamesTheDocumentToReplace() throws {
    var writer = try WritableDatabase(path: folder.file())
    var document = Document(words: "one")
    document.addTerm(bytes("Qid"), wdf: 0)
    #expect(try writer.replace(term: bytes("Qid"), with: document) == 1)
    try writer.add(Document(words: "other"))
    var changed = Document(words: "two")
    changed.addTerm(bytes("Qid"), wdf: 0)
    #expect(try writer.replace(term: bytes("Qid"), with: changed) == 1)
    #expect(try writer.documentCount == 2)
    #expect(string(try writer.documentData(1)) == "two")
    #expect(try writer.postings(of: bytes("one")) == [])
    try writer.delete(term: bytes("Qid"))
    try writer.delete(term: bytes("Qid"))
    #expect(try writer.documentCount == 1)
  }

  @Test func aNumberMayBeReplacedBeforeItIsThere() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.replace(70, with: Document(words: "a"))
    #expect(try writer.lastDocument == 70)
    #expect(try writer.add(Document(words: "b")) == 71)
    try writer.delete(70)
    let kind = try kindOfFailure { try writer.delete(70) }
    #expect(kind == .documentNotFound)
  }

  @Test func aCancelledTransactionLeavesNothing() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "before"))
    try writer.beginTransaction()
    let reader = try Database(path: folder.file())
    #expect(try reader.documentCount == 1)
    try writer.add(Document(words: "inside"))
    try writer.setMetadata(bytes("k"), bytes("v"))
    try writer.cancelTransaction()
    #expect(try writer.documentCount == 1)
    #expect(try writer.metadata(bytes("k")) == [])
    try writer.beginTransaction()
    try writer.add(Document(words: "kept"))
    try writer.commitTransaction()
    let later = try Database(path: folder.file())
    #expect(try later.documentCount == 2)
  }

  @Test func transactionsDoNotNest() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.beginTransaction()
    let nested = try kindOfFailure { try writer.beginTransaction() }
    let commit = try kindOfFailure { try writer.commit() }
    try writer.cancelTransaction()
    let ended = try kindOfFailure { try writer.commitTransaction() }
    #expect([nested, commit, ended] == [.invalidOperation, .invalidOperation, .invalidOperation])
  }

  @Test func closingCommitsAndADroppedWriterToo() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "a"))
    try writer.close()
    do {
      var dropped = try WritableDatabase(path: folder.file())
      try dropped.add(Document(words: "b"))
    }
    let reader = try Database(path: folder.file())
    #expect(try reader.documentCount == 2)
  }

  @Test func aWriterDroppedInATransactionLeavesItOut() throws {
    do {
      var dropped = try WritableDatabase(path: folder.file())
      try dropped.add(Document(words: "before"))
      try dropped.beginTransaction()
      try dropped.add(Document(words: "inside"))
    }
    #expect(try Database(path: folder.file()).postings(of: []) == [1])
  }

  @Test func overwritingStartsAnew() throws {
    _ = try folder.database(["a", "b"])
    let writer = try WritableDatabase(path: folder.file(), mode: .createOrOverwrite)
    #expect(try writer.documentCount == 0)
  }

  @Test func xapianCommitsOnItsOwnAfterTenThousandDocumentsButNotInATransaction() throws {
    var writer = try WritableDatabase(path: folder.file(), unsynced: true)
    for _ in 0..<10_001 { try writer.add(Document(words: "a")) }
    var reader = try Database(path: folder.file())
    #expect(try reader.documentCount == 10_000)
    try writer.beginTransaction()
    try reader.reopen()
    #expect(try reader.documentCount == 10_001)
    for _ in 0..<10_001 { try writer.add(Document(words: "a")) }
    try reader.reopen()
    #expect(try reader.documentCount == 10_001)
    try writer.commitTransaction()
    try reader.reopen()
    #expect(try reader.documentCount == 20_002)
  }
}

import Foundation
import Testing
import Xapian

@Suite struct CompactionTests {
  let folder = TemporaryFolder()

  private func size(_ path: String) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: path).reduce(0) { sum, name in
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
      return sum + (attributes[.size] as? Int ?? 0)
    }
  }

  @Test func aCompactCopyHoldsTheSameAndLess() throws {
    let database = try folder.database((0..<3000).map { "word\($0) common other\($0 % 50)" })
    try database.compact(to: folder.file("compact"))
    let compact = try Database(path: folder.file("compact"))
    #expect(try compact.documentCount == 3000)
    #expect(try compact.postings(of: bytes("other7")) == database.postings(of: bytes("other7")))
    #expect(string(try compact.documentData(1500)) == "word1499 common other49")
    #expect(try compact.uuid != database.uuid)
    #expect(try size(folder.file("compact")) < size(folder.file()))
    #expect(try Database.faults(path: folder.file("compact")) == 0)
    var writer = try WritableDatabase(path: folder.file("compact"), mode: .open)
    #expect(try writer.add(Document(words: "more")) == 3001)
  }

  @Test func numbersAreKeptWhenAskedFor() throws {
    var writer = try WritableDatabase(path: folder.file())
    for text in ["a", "b", "c"] { try writer.add(Document(words: text)) }
    try writer.delete(1)
    try writer.commit()
    try writer.compact(to: folder.file("anew"))
    try writer.compact(to: folder.file("kept"), options: .keepNumbers)
    #expect(try Database(path: folder.file("anew")).postings(of: []) == [1, 2])
    #expect(try Database(path: folder.file("kept")).postings(of: []) == [2, 3])
  }

  @Test func aWriterMustCommitBeforeItIsCompacted() throws {
    var writer = try WritableDatabase(path: folder.file())
    try writer.add(Document(words: "a"))
    let kind = try kindOfFailure { try writer.compact(to: folder.file("compact")) }
    #expect(kind == .invalidOperation)
    try writer.commit()
    try writer.compact(to: folder.file("compact"))
    #expect(try Database(path: folder.file("compact")).documentCount == 1)
  }

  @Test(arguments: [CompactionOptions(), .multipass])
  func severalDatabasesBecomeOne(options: CompactionOptions) throws {
    var paths: [String] = []
    for part in 0..<4 {
      var writer = try WritableDatabase(path: folder.file("part\(part)"))
      for i in 0..<10 { try writer.add(Document(words: "part\(part) n\(i) common")) }
      try writer.setMetadata(bytes("part\(part)"), bytes("\(part)"))
      try writer.setMetadata(bytes("shared"), bytes("\(part)"))
      try writer.close()
      paths.append(folder.file("part\(part)"))
    }
    try Database.compact(paths, to: folder.file("whole"), options: options)
    let whole = try Database(path: folder.file("whole"))
    #expect(try whole.documentCount == 40)
    #expect(try whole.postings(of: bytes("part2")) == Array(21...30))
    #expect(try whole.metadata(bytes("part3")) == bytes("3"))
    #expect(try ["0", "1", "2", "3"].contains(string(whole.metadata(bytes("shared")))))
    #expect(try whole.positions(of: bytes("common"), in: 35) == [3])
    let overlapping = try kindOfFailure { try Database.compact(paths, to: folder.file("no"), options: .keepNumbers) }
    #expect(overlapping == .invalidOperation)
    let missing = try kindOfFailure { try Database.compact([folder.file("nowhere")], to: folder.file("no")) }
    #expect(missing == .databaseNotFound)
  }

  @Test func oneFileCanBeReadButNotWritten() throws {
    let database = try folder.database(["a b"])
    try database.compact(to: folder.file("single"), options: .singleFile)
    #expect(try Database(path: folder.file("single")).matches(.phrase("a b")).documents == [1])
    let kind = try kindOfFailure { _ = try WritableDatabase(path: folder.file("single"), mode: .open) }
    #expect(kind != nil)
  }

  @Test func aDamagedTableHasFaults() throws {
    _ = try folder.database((0..<500).map { "word\($0) again" })
    #expect(try Database.faults(path: folder.file()) == 0)
    let table = URL(fileURLWithPath: folder.file() + "/termlist.glass")
    var bytes = try Data(contentsOf: table)
    bytes.replaceSubrange(100..<bytes.count, with: Data(repeating: 0x5A, count: bytes.count - 100))
    try bytes.write(to: table)
    do {
      let faults = try Database.faults(path: folder.file())
      #expect(faults > 0)
    } catch {
      #expect(error.isCorruption, "\(error)")
    }
  }
}

// What an index is opened from where it was closed: the same as the database says, or nothing.
import ArasAPI
import FoundationEssentials
import TestSupport
import Testing
import TextAnalysis
import Xapian

@testable import Engine

@Suite struct ContentsFileTests {
  private static func reopened(_ test: TestIndex) throws -> Index {
    try Index.open(path: test.index.path, registry: TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
  }

  /// What the file of a closed index has; nil where it would not be read.
  private static func kept(_ folder: String) throws -> ContentsFile.Contents? {
    ContentsFile(directory: folder).read(try .init(of: Database(path: folder)), sizes: try ArticleStore(directory: folder).segments.sizes)
  }

  private static func modified(_ folder: String) throws -> Date {
    try #require(FileManager.default.attributesOfItem(atPath: folder + "/contents")[.modificationDate] as? Date)
  }

  @Test func isWhatTheDatabaseSays() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    for number in 0..<20 { try await test.add("\(number).txt", "Alphaland and Betaland, tariffs \(number)") }
    try await test.index.removeFile(path: "7.txt")
    try await test.index.commit()
    await test.index.close()
    let folder = test.index.path + "/xapian"
    let kept = try #require(try Self.kept(folder))
    let read = try IndexContents(reading: Database(path: folder), ArticleStore(directory: folder).segments)
    #expect(read.columns.passageCount == 19 && read.lostArticles == 0)
    #expect(kept.columns.isSame(as: read.columns))
    #expect(try IndexFolder.faults(path: test.index.path) == [])
    #expect(kept.liveBytes.filter { $0.value > 0 } == read.liveBytes)
    // An index that is opened from it goes on as one that is not.
    let again = try Self.reopened(test)
    #expect(again.rebuilt == nil)
    #expect(try await again.search(SearchRequest(q: "tariffs")).total.articles == 19)
    // Nothing was written since: the file stays as it is.
    let before = try Self.modified(folder)
    await again.close()
    #expect(try Self.kept(folder) != nil && Self.modified(folder) == before)
  }

  /// What says something else than the database, and knows its commit, is found by the check.
  @Test func isHeldAgainstTheDatabaseByTheCheck() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango of Alphaland")
    await test.index.close()
    let folder = test.index.path + "/xapian"
    var kept = try #require(try Self.kept(folder))
    kept.columns.setPassage(1, .actor, [])
    let sizes = try ArticleStore(directory: folder).segments.sizes
    ContentsFile(directory: folder).write(kept, of: try .init(of: Database(path: folder)), sizes: sizes)
    #expect(try IndexFolder.faults(path: test.index.path).first?.contains("does not say what the database says") == true)
  }

  @Test func isNotReadWhereTheDatabaseWentOn() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango")
    await test.index.close()
    let folder = test.index.path + "/xapian"
    let again = try Self.reopened(test)
    try await again.removeFile(path: "one.txt")
    try await again.commit()
    // As if the process were killed here.
    #expect(try Self.kept(folder) == nil)
    let read = try IndexContents(reading: Database(path: folder), ArticleStore(directory: folder).segments, path: folder)
    #expect(read.columns.passageCount == 0)
    await again.close()
    #expect(try Self.kept(folder)?.columns.passageCount == 0)
  }

  @Test func isNotReadWhereItIsDamaged() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot of Alphaland")
    await test.index.close()
    let folder = test.index.path + "/xapian"
    let path = folder + "/contents"
    let whole = try TestFolder.bytes(path)
    #expect(try Self.kept(folder) != nil)
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 0x20
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try Self.kept(folder) == nil, "byte \(index)")
      try Data(whole[..<index]).write(to: URL(filePath: path))
      #expect(try Self.kept(folder) == nil, "\(index) bytes")
    }
    let again = try Self.reopened(test)
    #expect(again.rebuilt == nil)
    #expect(try await again.search(SearchRequest(q: "tango")).total.articles == 1)
    await again.close()
    #expect(try TestFolder.bytes(path).isEmpty == false)
    #expect(try Self.kept(folder) != nil)
  }
}

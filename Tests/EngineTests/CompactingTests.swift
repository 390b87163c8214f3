// An index that is made compact is the same index, smaller.
import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct CompactingTests {
  private func open(_ path: String) throws -> Index {
    try Index.open(path: path, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
  }

  @Test func aCompactIndexAnswersAndGrowsAsBefore() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    for number in 0..<120 { try await test.add("\(number).txt", "Alphaland \(number)\n\nword\(number) tango foxtrot number\(number % 7)") }
    for number in 0..<20 { try await test.index.removeFile(path: "\(number).txt") }
    try await test.index.commit()
    let before = try await test.search("\"tango foxtrot\" Alphaland") { $0.limit = 100 }
    let statistics = try await test.index.statistics()
    await test.index.close()
    #expect(test.index.isNew)
    #expect(try IndexFolder.compact(path: test.index.path) == nil)
    #expect(access(IndexFolder.beside(test.index.path), F_OK) != 0)
    #expect(try IndexFolder.faults(path: test.index.path) == [])
    let again = try open(test.index.path)
    #expect(!again.isNew && again.rebuilt == nil)
    let smaller = try await again.statistics()
    #expect(smaller.bytes < statistics.bytes && smaller.passages == statistics.passages)
    var request = SearchRequest(q: "\"tango foxtrot\" Alphaland")
    request.limit = 100
    let after = try await again.search(request)
    #expect(after.hits.map(\.article.id) == before.hits.map(\.article.id) && after.total == before.total)
    try await again.removeFile(path: "30.txt")
    try await again.commit()
    #expect(try await again.search(request).total.articles == before.total.articles - 1)
    #expect(throws: EngineError.self) { try IndexFolder.compact(path: test.index.path) }
    await again.close()
  }

  /// Killed before, between and after the two renames.
  @Test(arguments: 0..<3)
  func whatAKilledProcessLeftIsBroughtInOrder(moment: Int) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    let path = test.index.path
    let (database, new, was) = (path + "/xapian", IndexFolder.beside(path), IndexFolder.before(path))
    #expect(mkdir(moment == 2 ? was : new, 0o755) == 0)
    #expect(link(database + "/iamglass", (moment == 2 ? was : new) + "/iamglass") == 0)
    if moment == 1 { #expect(rename(database, was) == 0) }
    let again = try open(path)
    #expect(again.rebuilt == nil && !again.isNew)
    #expect(access(new, F_OK) != 0 && access(was, F_OK) != 0)
    #expect(try await again.statistics().passages == 1)
    await again.close()
  }
}

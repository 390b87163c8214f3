import ArasAPI
import Testing
import TextAnalysis
import Xapian

@testable import Engine

/// Opening what is not a good index, and asking for what is not there.
@Suite struct IndexRecoveryTests {
  @Test func anIndexOfAnotherSchemaIsSetAside() async throws {
    let registry = try TinyRegistry.load()
    let test = try TestIndex(registry: registry)
    try await test.put([CorpusArticle(key: "1", parts: [.init(text: "tango")])], path: "a.jsonl")
    await test.index.close()
    var database = try WritableDatabase(path: test.index.path + "/xapian", mode: .open)
    try database.setMetadata(IndexContents.schemaKey, Array("0".utf8))
    try database.commit()
    try database.close()
    let again = try Index.open(path: test.index.path, registry: registry, analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    #expect(again.rebuilt?.contains("schema 0") == true)
    #expect(try await again.search(SearchRequest(q: "")).total.articles == 0)
    await again.close()
  }

  @Test func anIndexInUseIsRefusedByName() async throws {
    let registry = try TinyRegistry.load()
    let test = try TestIndex(registry: registry)
    let error = #expect(throws: EngineError.self) {
      _ = try Index.open(path: test.index.path, registry: registry, analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    }
    #expect(error?.kind == .locked)
    #expect(error?.description.contains("in use by another arasd (process ") == true && error?.description.contains("--index") == true)
  }

  @Test func whatIsNotThereIsNotFound() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([CorpusArticle(key: "1", parts: [.init(text: "tango")])], path: "a.jsonl")
    let id = StableHash.articleID(path: "a.jsonl", key: "1")
    for wrong in [
      "", "#", "nothing", "nothing#1", "\(id)#", "\(id)#0", "\(id)#2", "\(id)#x", "\(id)#1#1", String(repeating: "x", count: 9000),
    ] {
      let error = await #expect(throws: APIError.self, "\(wrong)") { try await test.index.get(GetRequest(id: wrong)) }
      #expect(error?.name == "not_found", "\(wrong)")
    }
  }

  @Test func mentionsPointAtTheNames() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      [
        CorpusArticle(
          key: "1", parts: [.init(text: "Ünder Alphaland’s “tariffs”, tango."), .init(text: "«Republic of Betaland» parades: Alphish!")])
      ], path: "a.jsonl")
    let id = StableHash.articleID(path: "a.jsonl", key: "1")
    let whole = try await test.index.get(GetRequest(id: id))
    func texts(_ result: GetResult, _ offset: Int) -> [String] {
      let bytes = Array(result.text.utf8)
      return result.mentions.map { String(decoding: bytes[($0.start - offset)..<($0.end - offset)], as: UTF8.self) }
    }
    #expect(texts(whole, 0).map { $0.replacing("’s", with: "") } == ["Alphaland", "Republic of Betaland", "Alphish"])
    #expect(whole.mentions.map(\.actor) == ["alphaland", "betaland", "alphaland"])
    #expect(Set(whole.topicEvidence.map(\.topic)) == ["tariffs", "parades"])
    let bytes = Array(whole.text.utf8)
    for evidence in whole.topicEvidence {
      for match in evidence.matches {
        #expect(["tariffs", "parades"].contains(String(decoding: bytes[match.start..<match.end], as: UTF8.self)))
      }
    }
    let second = try await test.index.get(GetRequest(id: "\(id)#2"))
    #expect(second.passages.map(\.id) == ["\(id)#2"] && second.text == "«Republic of Betaland» parades: Alphish!")
    #expect(texts(second, second.passages[0].start) == ["Republic of Betaland", "Alphish"])
  }
}

import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis
import Xapian

@testable import Engine

@Suite struct WriterTests {
  private func parts(_ texts: [String]) -> [CorpusArticle.Part] { texts.map { .init(text: $0) } }

  /// What a search can say of an index, for comparing two of them.
  private func picture(_ index: Index) async throws -> [String] {
    var picture: [String] = []
    for q in ["", "tango", "zulu", "actor:alphaland", "topic:tariffs", "tar*", "\"tango zulu\""] {
      var request = SearchRequest(q: q)
      request.limit = 1000
      request.perGroup = 100
      request.sort = .dateAscending
      request.facets = FacetField.allCases.map { FacetSpec($0, limit: 100) }
      let result = try await index.search(request)
      picture.append("\(q): \(result.total)")
      picture += result.hits.map { hit in
        "\(hit.article) \(hit.passages.map { "\($0.id) \($0.actors) \($0.topics) \($0.snippets)" }.sorted())"
      }
      .sorted()
      for field in FacetField.allCases { picture.append("\(field): \(String(describing: result.facets[field]))") }
    }
    return picture
  }

  private func difference(_ one: Index, _ other: Index) async throws -> [String] {
    let a = try await picture(one)
    let b = try await picture(other)
    return zip(a, b).filter { $0 != $1 }.map { "\($0) | \($1)" } + (a.count == b.count ? [] : ["\(a.count) | \(b.count)"])
  }

  private static func random(_ random: inout SeededRandom) -> [(String, [CorpusArticle])] {
    (0..<10).map { file in
      let path = "f\(file).jsonl"
      return (path, (0..<Int.random(in: 1...4, using: &random)).map { FacetModel.article("\($0)", path: path, &random).0 })
    }
  }

  @Test(arguments: [(1, 4), (4, 1), (3, 3), (2, 0), (0, 2)])
  func replacingLeavesNothingOfTheOld(_ before: Int, _ after: Int) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([CorpusArticle(key: "x", parts: parts(["Gammaland tango"]))], path: "other.jsonl")
    try await test.put(
      [CorpusArticle(key: "1", authors: ["Old"], parts: parts((0..<before).map { "Alphaland tango \($0) tariffs" }))], path: "a.jsonl")
    try await test.put(
      [CorpusArticle(key: "1", authors: ["New"], parts: parts((0..<after).map { "Betaland zulu \($0) parades" }))], path: "a.jsonl")
    let result = try await test.search("") { $0.facets = [.actor, .topic, .author].map { FacetSpec($0) } }
    #expect(result.total == Total(articles: after > 0 ? 2 : 1, passages: after + 1))
    #expect(result.facets[.actor]?.values.contains { $0.id == "alphaland" } == false)
    #expect(result.facets[.author]?.values.map(\.id) == (after > 0 ? ["New"] : []))
    #expect(try await test.search("tango").total.passages == 1)
    #expect(try await test.search("actor:alphaland").total.passages == 0)
    #expect(try await test.search("zulu").total.passages == after)
    let id = StableHash.articleID(path: "a.jsonl", key: "1")
    #expect(try await test.index.get(GetRequest(id: id)).passages.map(\.id) == (0..<after).map { "\(id)#\($0 + 1)" })
  }

  @Test func unchangedArticlesAreNotWritten() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let article = CorpusArticle(key: "1", parts: parts(["Alphaland tango", "zulu"]))
    try await test.put([article, CorpusArticle(key: "2", parts: parts(["x"]))], path: "a.jsonl")
    let before = try await picture(test.index)
    try await test.put([article], path: "a.jsonl")
    #expect(try await test.search("").total.articles == 1)
    try await test.put([article, CorpusArticle(key: "2", parts: parts(["x"]))], path: "a.jsonl")
    #expect(try await picture(test.index) == before)
    let revision = test.index.revision
    #expect(try await test.index.commit() == revision)
  }

  @Test func removingAFileTakesEverythingOfIt() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    let fresh = try TestIndex(registry: try TinyRegistry.load())
    let files = Self.random(&random)
    for (path, articles) in files { try await test.put(articles, path: path) }
    for (path, _) in files.dropFirst(5) { try await test.index.removeFile(path: path) }
    try await test.index.removeFile(path: "never there")
    try await test.index.commit()
    for (path, articles) in files.prefix(5) { try await fresh.put(articles, path: path) }
    #expect(try await picture(test.index) == picture(fresh.index), "seed \(seed)")
    for (path, _) in files { try await test.index.removeFile(path: path) }
    try await test.index.commit()
    let empty = try await test.search("")
    #expect(empty.total == Total(articles: 0, passages: 0) && empty.facets[.actor]?.values.isEmpty == true)
  }

  @Test func reopeningChangesNoAnswer() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let registry = try TinyRegistry.load()
    let test = try TestIndex(registry: registry)
    var files = Self.random(&random)
    files[0].1[0].parts = []
    for (path, articles) in files { try await test.put(articles, path: path) }
    try await test.put(files[1].1.reversed(), path: files[2].0)
    try await test.index.removeFile(path: files[3].0)
    try await test.index.commit()
    let before = try await picture(test.index)
    await test.index.close()
    let again = try Index.open(path: test.index.path, registry: registry, analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    #expect(again.rebuilt == nil)
    #expect(try await picture(again) == before, "seed \(seed)")
    // What is written after reopening joins what was there.
    let other = TestIndex(folder: test.folder, index: again, isOwner: false)
    try await other.put(files[3].1, path: files[3].0)
    let fresh = try TestIndex(registry: registry)
    for (path, articles) in files where path != files[2].0 { try await fresh.put(articles, path: path) }
    try await fresh.put(files[1].1.reversed(), path: files[2].0)
    #expect(try await picture(again) == picture(fresh.index), "seed \(seed)")
    await again.close()
  }

  @Test func aCommitInTheMiddleOfAFileKeepsIt() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let preparer = test.index.makePreparer()
    func prepared(_ range: Range<Int>) -> [PreparedArticle] {
      range.map {
        preparer.prepare(CorpusArticle(key: "\($0)", parts: parts(["tango \($0)"])).article, path: "a.jsonl", origin: Origin(name: "test"))
      }
    }
    try await test.index.beginFile(path: "a.jsonl", source: "test")
    try await test.index.add(prepared(0..<7), toFile: "a.jsonl")
    try await test.index.commit()
    #expect(try await test.search("tango").total.articles == 7)
    try await test.index.add(prepared(7..<12), toFile: "a.jsonl")
    try await test.index.commit()
    try await test.index.add(prepared(12..<15), toFile: "a.jsonl")
    try await test.index.endFile(path: "a.jsonl", fingerprint: FileFingerprint(size: 1, modified: 2, hash: 3), failure: nil)
    try await test.index.commit()
    #expect(try await test.search("tango").total.articles == 15)
    // Fewer records the next time: the others go.
    try await test.index.beginFile(path: "a.jsonl", source: "test")
    try await test.index.add(prepared(3..<5), toFile: "a.jsonl")
    try await test.index.endFile(path: "a.jsonl", fingerprint: FileFingerprint(size: 1, modified: 3, hash: 4), failure: nil)
    try await test.index.commit()
    #expect(try await test.search("tango").total.articles == 2)
    try await test.index.removeFile(path: "a.jsonl")
    try await test.index.commit()
    #expect(try await test.search("").total.articles == 0)
  }

  @Test func whatWasUnderWayIsTaggedByTheNewRegistry() async throws {
    let new = try TinyRegistry.load(
      actors: "version: 1\nactors:\n  - {id: alphaland, kind: place, label: Alphaland, names: [Alphaland, Tango]}\n")
    let test = try TestIndex(registry: try TinyRegistry.load())
    let article = CorpusArticle(key: "1", parts: parts(["Alphaland and tariffs", "The Tango of Betaland"]))
    let prepared = test.index.makePreparer().prepare(article.article, path: "a.jsonl", origin: Origin(name: "test"))
    try await test.index.replaceRegistry(new, analysis: AnalysisOptions())
    try await test.index.beginFile(path: "a.jsonl", source: "test")
    try await test.index.add([prepared], toFile: "a.jsonl")
    try await test.index.endFile(path: "a.jsonl", fingerprint: FileFingerprint(size: 1, modified: 1, hash: 1), failure: nil)
    try await test.index.commit()
    let fresh = try TestIndex(registry: new)
    try await fresh.put([article], path: "a.jsonl")
    #expect(try await difference(test.index, fresh.index) == [])
  }

  @Test func takingUpARegistryShowsNothingUncommitted() async throws {
    let registry = try TinyRegistry.load()
    let test = try TestIndex(registry: registry)
    try await test.put([CorpusArticle(key: "1", parts: parts(["Alphaland tango", "tango", "tango"]))], path: "a.jsonl")
    let before = try await picture(test.index)
    try await test.put([CorpusArticle(key: "1", parts: parts(["Betaland zulu"]))], path: "a.jsonl", commit: false)
    try await test.put([CorpusArticle(key: "1", parts: parts(["Gammaland"]))], path: "b.jsonl", commit: false)
    try await test.index.replaceRegistry(registry, analysis: AnalysisOptions())
    #expect(try await picture(test.index) == before)
    try await test.index.commit()
    #expect(try await test.search("").total == Total(articles: 2, passages: 2))
  }

  @Test func aFileThatIsBegunAgainLeavesNothingBehind() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let preparer = test.index.makePreparer()
    func begin(_ range: Range<Int>) async throws {
      try await test.index.beginFile(path: "a.jsonl", source: "test")
      try await test.index.add(
        range.map {
          preparer.prepare(CorpusArticle(key: "\($0)", parts: parts(["tango"])).article, path: "a.jsonl", origin: Origin(name: "test"))
        }, toFile: "a.jsonl")
    }
    try await begin(0..<10)
    try await test.put((0..<3).map { CorpusArticle(key: "\($0)", parts: parts(["tango"])) }, path: "a.jsonl")
    #expect(try await test.search("").total.articles == 3)
    try await begin(2..<8)
    try await begin(6..<12)
    try await test.index.removeFile(path: "a.jsonl")
    try await test.index.commit()
    #expect(try await test.search("").total.articles == 0)
    try await begin(0..<5)
    try await test.index.removeFile(path: "a.jsonl")
    try await test.index.commit()
    #expect(try await test.search("").total.articles == 0)
  }

  /// The many articles of one file go in several commits: a daemon that ends in between has lost no time, nor has who waits.
  @Test func manyArticlesGoInSeveralCommits() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    func articles(_ range: Range<Int>) -> [CorpusArticle] { range.map { CorpusArticle(key: "\($0)", parts: parts(["tango"])) } }
    try await test.put(articles(0..<450), path: "a.jsonl")
    try await test.put([CorpusArticle(key: "other", parts: parts(["tango"]))], path: "b.jsonl")
    var revision = test.index.revision
    try await test.put(articles(430..<455), path: "a.jsonl")
    #expect(test.index.revision > revision + 2)
    #expect(try await test.search("").total.articles == 26)
    try await test.put(articles(0..<450), path: "a.jsonl")
    revision = test.index.revision
    try await test.index.removeFile(path: "a.jsonl")
    #expect(test.index.revision == revision + 2)
    #expect(try await test.search("").total.articles == 51)
    try await test.index.commit()
    #expect(try await test.search("").total.articles == 1)
    #expect(await test.index.files().map(\.path) == ["b.jsonl"])
  }

  @Test func aFileThatWasNotFinishedIsReplacedAfterReopening() async throws {
    let registry = try TinyRegistry.load()
    let test = try TestIndex(registry: registry)
    try await test.put((0..<6).map { CorpusArticle(key: "\($0)", parts: parts(["tango"])) }, path: "a.jsonl")
    let preparer = test.index.makePreparer()
    try await test.index.beginFile(path: "a.jsonl", source: "test")
    try await test.index.add(
      (3..<9).map {
        preparer.prepare(CorpusArticle(key: "\($0)", parts: parts(["zulu"])).article, path: "a.jsonl", origin: Origin(name: "test"))
      }, toFile: "a.jsonl")
    try await test.index.commit()
    await test.index.close()
    let again = try Index.open(path: test.index.path, registry: registry, analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    let other = TestIndex(folder: test.folder, index: again, isOwner: false)
    #expect(try await other.search("").total.articles == 9)
    try await other.put([CorpusArticle(key: "8", parts: parts(["zulu"]))], path: "a.jsonl")
    #expect(try await other.search("").total.articles == 1)
    await again.close()
  }

  @Test func anotherRegistryTagsLikeAFreshIndex() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let old = try TinyRegistry.load()
    // A state becomes a place, another is gone, a third has another name and a topic another rule.
    let new = try TinyRegistry.load(
      actors: """
        version: 1
        actors:
          - {id: alphaland, kind: place, label: Alphaland, names: [Alphaland]}
          - {id: betaland, kind: state, label: Betaland the Great, names: [Zulu, Betaland]}
          - {id: deltaport, kind: state, label: Deltaport, names: [Deltaport]}
        """,
      topics: """
        version: 1
        topics:
          - {id: tariffs, label: Tariffs, threshold: 1, rules: {1: ["tariff*", mountain]}}
        """)
    let files = Self.random(&random)
    let test = try TestIndex(registry: old)
    for (path, articles) in files { try await test.put(articles, path: path) }
    try await test.index.replaceRegistry(new, analysis: AnalysisOptions())
    let fresh = try TestIndex(registry: new)
    for (path, articles) in files { try await fresh.put(articles, path: path) }
    #expect(try await difference(test.index, fresh.index) == [], "seed \(seed)")
    #expect(try await test.index.isRegistryStale() == false)
    try await test.index.replaceRegistry(old, analysis: AnalysisOptions())
    let first = try TestIndex(registry: old)
    for (path, articles) in files { try await first.put(articles, path: path) }
    #expect(try await difference(test.index, first.index) == [], "seed \(seed)")
  }
}

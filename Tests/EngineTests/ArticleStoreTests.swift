import ArasAPI
import Glibc
import TestSupport
import Testing
import TextAnalysis
import Xapian

@testable import Engine

@Suite struct ArticleStoreTests {
  /// Random writing and giving up, against a dictionary; opened again in between, with what a crash would leave behind.
  @Test func holdsWhatWasWrittenAndGivesUpWhatIsNobodys() throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    var known: [Int: (entry: ArticleEntry, article: StoredArticle)] = [:]
    func live() -> [UInt32: Int] { known.values.reduce(into: [:]) { $0[$1.entry.place.segment, default: 0] += $1.entry.byteCount } }
    var segmentsSeen: Set<UInt32> = []
    for round in 0..<8 {
      let store = try ArticleStore(directory: folder, segmentSize: 2_000...9_000)
      var appender = ArticleAppender(store, live: live())
      func put(_ key: Int, _ article: StoredArticle) throws {
        let data = article.encoded()
        let place = try appender.append(data)
        if let old = known[key] { appender.give(up: old.entry) }
        known[key] = (
          ArticleEntry(
            ordinal: UInt32(key), passages: 0, contentHash: 0, place: place, byteCount: data.count + ArticleSegment.headSize, title: nil),
          article
        )
      }
      for _ in 0..<120 {
        let key = Int.random(in: 0..<40, using: &random)
        if random.chance(30), let old = known.removeValue(forKey: key) {
          appender.give(up: old.entry)
        } else {
          try put(key, RecordSamples.stored(&random))
        }
        if let wasteful = appender.wasteful {
          for (key, value) in known where value.entry.place.segment == wasteful { try put(key, value.article) }
        }
        appender.removeUnused()
        segmentsSeen.formUnion(store.segments.byNumber.keys)
        let segments = store.segments
        for (_, value) in known {
          let read = segments.read(value.entry.place) { StoredArticle($0) }
          #expect(read?.record == value.article.record && read?.passages == value.article.passages, "seed \(seed), round \(round)")
        }
      }
      let used = known.values.reduce(0) { $0 + $1.entry.byteCount }
      #expect(store.segments.sizes.values.reduce(0, +) <= 2 * used + 2 * 9_000, "seed \(seed)")
      // A crash in the middle of the next article.
      if let last = store.segments.byNumber.max(by: { $0.key < $1.key })?.value {
        _ = try last.append((0..<Int.random(in: 1...50, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
      }
    }
    #expect(segmentsSeen.count > 3)
  }

  @Test func readersOfAnOlderMomentKeepWhatIsGivenUp() throws {
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    let store = try ArticleStore(directory: folder, segmentSize: 1...1)
    var random = SeededRandom(seed: 7)
    var appender = ArticleAppender(store, live: [:])
    let first = RecordSamples.stored(&random)
    let data = first.encoded()
    let place = try appender.append(data)
    let older = store.segments
    _ = try appender.append(data)
    appender.give(
      up: ArticleEntry(ordinal: 0, passages: 0, contentHash: 0, place: place, byteCount: data.count + ArticleSegment.headSize, title: nil))
    appender.removeUnused()
    #expect(store.segments.segment(of: place) == nil && access(ArticleSegment.path(folder, place.segment), F_OK) != 0)
    #expect(older.read(place) { $0.record } == first.record)
  }

  /// Edits beyond count: the store neither grows without end nor loses what is not edited.
  @Test func anIndexThatIsEditedAgainAndAgainStaysSmall() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load(), segmentSize: 20_000...20_000)
    for number in 0..<12 {
      try await test.add("still\(number).txt", "tango stays \(number) " + String(repeating: "quiet words. ", count: 40))
    }
    for round in 0..<300 {
      try await test.add("busy.txt", "foxtrot of round \(round). " + String(repeating: "Many loud words follow here. ", count: 30))
    }
    let folder = test.index.path + "/xapian"
    #expect(try ArticleStore(directory: folder).segments.sizes.values.reduce(0, +) < 100_000)
    #expect(try await test.search("tango stays") { $0.limit = 20 }.hits.count == 12)
    let hit = try #require(try await test.search("foxtrot").hits.first)
    #expect(hit.passages.first?.snippets.first?.text.contains("round 299") == true)
    await test.index.close()
    #expect(try IndexFolder.faults(path: test.index.path) == [])
    let again = try Index.open(
      path: test.index.path, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    #expect(again.rebuilt == nil)
    #expect(try await again.search(SearchRequest(q: "tango stays")).total.articles == 12)
    await again.close()
  }

  /// A segment that was cut short or is missing is noticed when the index is opened, not when a search comes upon it.
  @Test(arguments: [true, false]) func lostArticlesAreNoticed(isCut: Bool) async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    let path = ArticleSegment.path(test.index.path + "/xapian", 1)
    #expect((isCut ? truncate(path, 10) : unlink(path)) == 0)
    #expect(try IndexFolder.faults(path: test.index.path).first?.contains("1 of its articles are lost") == true)
    let again = try Index.open(
      path: test.index.path, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: IndexLimits(readers: 1))
    #expect(again.rebuilt?.contains("articles are lost") == true)
    #expect(try await again.search(SearchRequest(q: "tango")).total.articles == 0)
    await again.close()
  }

  @Test func aDamagedArticleIsNamedByTheCheck() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add("one.txt", "tango and foxtrot")
    await test.index.close()
    let path = ArticleSegment.path(test.index.path + "/xapian", 1)
    var bytes = try TestFolder.bytes(path)
    bytes[6] ^= 0xFF
    let file = open(path, O_WRONLY)
    #expect(pwrite(file, bytes, bytes.count, 0) == bytes.count)
    close(file)
    #expect(try IndexFolder.faults(path: test.index.path).first?.contains("1 of its articles cannot be read") == true)
  }
}

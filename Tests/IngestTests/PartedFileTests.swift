// Files of records that several threads prepare: what comes of them is what one thread would have made.
import Glibc
import Ingest
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct PartedFileTests {
  /// Lines of records, a good many of them long, bad or blank, with some ids that come again.
  private static func file(_ random: inout SeededRandom, lines: Int) -> (content: String, texts: [String], firstBad: Int?) {
    var content = Bool.random(using: &random) ? "\u{FEFF}" : ""
    var texts: [String] = []
    var firstBad: Int?
    for line in 1...lines {
      let text = "record \(line)" + String(repeating: " word", count: Int.random(in: 0...30, using: &random) == 0 ? 900 : 3)
      switch Int.random(in: 0..<20, using: &random) {
      case 0: content += "\r\n"
      case 1:
        content += "{\"text\": \n"
        firstBad = firstBad ?? line
      default:
        content += "{\"id\": \"\(line)\", \"text\": \"\(text)\"}" + (line < lines || Bool.random(using: &random) ? "\n" : "")
        texts.append(text)
      }
    }
    return (content, texts, firstBad)
  }

  @Test func partsAreHandedOnInTheirOrderWhoeverReadsThem() async throws {
    var random = SeededRandom(seed: .random(in: 0 ... .max))
    let seed = random.state
    for workers in [1, 2, 4] {
      let tree = try TemporaryTree()
      let files = (0..<3).map { _ in Self.file(&random, lines: .random(in: 1...700, using: &random)) }
      for (number, file) in files.enumerated() { tree.write("\(number).jsonl", file.content) }
      for number in 0..<20 { tree.write("small\(number).txt", "small \(number)") }
      let partBytes = Int.random(in: 1...5000, using: &random)
      let change: (inout IngestOptions) -> Void = {
        $0.workers = workers
        $0.limits.partBytes = partBytes
      }
      let index = FakeIndex()
      try await running(index, [tree.source], change: change) { service in
        await service.waitUntilReady()
        let skipped = service.snapshot().skipped
        for (number, file) in files.enumerated() {
          #expect(index.committed["src/\(number).jsonl"] ?? [] == file.texts, "seed \(seed), \(workers) workers, parts of \(partBytes)")
          let reason = skipped.first { $0.path == "src/\(number).jsonl" }?.reason
          if let line = file.firstBad {
            #expect(reason?.contains("at line \(line):") == true, "seed \(seed): \(reason ?? "no reason")")
          } else {
            #expect(file.texts.isEmpty || reason == nil, "seed \(seed)")
          }
        }
        #expect(index.committed["src/small7.txt"] == ["small 7"])
      }
    }
  }

  @Test func repeatedIdsAreToldAcrossParts() async throws {
    let tree = try TemporaryTree()
    tree.write("a.jsonl", (0..<300).map { "{\"id\": \"\($0 % 290)\", \"text\": \"text \($0)\"}\n" }.joined())
    try await running(FakeIndex(), [tree.source], change: { $0.limits.partBytes = 500 }) { service in
      await service.waitUntilReady()
      #expect(
        service.snapshot().skipped.map(\.reason) == ["10 records have the id of an earlier one and took its place, the first \"0\""])
    }
  }

  @Test func aFileOfBlankLinesIsEmptyHoweverLong() async throws {
    let tree = try TemporaryTree()
    tree.write("a.jsonl", String(repeating: "\n \n", count: 2000))
    try await running(FakeIndex(), [tree.source], change: { $0.limits.partBytes = 100 }) { service in
      await service.waitUntilReady()
      #expect(service.snapshot().skipped.map(\.reason) == ["empty: the file holds no record"])
    }
  }

  @Test func theSmallComeThroughBesideTheLarge() async throws {
    let tree = try TemporaryTree()
    tree.write("large.jsonl", (0..<3000).map { "{\"text\": \"large \($0)\"}\n" }.joined())
    for number in 0..<40 { tree.write("small\(number).txt", "small \(number)") }
    let index = FakeIndex()
    try await running(index, [tree.source], change: { ($0.limits.partBytes, $0.workers) = (1000, 3) }) { service in
      await service.waitUntilReady()
      #expect(index.committed.count == 41)
      #expect(index.committed["src/large.jsonl"] == (0..<3000).map { "large \($0)" })
    }
  }

  /// No thread gets beyond its first record before all have one.
  @Test func allThreadsReadAtOnce() async throws {
    let tree = try TemporaryTree()
    tree.write("large.jsonl", (0..<2000).map { "{\"text\": \"large \($0)\"}\n" }.joined())
    let threads = Mutex<Set<UInt>>([])
    let index = FakeIndex(preparing: { _, _ in
      threads.withLock { _ = $0.insert(pthread_self()) }
      for _ in 0..<20_000 where threads.withLock({ $0.count }) < 3 { usleep(1000) }
    })
    try await running(index, [tree.source], change: { ($0.limits.partBytes, $0.workers) = (1000, 3) }) { await $0.waitUntilReady() }
    #expect(threads.withLock { $0.count } == 3)
    #expect(index.committed["src/large.jsonl"]?.count == 2000)
  }

  /// A thread that has begun with a later file, and cannot hand on what it has, helps with the one that is being applied.
  @Test func whoWaitsForAnEarlierFileHelpsWithIt() async throws {
    let tree = try TemporaryTree()
    for name in ["a", "b"] { tree.write("\(name).jsonl", (0..<4000).map { "{\"text\": \"\(name) \($0)\"}\n" }.joined()) }
    let threads = Mutex<[String: Set<UInt>]>([:])
    let index = FakeIndex(preparing: { path, _ in
      threads.withLock { _ = $0[path, default: []].insert(pthread_self()) }
      // Slowly, until both threads read it.
      for _ in 0..<20 where threads.withLock({ $0[path]?.count ?? 0 }) < 2 { usleep(100) }
    })
    try await running(index, [tree.source], change: { $0.limits.partBytes = 1000 }) { await $0.waitUntilReady() }
    #expect(threads.withLock { $0["src/a.jsonl"]?.count ?? 0 } == 2 || threads.withLock { $0["src/b.jsonl"]?.count ?? 0 } == 2)
    for name in ["a", "b"] { #expect(index.committed["src/\(name).jsonl"] == (0..<4000).map { "\(name) \($0)" }) }
  }
}

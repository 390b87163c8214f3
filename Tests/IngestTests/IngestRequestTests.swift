import Ingest
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct IngestRequestTests {
  @Test func reindexLooksAtWhatIsAskedAndTellsHowFarItIs() async throws {
    let tree = try TemporaryTree()
    tree.makeFolder("a")
    for number in 0..<5 { tree.write("a/\(number).txt", "text") }
    tree.write("b.txt", "text")
    let index = FakeIndex()
    try await settling(index, [tree.source])
    try await running(index, [tree.source]) { service in
      await service.waitUntilReady()
      index.state.withLock { $0.log = [] }
      let idle = try await service.reindex(paths: ["src/a"], full: false)
      #expect(idle.queued == 0)
      for await _ in idle.progress {}
      let full = try await service.reindex(paths: ["src/a", "src/b.txt", "nowhere"], full: true)
      #expect(full.queued == 6)
      #expect(full.unknown == ["nowhere"])
      var last: IngestProgress?
      for await progress in full.progress { last = progress }
      #expect(last?.done == 6 && last?.total == 6)
      #expect(index.log.count == 6)
      let absolute = try await service.reindex(paths: [tree.path + "/a/1.txt"], full: true)
      #expect(absolute.queued == 1)
      let everything = try await service.reindex(paths: [], full: true)
      #expect(everything.queued == 6)
    }
  }

  @Test func afterTheEndNothingIsPromised() async throws {
    let tree = try TemporaryTree()
    let index = FakeIndex()
    let kept = Mutex<IngestService<FakeIndex>?>(nil)
    try await running(index, [tree.source]) { service in
      kept.withLock { $0 = service }
      await service.waitUntilReady()
    }
    let service = try #require(kept.withLock { $0 })
    await #expect(throws: IngestStopped.self) { try await service.reindex(paths: [], full: true) }
    await #expect(throws: IngestStopped.self) { try await service.exclusively {} }
  }

  @Test func exclusiveWorkOverlapsNothingAndBringsNewWorkers() async throws {
    let tree = try TemporaryTree()
    let busy = Mutex(0)
    let index = FakeIndex(preparing: { _, _ in busy.withLock { $0 += 1 } })
    for number in 0..<50 { tree.write("\(number).txt", "text \(number)") }
    try await running(index, [tree.source]) { service in
      let before = try await service.exclusively {
        index.state.withLock { state in
          state.generation = 1
          #expect(state.open == nil)
          #expect(state.texts == state.committed)
        }
        return busy.withLock { $0 }
      }
      #expect(before <= 50)
      await index.until { $0.committed.count == 50 }
      tree.write("after.txt", "after")
      await index.until("src/after.txt", is: ["after"])
      #expect(index.state.withLock { $0.workers.contains(1) })
    }
  }

  @Test func aLongFileIsHandedOnInPiecesAndTheEndNeedNotWaitForIt() async throws {
    let tree = try TemporaryTree()
    tree.write("many.jsonl", String(repeating: "{\"text\": \"a record\"}\n", count: 20_000))
    let gate = AsyncStream.makeStream(of: Void.self)
    let count = Mutex(0)
    let index = FakeIndex(preparing: { _, _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      if number == 200 { gate.continuation.yield() }
    })
    try await running(index, [tree.source]) { service in
      for await _ in gate.stream { break }
      service.stop()
    }
    let interrupted = try #require(try await index.files().first)
    let isWhole = interrupted.articles == 20_000
    #expect(isWhole || interrupted.fingerprint.size == -1)
    try await running(index, [tree.source]) { await $0.waitUntilReady() }
    #expect(index.committed["src/many.jsonl"]?.count == 20_000)
  }

  @Test func onePassEndsByItself() async throws {
    let tree = try TemporaryTree()
    for number in 0..<30 { tree.write("\(number).txt", "text \(number)") }
    let index = FakeIndex()
    let ended = Mutex(false)
    try await running(index, [tree.source], change: { $0.keepsWatching = false }) { service in
      await service.waitUntilReady()
      ended.withLock { $0 = true }
    }
    #expect(index.committed.count == 30)
    #expect(ended.withLock { $0 })
  }
}

import ArasAPI
import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import Engine

@Suite struct ReaderTests {
  /// Every file has as many articles as every other, and each article two passages: a search that saw half a commit would not add up.
  @Test func searchesDuringCommitsSeeWholeRevisions() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load(), readers: 3)
    let rounds = 25
    let articles = (0..<10).map { number in
      CorpusArticle(key: "\(number)", parts: [.init(text: "Alphaland tango"), .init(text: "Betaland zulu")])
    }
    try await test.put(articles, path: "0.jsonl")
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 {
        group.addTask {
          var searches = 0
          while true {
            let result = try await test.search("tango OR zulu") {
              $0.facets = [FacetSpec(.actor), FacetSpec(.kind)]
              $0.limit = 3
            }
            searches += 1
            #expect(result.total.articles % 10 == 0 && result.total.passages == 2 * result.total.articles)
            #expect(result.facets[.actor]?.values.map(\.count) == [result.total.articles, result.total.articles])
            #expect(result.facets[.kind]?.values.first?.passages == result.total.passages)
            #expect(result.hits.count == 3 && result.hits.allSatisfy { $0.passagesMatched == 2 && $0.passages.count == 2 })
            if result.total.articles == rounds * 10 { return searches }
          }
        }
      }
      group.addTask {
        for round in 1..<rounds {
          try await test.put(articles, path: "\(round).jsonl")
          // Some are rewritten besides, which changes nothing that counts.
          var changed = articles
          changed[3].title = "Round \(round)"
          try await test.put(changed, path: "\(round / 2).jsonl")
        }
        return 0
      }
      for try await _ in group {}
    }
  }

  /// Runs tasks where they are made ready.
  private final class Inline: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) { UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor()) }
  }

  /// Whether a read ran on the thread that asked for it.
  private static func readsInPlace(_ index: Index, isPatient: Bool) async -> Bool {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let thread = pthread_self()
        let isOver = DispatchSemaphore(value: 0)
        @Sendable func read() {
          Task(executorPreference: Inline()) {
            let isHere = try? await index.reading { _, _ in pthread_equal(pthread_self(), thread) != 0 }
            continuation.resume(returning: isHere ?? false)
            isOver.signal()
          }
        }
        PatientThread.run(isPatient, read)
        isOver.wait()
      }
    }
  }

  @Test func aThreadThatMayBeKeptReadsItself() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load(), readers: 1)
    #expect(await Self.readsInPlace(test.index, isPatient: true))
    #expect(await !Self.readsInPlace(test.index, isPatient: false))
    // While the one reader is taken, it waits in line like any other.
    let release = Mutex(false)
    let (taken, take) = AsyncStream<Void>.makeStream()
    let other = Task {
      try await test.index.reading { _, _ in
        take.finish()
        while !release.withLock({ $0 }) { usleep(1000) }
      }
    }
    for await _ in taken {}
    let waiting = Task { await Self.readsInPlace(test.index, isPatient: true) }
    while test.index.readers.waiting == 0 { await Task.yield() }
    release.withLock { $0 = true }
    #expect(await !waiting.value)
    try await other.value
    #expect(await Self.readsInPlace(test.index, isPatient: true))
  }

  @Test func aClosedIndexRefusesSearches() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    await test.index.close()
    await #expect(throws: APIError.self) { try await test.search("tango") }
  }
}

import Articles
import Dispatch
import Ingest
import Synchronization
import TestSupport
import Testing

/// An index that is a dictionary: what was written is visible after the commit.
final class FakeIndex: IndexTarget {
  typealias Prepared = String
  final class Worker {
    let generation: Int
    init(generation: Int) { self.generation = generation }
  }

  struct Fault: Error {}

  struct State {
    var written: [String: IndexedFile] = [:]
    var texts: [String: [String]] = [:]
    var committed: [String: [String]] = [:]
    var open: (path: String, source: String)?
    var revision: UInt64 = 0
    var log: [String] = []
    var largestChunk = 0
    /// Commits that fail before one succeeds.
    var passing = 0
    var failingCommits = 0
    var generation = 0
    var workers: Set<Int> = []
    var waiting: [Int: (test: @Sendable (State) -> Bool, resume: CheckedContinuation<Bool, Never>)] = [:]
    var waits = 0
    /// Set when a wait was given up: those after it are not worth their time.
    var hasGivenUp = false
  }

  let state: Mutex<State>
  /// Called on the preparing thread with the path and the text.
  let preparing: @Sendable (String, String) throws -> Void

  init(
    _ files: [IndexedFile] = [], texts: [String: [String]] = [:],
    preparing: @escaping @Sendable (String, String) throws -> Void = { _, _ in }
  ) {
    var state = State()
    for file in files { state.written[file.path] = file }
    state.texts = texts
    state.committed = texts
    self.state = Mutex(state)
    self.preparing = preparing
  }

  var committed: [String: [String]] { state.withLock { $0.committed } }
  var log: [String] { state.withLock { $0.log } }

  /// Returns once a commit leaves a state that passes; records an issue when none comes.
  func until(sourceLocation: SourceLocation = #_sourceLocation, _ test: @escaping @Sendable (State) -> Bool) async {
    if state.withLock({ $0.hasGivenUp }) { return }
    let passed = await withCheckedContinuation { continuation in
      let number = state.withLock { state -> Int? in
        if test(state) { return nil }
        state.waits += 1
        state.waiting[state.waits] = (test, continuation)
        return state.waits
      }
      guard let number else { return continuation.resume(returning: true) }
      DispatchQueue.global().asyncAfter(deadline: .now() + patience) { [weak self] in self?.giveUp(waiting: number) }
    }
    if passed { return }
    let committed = committed.sorted { $0.key < $1.key }.prefix(100).map { "\($0.key): \($0.value.prefix(10))" }
    Issue.record(
      "the index did not come to the state waited for; it holds\n\(committed.joined(separator: "\n"))", sourceLocation: sourceLocation)
  }

  private func giveUp(waiting number: Int) {
    let continuation = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      guard let waiting = state.waiting.removeValue(forKey: number) else { return nil }
      state.hasGivenUp = true
      return waiting.resume
    }
    continuation?.resume(returning: false)
  }

  func until(_ path: String, is texts: [String]?, sourceLocation: SourceLocation = #_sourceLocation) async {
    await until(sourceLocation: sourceLocation) { $0.committed[path] == texts }
  }

  func files() async throws -> [IndexedFile] { state.withLock { Array($0.written.values) } }

  func makeWorker() -> Worker {
    state.withLock { state in
      state.workers.insert(state.generation)
      return Worker(generation: state.generation)
    }
  }

  func prepare(_ article: Article, path: String, source: String, with worker: Worker) throws -> String {
    let text = String(decoding: article.text, as: UTF8.self)
    try preparing(path, text)
    return text
  }

  func beginFile(path: String, source: String) async throws {
    state.withLock { state in
      state.log.append("begin \(path)")
      state.open = (path, source)
      state.texts[path] = nil
      state.written[path] = IndexedFile(
        path: path, source: source, fingerprint: Fingerprint(size: 0, modified: 0, hash: 0), articles: 0, isComplete: false)
    }
  }

  func addArticles(_ articles: [String]) async throws {
    try state.withLock { state in
      guard let open = state.open else { throw Fault() }
      if articles.contains("refuse me") { throw FileRejection(reason: "the index refuses this text") }
      state.largestChunk = max(state.largestChunk, articles.count)
      state.texts[open.path, default: []] += articles
    }
  }

  func endFile(fingerprint: Fingerprint, failure: String?) async throws {
    try state.withLock { state in
      guard let open = state.open else { throw Fault() }
      state.open = nil
      state.written[open.path] = IndexedFile(
        path: open.path, source: open.source, fingerprint: fingerprint, articles: state.texts[open.path]?.count ?? 0, failure: failure)
    }
  }

  func touchFile(path: String, fingerprint: Fingerprint) async throws {
    state.withLock { state in
      state.log.append("touch \(path)")
      state.written[path]?.fingerprint = fingerprint
    }
  }

  func removeFile(path: String) async throws {
    state.withLock { state in
      state.log.append("remove \(path)")
      state.texts[path] = nil
      state.written[path] = nil
    }
  }

  /// Puts every other one off.
  func commitInPassing() async throws -> UInt64? {
    let isPutOff = state.withLock { state in
      state.passing += 1
      return state.passing % 2 == 1
    }
    return isPutOff ? nil : try await commit()
  }

  func commit() async throws -> UInt64 {
    let (revision, waiting) = try state.withLock { state in
      if state.failingCommits > 0 {
        state.failingCommits -= 1
        // What was not committed is lost, as in an index that rolls back.
        state.texts = state.committed
        state.written = state.written.filter { state.committed[$0.key] != nil }
        throw Fault()
      }
      state.revision += 1
      state.committed = state.texts
      let snapshot = state
      let passing = state.waiting.filter { $0.value.test(snapshot) }
      for number in passing.keys { state.waiting[number] = nil }
      return (state.revision, passing.values.map(\.resume))
    }
    for continuation in waiting { continuation.resume(returning: true) }
    return revision
  }
}

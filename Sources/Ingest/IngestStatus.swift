// What ingest says of itself while it works.
import FileWatch
import Synchronization

/// How far the work at hand is.
package struct IngestProgress: Sendable, Equatable {
  package var done: Int
  package var total: Int
  /// Files a second.
  package var rate: Double

  package init(done: Int, total: Int, rate: Double) {
    self.done = done
    self.total = total
    self.rate = rate
  }
}

/// A file that gives no articles, or not all of them.
package struct SkippedFile: Sendable, Equatable {
  package var path: String
  package var source: String
  package var reason: String
}

package struct SourceStatus: Sendable, Equatable {
  package var name: String
  package var path: String
  package var files: Int
  /// Why its changes are looked for from time to time instead of being told by the system.
  package var polledBecause: String?
  /// Why there is nothing to see of it now; what was indexed before stays.
  package var missingBecause: String?
}

/// The state of ingest at one moment.
package struct IngestSnapshot: Sendable {
  package enum State: String, Sendable {
    case indexing, ready
  }

  package var state = State.indexing
  /// While indexing.
  package var progress: IngestProgress?
  /// Files waiting or being looked at.
  package var queueDepth = 0
  package var lastError: String?
  /// When the last error happened, nanoseconds since 1970.
  package var lastErrorTime: Int64?
  /// The revision of the last commit by ingest.
  package var revision: UInt64?
  /// By path.
  package var skipped: [SkippedFile] = []
  package var sources: [SourceStatus] = []
}

/// Where the working task writes its state and anybody reads it.
final class StatusBoard: Sendable {
  private struct State {
    var snapshot = IngestSnapshot()
    /// By the bytes of the path.
    var skipped: [[UInt8]: SkippedFile] = [:]
    var waiting: [CheckedContinuation<Void, Never>] = []
    var stopped = false
  }

  private let state = Mutex(State())

  init(sources: [SourceStatus]) {
    state.withLock { $0.snapshot.sources = sources }
  }

  func snapshot() -> IngestSnapshot {
    var (snapshot, skipped) = state.withLock { ($0.snapshot, $0.skipped) }
    snapshot.skipped = skipped.values.sorted { $0.path < $1.path }
    return snapshot
  }

  func update(_ body: (inout IngestSnapshot) -> Void) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      body(&state.snapshot)
      guard state.snapshot.state == .ready else { return [] }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func fail(_ message: String) {
    update {
      $0.lastError = message
      $0.lastErrorTime = wallClockNow()
    }
  }

  func skip(_ path: String, source: String, reason: String?) {
    state.withLock { $0.skipped[Array(path.utf8)] = reason.map { SkippedFile(path: path, source: source, reason: $0) } }
  }

  func replaceSkipped(_ files: [SkippedFile]) {
    state.withLock { state in
      state.skipped = Dictionary(files.map { (Array($0.path.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Returns when nothing is left to do, or when ingest ended.
  func waitUntilReady() async {
    await withCheckedContinuation { continuation in
      let over = state.withLock { state in
        let over = state.stopped || state.snapshot.state == .ready
        if !over { state.waiting.append(continuation) }
        return over
      }
      if over { continuation.resume() }
    }
  }

  func stop() {
    let waiting = state.withLock { state in
      state.stopped = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

// The door before the readers. A request that finds too many waiting is told at once to come again, and when, instead of
// waiting for longer than its answer is worth.

import ArasAPI
import Synchronization

/// Counts the requests in work and refuses those past the limit.
package final class Admission: Sendable {
  private struct State {
    var running = 0
    /// Mean time of a request in milliseconds, the latest weighing an eighth.
    var meanMilliseconds = 20.0
  }

  private let state = Mutex(State())
  private let readers: Int
  private let capacity: Int

  /// `readers` requests are worked on at once and `queue` more may wait.
  package init(readers: Int, queue: Int) {
    self.readers = max(1, readers)
    capacity = self.readers + queue
  }

  /// Runs `body` inside the door, or throws `busy`.
  func admit<Result>(_ body: () async throws -> Result) async throws -> Result {
    try enter()
    let start = ContinuousClock.now
    defer { leave(after: ContinuousClock.now - start) }
    return try await body()
  }

  private func enter() throws(APIError) {
    let wait = state.withLock { state -> Int? in
      guard state.running >= capacity else {
        state.running += 1
        return nil
      }
      let milliseconds = state.meanMilliseconds * Double(capacity) / Double(readers) / 2
      return Int(min(5_000, max(10, milliseconds)))
    }
    if let wait { throw .busy("too many requests are waiting; try again in \(wait) ms", retryAfterMs: wait) }
  }

  private func leave(after duration: Duration) {
    let milliseconds = Double(duration.components.seconds) * 1_000 + Double(duration.components.attoseconds) / 1e15
    state.withLock {
      $0.running -= 1
      $0.meanMilliseconds += (milliseconds - $0.meanMilliseconds) / 8
    }
  }
}

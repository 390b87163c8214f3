// Waiting that comes to an end: what never happens fails its own test instead of holding up all of them.
import Dispatch
import Synchronization

/// How long a test waits for something that is to happen at once, seconds.
package let patience = 60.0

/// Thrown in place of waiting any longer.
package struct GaveUp: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

/// Runs `body` in a task of its own. Past its time it is cancelled and left behind, whatever it waits for, and this throws.
package func patiently<Value: Sendable>(
  _ what: String, seconds: Double = patience, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let outcome = Outcome<Value>()
  let task = Task {
    do {
      outcome.settle(.success(try await body()))
    } catch {
      outcome.settle(.failure(error))
    }
  }
  // Not a task: a timer must go off even when every thread of the pool is held up.
  DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
    if outcome.settle(.failure(GaveUp(description: "gave up after \(Int(seconds)) s: \(what)"))) { task.cancel() }
  }
  return try await outcome.value()
}

/// A result that is given once and waited for by one.
private final class Outcome<Value: Sendable>: Sendable {
  private enum State {
    case open
    case waiting(CheckedContinuation<Value, any Error>)
    case settled(Result<Value, any Error>)
  }

  private let state = Mutex(State.open)

  /// Returns false when it was settled before.
  @discardableResult
  func settle(_ result: Result<Value, any Error>) -> Bool {
    let (isFirst, waiting) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
      switch state {
      case .settled: return (false, nil)
      case .open:
        state = .settled(result)
        return (true, nil)
      case .waiting(let continuation):
        state = .settled(result)
        return (true, continuation)
      }
    }
    waiting?.resume(with: result)
    return isFirst
  }

  func value() async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let settled = state.withLock { state -> Result<Value, any Error>? in
        if case .settled(let result) = state { return result }
        state = .waiting(continuation)
        return nil
      }
      if let settled { continuation.resume(with: settled) }
    }
  }
}

/// Does something once patience is over, unless it is cancelled before.
package final class Alarm: Sendable {
  private let isOff = Atomic(false)

  package init(_ body: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + patience) { [weak self] in
      if let self, !self.isOff.load(ordering: .relaxed) { body() }
    }
  }

  package func cancel() {
    isOff.store(true, ordering: .relaxed)
  }
}

import Dispatch
import TestSupport

/// Holds a thread until it is opened, or until nobody can be waiting for that any more.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  func wait() { _ = semaphore.wait(timeout: .now() + patience) }
  func open() { semaphore.signal() }
}

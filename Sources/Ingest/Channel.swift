// Between the preparing threads, which may block, and the applying task, which may not.
import Dispatch
import Synchronization

/// A short queue from one thread to one task: the thread waits while it is full, the task while it is empty.
final class Channel<Element: Sendable>: Sendable {
  private struct State {
    var buffer: [Element] = []
    var receiver: CheckedContinuation<Element, Never>?
  }

  private let state = Mutex(State())
  private let room: DispatchSemaphore

  init(capacity: Int) {
    // Raised from zero: a semaphore must not end below the value that it was made with.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<capacity { room.signal() }
  }

  /// Blocks the thread while the queue is full.
  func send(_ element: Element) {
    room.wait()
    put(element)
  }

  /// Blocks the thread while the queue is full, but not for longer than a few milliseconds.
  /// - Returns: whether the element was taken.
  func trySend(_ element: Element) -> Bool {
    guard room.wait(timeout: .now() + .milliseconds(5)) == .success else { return false }
    put(element)
    return true
  }

  private func put(_ element: Element) {
    let receiver = state.withLock { state -> CheckedContinuation<Element, Never>? in
      if let receiver = state.receiver {
        state.receiver = nil
        return receiver
      }
      state.buffer.append(element)
      return nil
    }
    receiver?.resume(returning: element)
  }

  /// Waits for the next element. One receiver only.
  func receive() async -> Element {
    let element = await withCheckedContinuation { continuation in
      let ready = state.withLock { state -> Element? in
        if state.buffer.isEmpty {
          state.receiver = continuation
          return nil
        }
        return state.buffer.removeFirst()
      }
      if let ready { continuation.resume(returning: ready) }
    }
    room.signal()
    return element
  }
}

/// Work for several threads, in order.
final class JobQueue<Job: Sendable>: Sendable {
  private struct State {
    var jobs: [Job] = []
    var head = 0
  }

  private let state = Mutex(State())
  private let available = DispatchSemaphore(value: 0)

  func put(_ job: Job) {
    state.withLock { $0.jobs.append(job) }
    available.signal()
  }

  /// The next job; nil when the queue is closed and empty.
  func take() -> Job? {
    available.wait()
    let job = state.withLock { state -> Job? in
      guard state.head < state.jobs.count else { return nil }
      defer {
        state.head += 1
        if state.head == state.jobs.count {
          state.jobs.removeAll(keepingCapacity: true)
          state.head = 0
        }
      }
      return state.jobs[state.head]
    }
    // Whoever finds it closed passes the news on.
    if job == nil { available.signal() }
    return job
  }

  /// The first job of some kind; nil where none waits.
  func take(where isWanted: (Job) -> Bool) -> Job? {
    guard available.wait(timeout: .now()) == .success else { return nil }
    let job = state.withLock { state -> Job? in
      guard let place = state.jobs.indices.dropFirst(state.head).first(where: { isWanted(state.jobs[$0]) }) else { return nil }
      return state.jobs.remove(at: place)
    }
    if job == nil { available.signal() }
    return job
  }

  /// Whether no job waits for a thread.
  var isEmpty: Bool { state.withLock { $0.head == $0.jobs.count } }

  func close() {
    available.signal()
  }
}

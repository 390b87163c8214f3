// Jobs one after the other on a thread of their own, which can stand back behind those that somebody waits for. The thread is there while
// there are jobs.
import Dispatch
import Glibc
import Synchronization

final class AsideQueue: Sendable {
  /// Given what lets everything else run first, from there to the end of the jobs that are waiting.
  typealias Job = @Sendable (_ standBack: () -> Void) -> Void

  private struct State {
    var jobs: [Job] = []
    var isRunning = false
  }

  private let state = Mutex(State())

  /// How far a thread stands back: in a crowd it gets a tenth of what others get.
  private static let niceness: Int32 = 10

  func async(_ job: @escaping Job) {
    let starts = state.withLock { state in
      state.jobs.append(job)
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if starts { start() }
  }

  /// Of the calling thread alone: Linux counts niceness by thread.
  private static func standBack() { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }

  private func start() {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let queue = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, &attributes,
      { context in
        if let context { Unmanaged<AsideQueue>.fromOpaque(context).takeRetainedValue().run(standBack: AsideQueue.standBack) }
        return nil
      }, queue.toOpaque())
    if failed == 0 { return }
    // No thread to be had: one of those that there are does it.
    queue.release()
    DispatchQueue.global(qos: .utility).async { self.run {} }
  }

  private func run(standBack: () -> Void) {
    while true {
      let jobs = state.withLock { state in
        defer { state.jobs = [] }
        if state.jobs.isEmpty { state.isRunning = false }
        return state.jobs
      }
      if jobs.isEmpty { return }
      for job in jobs { job(standBack) }
    }
  }
}

// Where connections begin and end.

import Dispatch

/// Runs tasks one after the other on a thread that is there when it is needed, however busy the cooperative pool is. For what is soon done.
final class QueueExecutor: TaskExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

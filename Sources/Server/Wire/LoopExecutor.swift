// Where the tasks of a connection run.

import NIOCore

/// Runs the tasks of a connection that read and send for it on its event loop, so that no other thread is woken.
/// What keeps a thread busy itself belongs elsewhere.
final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

// Where the requests of a connection are worked on.

/// Runs a task on the thread that makes it ready: a request begins on the event loop that has read it and ends, with the writing and sending
/// of the reply, on the reader that has found the answer. No thread is woken for it but the reader's.
///
/// Whoever resumes such a task works for it up to where it waits again, so it is for what is soon done.
final class InPlaceExecutor: TaskExecutor {
  static let shared = InPlaceExecutor()

  func enqueue(_ job: consuming ExecutorJob) { UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor()) }
}

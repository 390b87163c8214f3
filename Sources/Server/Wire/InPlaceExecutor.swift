// Where the requests of a connection are worked on.

/// Runs a task on the thread that makes it ready: a request begins on the thread that has read it, and goes on, to the sending of the reply, on the
/// one that has found the answer, most often the same. No thread is woken for it but the reader's, where that has to be another.
///
/// Whoever resumes such a task works for it up to where it waits again, so it is for what is soon done.
final class InPlaceExecutor: TaskExecutor {
  static let shared = InPlaceExecutor()

  func enqueue(_ job: consuming ExecutorJob) { UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor()) }
}

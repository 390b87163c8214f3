// Readers of the index: each has a database handle and an analyser of its own and works for one query after the other, on the thread that
// asks where that may be kept, else on a queue of its own. A query waits in line until a reader is free; when the line is too long it is told
// to come again.
import ArasAPI
import DequeModule
import Dispatch
import Glibc
import Synchronization
import TextAnalysis
import Xapian

/// What one query may touch, and no two at once.
final class Reader {
  let view: DatabaseView
  private(set) var analyzer: Analyzer
  private var generation: Int

  init(_ files: IndexFiles, analysis: AnalysisSetting) throws(XapianError) {
    view = try DatabaseView(files)
    analyzer = Analyzer(options: analysis.options)
    generation = analysis.generation
  }

  func adopt(_ analysis: AnalysisSetting) {
    guard analysis.generation != generation else { return }
    analyzer = Analyzer(options: analysis.options)
    generation = analysis.generation
  }
}

final class ReaderPool: Sendable {
  /// A reader and its queue. Sendable because the reader is touched only by the one job that has taken the slot, whatever its thread.
  private struct Slot: @unchecked Sendable {
    let reader: Reader
    let queue: DispatchQueue
  }

  /// Works, and returns what tells who asked; the slot is not needed for that.
  private typealias Job = @Sendable (Slot) -> @Sendable () -> Void

  private struct Line {
    var idle: [Slot]
    var waiting: Deque<Job> = []
    var isClosed = false
  }

  private enum Outcome { case start(Slot), queued, full, closed }

  private let line: Mutex<Line>
  private let slots: Int
  private let longestLine: Int
  private let holder: SnapshotHolder
  let cores: SpareCores

  /// Reopenings after which a query that keeps falling behind is given up.
  private static let mostReopenings = 8
  /// How long the queries under way have when the daemon stops.
  private static let patience = Duration.seconds(5)
  /// Waits of 200 µs for a committed revision to be published.
  private static let mostPauses = 5000

  init(_ files: IndexFiles, _ limits: IndexLimits, longestLine: Int, holder: SnapshotHolder) throws(XapianError) {
    cores = SpareCores(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), leastDocuments: limits.leastShared)
    var slots: [Slot] = []
    for number in 0..<max(1, limits.readers) {
      slots.append(
        Slot(
          reader: try Reader(files, analysis: holder.snapshot.analysis),
          queue: DispatchQueue(label: "aras.reader.\(number)", qos: .userInitiated)))
    }
    line = Mutex(Line(idle: slots))
    self.slots = slots.count
    self.longestLine = longestLine
    self.holder = holder
  }

  /// Runs a query on a reader that stands at the newest snapshot.
  func run<Result: Sendable>(_ body: @escaping @Sendable (Reader, Snapshot) throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      submit(continuation) { slot in
        let result = Swift.Result { try self.attempt(slot.reader, body) }
        return { continuation.resume(with: result) }
      }
    }
  }

  private func submit<Result>(_ continuation: CheckedContinuation<Result, any Error>, _ job: @escaping Job) {
    let outcome: Outcome = line.withLock { line in
      if line.isClosed { return .closed }
      if let slot = line.idle.popLast() { return .start(slot) }
      if line.waiting.count >= longestLine { return .full }
      line.waiting.append(job)
      return .queued
    }
    switch outcome {
    case .start(let slot): if PatientThread.isCurrent { work(job, slot) } else { start(job, on: slot) }
    case .queued: break
    case .full: continuation.resume(throwing: APIError.busy("too many queries are waiting; try again in a moment", retryAfterMs: 100))
    case .closed: continuation.resume(throwing: APIError.indexUnavailable("the daemon is stopping"))
    }
  }

  private func start(_ job: @escaping Job, on slot: Slot) {
    slot.queue.async { self.work(job, slot) }
  }

  private func work(_ job: Job, _ slot: Slot) {
    cores.takeOne()
    let tell = job(slot)
    cores.giveBack()
    finish(slot)
    tell()
  }

  private func finish(_ slot: Slot) {
    let next: Job? = line.withLock { line in
      let next = line.waiting.popFirst()
      if next == nil { line.idle.append(slot) }
      return next
    }
    if let next { start(next, on: slot) }
  }

  /// Runs the body on a reader and a snapshot of the same revision. A commit in between is met by reopening and running again: the user
  /// never sees it.
  private func attempt<Result>(_ reader: Reader, _ body: (Reader, Snapshot) throws -> Result) throws -> Result {
    var reopenings = 0
    var pauses = 0
    while true {
      let snapshot = holder.snapshot
      do {
        if reader.view.revision != snapshot.revision { try reader.view.reopen() }
        if reader.view.revision != snapshot.revision, pauses < Self.mostPauses {
          // The writer has committed and is about to publish.
          pauses += 1
          usleep(200)
          continue
        }
        reader.view.clear()
        reader.view.stand(at: snapshot.columns, snapshot.tags)
        reader.adopt(snapshot.analysis)
        return try body(reader, snapshot)
      } catch let error as XapianError where error.isRetriable || error.isNotFound {
        reopenings += 1
        guard reopenings < Self.mostReopenings else {
          throw APIError.indexUnavailable("the index changes faster than this query can be answered; try again")
        }
        guard error.isRetriable(onNewer: try reader.view.reopen()) else { throw error }
      }
    }
  }

  /// Queries that wait for a reader.
  var waiting: Int { line.withLock { $0.waiting.count } }

  /// Takes no new queries, and waits for those that there are, but not for long.
  func close() async {
    line.withLock { $0.isClosed = true }
    let end = ContinuousClock.now + Self.patience
    while line.withLock({ $0.idle.count < slots }), ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(5)) }
  }
}

// The way of one file on a preparing thread: look, read, compare, extract, prepare.
import Articles
import FileWatch
import Synchronization

/// What a preparing thread is asked to do.
struct Job<Prepared: Sendable>: Sendable {
  enum Work: Sendable {
    /// `known` is what the index has of it; `insist` takes a file that never comes to rest as it is.
    case file(FileID, Trigger, known: IndexedFile?, insist: Bool)
    case scan(source: Int, under: BytePath)
    /// To read parts of a file that another thread has begun.
    case help(PartedFile<Prepared>)
  }

  enum Message: Sendable {
    case articles([Prepared], bytes: Int)
    case outcome(FileOutcome, target: BytePath?)
    case scanned(Walk)
  }

  var work: Work
  var isUrgent = false
  var channel = Channel<Message>(capacity: 4)
}

/// Says to the preparing threads that the program is ending.
final class StopFlag: Sendable {
  private let flag = Atomic(false)
  func raise() { flag.store(true, ordering: .relaxed) }
  var isRaised: Bool { flag.load(ordering: .relaxed) }
}

struct FilePreparation<Target: IndexTarget> {
  let target: Target
  let sources: [Source]
  let limits: IngestLimits
  let stop: StopFlag
  let queue: JobQueue<Job<Target.Prepared>>
  /// Threads that prepare.
  let threads: Int

  func run(_ job: Job<Target.Prepared>, with worker: Target.Worker) {
    switch job.work {
    case .scan(let source, let under):
      job.channel.send(.scanned(TreeWalker(root: sources[source].root, filter: sources[source].filter).walk(from: under)))
    case .help(let file): help(file, with: worker)
    case .file(let id, let trigger, let known, let insist):
      let source = sources[id.source]
      var link: BytePath?
      let outcome: FileOutcome
      switch source.filter.takesFromRoot(file: id.path) ? source.root.resolve(id.path) : .gone {
      case .gone: outcome = .gone
      case .passedOver(let reason): outcome = .passedOver(reason)
      case .file(let file):
        link = file.target
        outcome = look(file, of: source, trigger, known: known, insist: insist, job.channel, worker)
      }
      job.channel.send(.outcome(outcome, target: link))
    }
  }

  private func look(
    _ file: WalkedFile, of source: Source, _ trigger: Trigger, known: IndexedFile?, insist: Bool,
    _ channel: Channel<Job<Target.Prepared>.Message>, _ worker: Target.Worker
  ) -> FileOutcome {
    if trigger == .compare, let known, known.isComplete, known.failure == nil || known.articles > 0,
      known.fingerprint.isOf(file.status), mayRead(source.root.absolute(file.target ?? file.path))
    {
      return .unchanged
    }
    let shown = source.shown(file.path)
    let bare = Fingerprint(file.status)
    if let reason = tooLarge(file, source) { return .failed(bare, reason) }
    let started = wallClockNow()
    let bytes: [UInt8]
    let status: FileStatus
    let path = source.root.absolute(file.target ?? file.path)
    switch FileReader.read(path, insist: insist, closed: trigger != .compare, patience: limits.writersPatience) {
    case .content(let content, let found): (bytes, status) = (content, found)
    case .unsettled: return .unsettled
    case .gone: return .gone
    case .failed(let reason): return .failed(bare, "the file cannot be read: \(reason)")
    }
    // Times advance in steps of some milliseconds: a file changed in this very step may be changed again without showing it.
    // Only `changed` is asked: nobody can set it, so that a file dated into the future is trusted too.
    let sure = !insist && started - status.changed > 20_000_000
    var fingerprint = Fingerprint(status, hash: bytes.withUnsafeBytes { contentHash($0) })
    fingerprint.size = Int64(bytes.count)
    if !sure { fingerprint.modified = -1 }
    if trigger != .force, let known, known.isComplete, known.failure == nil || known.articles > 0,
      known.fingerprint.size == fingerprint.size, known.fingerprint.hash == fingerprint.hash
    {
      return known.fingerprint == fingerprint ? .unchanged : .touched(fingerprint)
    }
    return extract(bytes, shown, source, fingerprint, channel, worker)
  }

  private func tooLarge(_ file: WalkedFile, _ source: Source) -> String? {
    let format = source.format ?? FileFormat.sniff(path: file.path.key, head: [])
    let limit = format == .jsonLines || format == .csv ? limits.recordFileBytes : limits.fileBytes
    if file.status.size <= limit { return nil }
    return "the file has \(file.status.size) bytes, more than the limit of \(limit)"
  }

  /// Hands articles on. As long as there is no room for them, because files before this one are still being applied, the thread helps with these.
  func handOn(
    _ chunk: (articles: [Target.Prepared], bytes: Int), _ channel: Channel<Job<Target.Prepared>.Message>, _ worker: Target.Worker
  ) {
    while !channel.trySend(.articles(chunk.articles, bytes: chunk.bytes)) {
      guard case .help(let file) = queue.take(where: { if case .help = $0.work { true } else { false } })?.work else { continue }
      help(file, with: worker)
    }
  }

  private func extract(
    _ bytes: [UInt8], _ shown: String, _ source: Source, _ fingerprint: Fingerprint,
    _ channel: Channel<Job<Target.Prepared>.Message>, _ worker: Target.Worker
  ) -> FileOutcome {
    var remarks = FileRemarks()
    do {
      if let parts = source.extractor.parts(of: bytes, path: shown, format: source.format, size: limits.partBytes), threads > 1 {
        try extract(PartedFile(bytes, parts, shown: shown, source: source.name, of: source), channel, worker, &remarks)
      } else {
        var chunks = Chunks<Target.Prepared>(limits)
        var hasHandedOn = false
        try source.extractor.extract(bytes, path: shown, format: source.format, badRecord: { remarks.note($0) }) { article in
          if hasHandedOn, stop.isRaised { throw Interrupted() }
          if let key = article.key { remarks.note(key: key) }
          chunks.add(try target.prepare(article, path: shown, source: source.name, with: worker), bytes: article.text.count)
          while let chunk = chunks.takeFull() {
            handOn(chunk, channel, worker)
            hasHandedOn = true
          }
        }
        for chunk in chunks.takeAll() { handOn(chunk, channel, worker) }
      }
    } catch is Interrupted {
      return .interrupted
    } catch let error as ExtractionError {
      return .failed(fingerprint, error.reason)
    } catch let error as FileRejection {
      return .failed(fingerprint, error.reason)
    } catch {
      return .failed(fingerprint, "\(error)")
    }
    return .indexed(fingerprint, remarks.text)
  }
}

/// The threads that prepare.
struct PreparationPool<Target: IndexTarget>: Sendable {
  let queue = JobQueue<Job<Target.Prepared>>()
  /// Raised when workers must be made anew.
  let epoch = Epoch()

  final class Epoch: Sendable {
    private let number = Atomic(0)
    func advance() { number.wrappingAdd(1, ordering: .relaxed) }
    var current: Int { number.load(ordering: .relaxed) }
  }

  init(count: Int, target: Target, sources: [Source], limits: IngestLimits, stop: StopFlag) throws {
    for number in 0..<count {
      try startThread(name: "aras-prepare-\(number)") { [queue, epoch] in
        let preparation = FilePreparation(
          target: target, sources: sources, limits: limits, stop: stop, queue: queue, threads: count)
        var made = epoch.current
        var worker = target.makeWorker()
        while let job = queue.take() {
          if epoch.current != made {
            made = epoch.current
            worker = target.makeWorker()
          }
          preparation.run(job, with: worker)
        }
      }
    }
  }
}

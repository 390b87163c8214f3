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

  private struct Interrupted: Error {}

  func run(_ job: Job<Target.Prepared>, with worker: Target.Worker) {
    switch job.work {
    case .scan(let source, let under):
      job.channel.send(.scanned(TreeWalker(root: sources[source].root, filter: sources[source].filter).walk(from: under)))
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

  private func extract(
    _ bytes: [UInt8], _ shown: String, _ source: Source, _ fingerprint: Fingerprint,
    _ channel: Channel<Job<Target.Prepared>.Message>, _ worker: Target.Worker
  ) -> FileOutcome {
    var chunk: [Target.Prepared] = []
    var chunkBytes = 0
    var isLong = false
    var badRecords = 0
    var firstBad: BadRecord?
    var keys: Set<String> = []
    var repeated: (count: Int, first: String) = (0, "")
    func handOn() {
      if chunk.isEmpty { return }
      channel.send(.articles(chunk, bytes: chunkBytes))
      chunk = []
      chunkBytes = 0
    }
    func noteBad(_ record: BadRecord) {
      badRecords += 1
      firstBad = firstBad ?? record
    }
    do {
      try source.extractor.extract(bytes, path: shown, format: source.format, badRecord: noteBad) { article in
        if isLong, stop.isRaised { throw Interrupted() }
        if let key = article.key, !keys.insert(key).inserted {
          if repeated.count == 0 { repeated.first = key }
          repeated.count += 1
        }
        chunk.append(try target.prepare(article, path: shown, source: source.name, with: worker))
        chunkBytes += article.text.count
        if chunk.count >= limits.chunkArticles || chunkBytes >= limits.chunkBytes {
          handOn()
          isLong = true
        }
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
    handOn()
    var remarks: [String] = []
    if let firstBad {
      let count = badRecords == 1 ? "one record was left out" : "\(badRecords) records were left out, the first"
      remarks.append("\(count) at line \(firstBad.line): \(firstBad.reason)")
    }
    if repeated.count > 0 {
      remarks.append(
        "\(repeated.count == 1 ? "one record has" : "\(repeated.count) records have") the id of an earlier one and took its place, "
          + "the first \"\(repeated.first)\"")
    }
    return .indexed(fingerprint, remarks.isEmpty ? nil : remarks.joined(separator: "; "))
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
        let preparation = FilePreparation(target: target, sources: sources, limits: limits, stop: stop)
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

// Applying to the index what the preparing threads give, one file after the other.
import FileWatch
import Logging

extension IngestLoop {
  /// Takes what a job gives until it ends. Throws when the index itself fails; a fault of the file's is listed with it.
  func apply(_ entry: Outstanding) async throws {
    switch entry.job.work {
    case .scan(let source, let under):
      guard case .scanned(let walk) = await entry.job.channel.receive() else { return }
      scanned(walk, entry.scan ?? Scan(source: source, under: under))
    case .file(let id, _, let known, _):
      try await apply(entry.job, id, known: known)
    case .help: break
    }
  }

  func scanned(_ walk: Walk, _ scan: Scan) {
    let asked = plan.scanned(
      walk, source: scan.source, under: scan.under, trigger: scan.trigger, retrying: scan.retrying, urgent: scan.isPoll)
    unscanned.remove(scan.source)
    if let ticket = scan.ticket { tickets.walked(ticket, files: asked) }
    var skipped: [SkippedFile] = []
    for (id, file) in plan.known {
      if let failure = file.failure { skipped.append(SkippedFile(path: file.path, source: sources[id.source].name, reason: failure)) }
    }
    for (id, reason) in plan.passedOver {
      skipped.append(SkippedFile(path: sources[id.source].shown(id.path), source: sources[id.source].name, reason: reason))
    }
    board.replaceSkipped(skipped)
    if scan.isPoll, asked.isEmpty { return }
    logger.log(
      level: scan.isPoll ? .debug : .info, "a source was compared",
      metadata: ["source": "\(sources[scan.source].name)", "files": "\(walk.files.count)", "to look at": "\(asked.count)"])
  }

  private func apply(_ job: Job<Target.Prepared>, _ id: FileID, known: IndexedFile?) async throws {
    let path = sources[id.source].shown(id.path)
    var articles = 0
    var hasBegun = false
    var rejection: String?
    if suspects[id, default: 0] >= 3 { rejection = "the index failed on it three times" }
    var fault: (any Error)?
    var isCommitting = false
    while true {
      let message = await job.channel.receive()
      do {
        switch message {
        case .scanned: return
        case .articles(let prepared, let bytes):
          // After a fault the rest is only taken off the thread's hands.
          if fault != nil || rejection != nil { continue }
          if !hasBegun { try await target.beginFile(path: path, source: sources[id.source].name) }
          hasBegun = true
          try await target.addArticles(prepared)
          articles += prepared.count
          policy.changed(articles: prepared.count, bytes: bytes, at: monotonicNow())
          isCommitting = true
          try await commitIfDue()
          isCommitting = false
        case .outcome(let outcome, let link):
          if let fault { throw fault }
          let settled = rejection.map { rejected(outcome, $0) } ?? outcome
          try await conclude(job, id, settled, link, known: known, articles: articles, hasBegun: hasBegun)
          suspects[id] = nil
          return
        }
      } catch let error as FileRejection {
        guard case .outcome(let outcome, let link) = message else {
          // Begun anew, so that nothing of it stays.
          (rejection, hasBegun, articles) = (error.reason, false, 0)
          continue
        }
        do {
          try await conclude(job, id, rejected(outcome, error.reason), link, known: known, articles: 0, hasBegun: false)
        } catch let error as FileRejection {
          // Not even its name can be kept in the index.
          try await conclude(job, id, .passedOver(error.reason), link, known: nil, articles: 0, hasBegun: false)
        }
        return
      } catch {
        if fault == nil, !isCommitting { suspects[id, default: 0] += 1 }
        if case .outcome = message { throw error }
        fault = error
      }
    }
  }

  private func rejected(_ outcome: FileOutcome, _ reason: String) -> FileOutcome {
    switch outcome {
    case .indexed(let fingerprint, _), .failed(let fingerprint, _), .touched(let fingerprint): .failed(fingerprint, reason)
    case .gone, .passedOver, .unchanged, .unsettled, .interrupted: outcome
    }
  }

  /// Writes what came of a file and takes note of it.
  private func conclude(
    _ job: Job<Target.Prepared>, _ id: FileID, _ outcome: FileOutcome, _ link: BytePath?, known: IndexedFile?, articles: Int, hasBegun: Bool
  ) async throws {
    let source = sources[id.source].name
    let path = sources[id.source].shown(id.path)
    var record: IndexedFile?
    var wrote = true
    switch outcome {
    case .unchanged, .unsettled: wrote = false
    case .gone, .passedOver:
      if known != nil { try await target.removeFile(path: path) } else { wrote = false }
    case .touched(let fingerprint):
      try await target.touchFile(path: path, fingerprint: fingerprint)
      record = known
      record?.fingerprint = fingerprint
    case .indexed(let fingerprint, let note):
      record = try await end(path, source, fingerprint, note, articles, hasBegun)
    case .failed(let fingerprint, let reason):
      let before = known.map { ($0.fingerprint, $0.failure, $0.articles, $0.isComplete) }
      if !hasBegun, let before, before == (fingerprint, reason, 0, true) {
        record = known
        wrote = false
      } else {
        record = try await end(path, source, fingerprint, reason, articles, hasBegun)
        logger.notice("a file was skipped", metadata: ["path": "\(id.path.printable)", "reason": "\(reason)"])
      }
    case .interrupted:
      // A size that no file has makes the next start read it again.
      let never = Fingerprint(size: -1, modified: -1, hash: 0)
      record = try await end(path, source, never, "reading was interrupted and begins anew at the next start", articles, hasBegun)
    }
    if wrote { policy.changed(urgent: job.isUrgent, at: monotonicNow()) }
    if !plan.finished(id, outcome, target: link, record: record, at: monotonicNow()) { watchers[id.source].recheck([id.path]) }
    tickets.finished(id, at: monotonicNow())
    switch outcome {
    case .unchanged, .touched: board.skip(path, source: source, reason: known?.failure)
    case .unsettled: board.skip(path, source: source, reason: "it is being written and is read when that ends")
    case .passedOver(let reason): board.skip(path, source: source, reason: reason)
    case .gone, .indexed, .failed, .interrupted: board.skip(path, source: source, reason: record?.failure)
    }
  }

  private func end(
    _ path: String, _ source: String, _ fingerprint: Fingerprint, _ failure: String?, _ articles: Int, _ hasBegun: Bool
  ) async throws -> IndexedFile {
    if !hasBegun { try await target.beginFile(path: path, source: source) }
    try await target.endFile(fingerprint: fingerprint, failure: failure)
    return IndexedFile(path: path, source: source, fingerprint: fingerprint, articles: articles, failure: failure)
  }
}

// The working task of ingest: takes what has come, hands files to the preparing threads, applies what they give, commits.
import FileWatch
import Logging

actor IngestLoop<Target: IndexTarget> {
  struct Scan {
    var source: Int
    var under: BytePath
    var trigger = Trigger.compare
    var retrying = false
    /// One of the listings of a polled tree, which come all the time.
    var isPoll = false
    var ticket: Int?
  }

  struct Outstanding {
    var job: Job<Target.Prepared>
    var scan: Scan?
  }

  let target: Target
  let options: IngestOptions
  let sources: [Source]
  let inbox: Inbox
  let board: StatusBoard
  let stop: StopFlag
  let logger: Logger
  let pool: PreparationPool<Target>
  var watchers: [TreeWatcher] = []

  var plan = IngestPlan()
  var policy: CommitPolicy
  var tickets = Tickets()
  var outstanding: [Outstanding] = []
  var scans: [Scan] = []
  /// Sources never walked since the start.
  var unscanned: Set<Int>
  var exclusive: [ExclusiveWork] = []
  var isStopping = false
  var batchStart: UInt64 = 0
  /// How often the index failed while a file was being applied.
  var suspects: [FileID: Int] = [:]
  var faultsInARow = 0

  init(
    target: Target, options: IngestOptions, sources: [Source], inbox: Inbox, board: StatusBoard, stop: StopFlag, logger: Logger
  ) throws {
    self.target = target
    self.options = options
    self.sources = sources
    self.inbox = inbox
    self.board = board
    self.stop = stop
    self.logger = logger
    policy = CommitPolicy(limits: options.limits)
    unscanned = Set(sources.indices)
    pool = try PreparationPool(count: options.workers, target: target, sources: sources, limits: options.limits, stop: stop)
  }

  func run() async throws {
    for index in sources.indices {
      // Watched first, walked when every watch stands: nothing is lost in between.
      let watcher = try TreeWatcher(root: sources[index].root, filter: sources[index].filter, options: options.watch) { [inbox] changes in
        inbox.put(changes, of: index)
      }
      watchers.append(watcher)
      try watcher.begin()
    }
    var needsWalk = false
    while !isStopping {
      do {
        try await load()
        if needsWalk { for index in sources.indices where !unscanned.contains(index) { scans.append(Scan(source: index, under: .root)) } }
        try await work()
        break
      } catch {
        needsWalk = true
        await recover(from: error)
      }
    }
  }

  /// Ends the threads; to be called however `run` ended.
  func close() async {
    pool.queue.close()
    for watcher in watchers { await watcher.stop() }
    tickets.endAll()
    for work in exclusive { work.refuse() }
    exclusive = []
    inbox.end()
  }

  private func load() async throws {
    let files = try await target.files()
    var strays: [String] = []
    plan = IngestPlan(files) { file in
      // What no source takes any more is taken out first: another source may be about to take the same path.
      for (index, source) in sources.enumerated() where source.name == file.source {
        guard let path = source.path(ofShown: file.path), source.filter.takesFromRoot(file: path) else { continue }
        return FileID(source: index, path: path)
      }
      strays.append(file.path)
      return nil
    }
    for path in strays {
      try await target.removeFile(path: path)
      policy.changed(at: monotonicNow())
    }
    publishFiles()
  }

  private func work() async throws {
    while true {
      takeInbox()
      if isStopping || !exclusive.isEmpty {
        while !outstanding.isEmpty { try await apply(outstanding.removeFirst()) }
        if policy.hasChanges { try await commit() }
        if isStopping { return }
        await runExclusive()
        continue
      }
      dispatch()
      if !outstanding.isEmpty {
        try await apply(outstanding.removeFirst())
        try await commitIfDue()
        publish()
        continue
      }
      if policy.hasChanges { try await commit() }
      tickets.committed(at: monotonicNow())
      publishFiles()
      publish()
      if !options.keepsWatching, unscanned.isEmpty, !plan.hasUnsettled { return }
      await inbox.wait()
    }
  }

  // MARK: In

  private func takeInbox() {
    let content = inbox.take()
    isStopping = isStopping || content.isStopping
    for (source, trees) in content.trees { plan.wish(under: trees, of: source) }
    for (id, trigger) in content.changed { plan.wish(id, trigger, urgent: true) }
    for (source, reason) in content.limited {
      logger.warning("changes are polled", metadata: ["source": "\(sources[source].name)", "reason": "\(reason)"])
      board.update { $0.sources[source].polledBecause = reason }
    }
    for (source, reason) in content.lost {
      logger.error("a source cannot be read", metadata: ["source": "\(sources[source].name)", "reason": "\(reason)"])
      board.update { $0.sources[source].missingBecause = reason }
      board.fail("source \(sources[source].name): \(reason)")
      unscanned.remove(source)
    }
    for (source, reason) in content.rescans {
      logger.debug("a source is compared", metadata: ["source": "\(sources[source].name)", "reason": "\(reason)"])
      board.update { $0.sources[source].missingBecause = nil }
      scans.append(Scan(source: source, under: .root, retrying: unscanned.contains(source)))
    }
    // Before the first walk a listing adds nothing.
    for (source, walk) in content.listed where !unscanned.contains(source) {
      scanned(walk, Scan(source: source, under: .root, isPoll: true))
    }
    for request in content.reindex { accept(request) }
    exclusive += content.exclusive
  }

  private func accept(_ request: ReindexRequest) {
    var wanted: [Scan] = []
    var files: Set<FileID> = []
    var unknown: [String] = []
    let trigger: Trigger = request.full ? .force : .compare
    if request.paths.isEmpty {
      wanted = sources.indices.map { Scan(source: $0, under: .root, trigger: trigger, retrying: true) }
    }
    for typed in request.paths {
      let places = sources.indices.compactMap { index in sources[index].path(ofTyped: typed).map { FileID(source: index, path: $0) } }
      let found = places.filter { place in
        let status = FileStatus.of(path: sources[place.source].root.absolute(place.path), following: place.path.isRoot)
        if case .success(let status) = status, status.kind == .directory {
          wanted.append(Scan(source: place.source, under: place.path, trigger: trigger, retrying: true))
          return true
        }
        let counts = (try? status.get()) != nil && sources[place.source].filter.takesFromRoot(file: place.path)
        let isKnown = plan.known[place] != nil
        if counts || isKnown { files.insert(place) }
        return counts || isKnown
      }
      if found.isEmpty { unknown.append(typed) }
    }
    for id in files { plan.wish(id, trigger, urgent: true) }
    let ticket = tickets.open(request, walks: wanted.count, files: files, unknown: unknown, at: monotonicNow())
    for var scan in wanted {
      scan.ticket = ticket
      scans.append(scan)
    }
  }

  private func dispatch() {
    let window = 2 * options.workers + 2
    while outstanding.count < window {
      if !scans.isEmpty {
        let scan = scans.removeFirst()
        give(Job(work: .scan(source: scan.source, under: scan.under)), scan)
      } else if let next = plan.next(at: monotonicNow()) {
        give(Job(work: .file(next.id, next.trigger, known: next.known, insist: next.insist), isUrgent: next.urgent), nil)
      } else {
        return
      }
    }
  }

  private func give(_ job: Job<Target.Prepared>, _ scan: Scan?) {
    if plan.done == 0, outstanding.isEmpty { batchStart = monotonicNow() }
    outstanding.append(Outstanding(job: job, scan: scan))
    pool.queue.put(job)
  }

  private func runExclusive() async {
    let works = exclusive
    exclusive = []
    for work in works { await work.run() }
    pool.epoch.advance()
  }

  /// Drops what was under way and waits before everything since the last commit is done again.
  private func recover(from error: any Error) async {
    faultsInARow += 1
    logger.error("the index failed", metadata: ["error": "\(error)", "attempt": "\(faultsInARow)"])
    board.fail("the index failed: \(error)")
    for entry in outstanding { await drain(entry) }
    outstanding = []
    scans = []
    policy = CommitPolicy(limits: options.limits)
    tickets.endAll()
    let steps = 5 * (1 << min(faultsInARow - 1, 6))
    for _ in 0..<steps where !stop.isRaised { try? await Task.sleep(nanoseconds: 200_000_000) }
    isStopping = stop.isRaised
  }

  private func drain(_ entry: Outstanding) async {
    while true {
      switch await entry.job.channel.receive() {
      case .articles: continue
      case .outcome, .scanned: return
      }
    }
  }

  // MARK: Out

  /// Commits in the middle of the work, when it is time. For a change that somebody has just made it is not put off.
  func commitIfDue() async throws {
    guard policy.isDue(at: monotonicNow(), idle: false) else { return }
    if policy.urgent { return try await commit() }
    let start = monotonicNow()
    if let revision = try await target.commitInPassing() {
      committed(revision, from: start)
    } else {
      policy.putOff(at: monotonicNow())
    }
  }

  func commit() async throws {
    let start = monotonicNow()
    committed(try await target.commit(), from: start)
  }

  private func committed(_ revision: UInt64, from start: UInt64) {
    policy.committed(from: start, to: monotonicNow())
    faultsInARow = 0
    board.update { $0.revision = revision }
    tickets.committed(at: monotonicNow())
  }

  private func publish() {
    let isReady = plan.isIdle && unscanned.isEmpty && scans.isEmpty && outstanding.isEmpty && !policy.hasChanges
    let seconds = Double(monotonicNow() &- batchStart) / 1e9
    let progress = IngestProgress(done: plan.done, total: plan.total, rate: seconds > 0 ? Double(plan.done) / seconds : 0)
    let waiting = plan.waiting
    board.update {
      $0.state = isReady ? .ready : .indexing
      $0.progress = isReady ? nil : progress
      $0.queueDepth = waiting
    }
  }

  private func publishFiles() {
    var counts = [Int](repeating: 0, count: sources.count)
    for id in plan.known.keys { counts[id.source] += 1 }
    board.update { for index in counts.indices { $0.sources[index].files = counts[index] } }
  }
}

// The thread of a watched tree: reads the system's events, carries out what the table asks for, reports what the debouncer lets go.
import Glibc

struct WatchThread: Sendable {
  var root: TreeRoot
  var filter: TreeFilter
  var options: WatchOptions
  var mailbox: WatchMailbox
  var deliver: @Sendable ([Change]) -> Void

  func run() {
    var work = WatchWork(thread: self)
    work.run()
  }
}

/// What the thread knows while it runs; never leaves it.
private struct WatchWork: ~Copyable {
  let thread: WatchThread
  let walker: TreeWalker
  var inotify: Inotify?
  var table = WatchTable()
  var debouncer: Debouncer
  /// Why the tree is polled; nil while the system tells every change.
  var limited: String?
  var rootIsLost = false
  var nextPoll: UInt64?
  var urgent: [Change] = []

  init(thread: WatchThread) {
    self.thread = thread
    walker = TreeWalker(root: thread.root, filter: thread.filter)
    debouncer = Debouncer(delays: thread.options.delays)
  }

  mutating func run() {
    if let reason = thread.options.pollBecause ?? remoteFileSystem(holding: thread.root.path) {
      limit(reason)
    } else {
      do {
        inotify = try Inotify()
      } catch {
        limit("the system gives no more inotify instances (\(error)); fs.inotify.max_user_instances sets how many")
      }
    }
    establish("start")
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 8)
    defer { buffer.deallocate() }
    while !thread.mailbox.isStopped {
      report()
      var descriptors = [thread.mailbox.wakeup.readEnd]
      if let descriptor = inotify?.descriptor { descriptors.append(descriptor) }
      Wakeup.wait(for: descriptors, until: [debouncer.deadline, nextPoll].compactMap { $0 }.min())
      for path in thread.mailbox.takeRecheck() where limited == nil { debouncer.note(.writing(path), at: monotonicNow()) }
      readEvents(buffer)
      if let due = nextPoll, monotonicNow() >= due { look() }
    }
  }

  // MARK: Reporting

  private mutating func report() {
    var changes = urgent
    urgent = []
    changes += debouncer.take(at: monotonicNow())
    if !changes.isEmpty { thread.deliver(changes) }
  }

  private mutating func limit(_ reason: String) {
    if limited == nil { urgent.append(.limited(reason)) }
    limited = limited ?? reason
    nextPoll = nextPoll ?? monotonicNow() + thread.options.pollInterval
  }

  // MARK: Watching

  /// Watches the whole tree, then asks for a comparison of it.
  private mutating func establish(_ reason: String) {
    for watch in table.removeAll() { inotify?.unwatch(watch) }
    debouncer.removeAll()
    switch FileStatus.of(path: thread.root.path, following: true) {
    case .success(let status) where status.kind == .directory: break
    case .success(let status): return lose("it is \(status.kind.label), not a folder")
    case .failure(let error): return lose("\(error)")
    }
    rootIsLost = false
    if inotify?.descriptor != nil { _ = enter(.root) }
    nextPoll = limited == nil ? nil : monotonicNow() + thread.options.pollInterval
    urgent.append(.rescan(reason))
  }

  private mutating func lose(_ reason: String) {
    if !rootIsLost { urgent.append(.lost(reason)) }
    rootIsLost = true
    nextPoll = monotonicNow() + thread.options.pollInterval
  }

  /// Sets watches on a directory and all below, each before its listing.
  private mutating func enter(_ directory: BytePath) -> Walk {
    var failure: String?
    let walk = walker.walk(from: directory) { path in
      do throws(SystemError) {
        if let limit = thread.options.watchLimit, table.count >= limit, table.watch(of: path) == nil { throw SystemError(ENOSPC) }
        guard let watch = try inotify?.watch(thread.root.absolute(path), followingLink: path.isRoot) else { return }
        table.add(watch, on: path)
      } catch {
        if error.code == ENOSPC {
          failure = "the limit of watches is reached at \(table.count) folders; fs.inotify.max_user_watches sets it"
        } else if error.code == ENOMEM {
          failure = "the system has no memory for more watches at \(table.count) folders"
        }
      }
    }
    if let failure { limit(failure) }
    return walk
  }

  private mutating func readEvents(_ buffer: UnsafeMutableRawBufferPointer) {
    // A bounded number of reads, so that a storm of events cannot keep reports and the end waiting.
    for _ in 0..<64 {
      guard let events = inotify?.read(into: buffer), !events.isEmpty else { return }
      for event in events {
        for action in table.handle(event) {
          if !carryOut(action) { return }
        }
      }
      if debouncer.deadline.map({ $0 <= monotonicNow() }) ?? false { return }
    }
  }

  /// Returns false when the events read before no longer mean anything.
  private mutating func carryOut(_ action: WatchTable.Action) -> Bool {
    let now = monotonicNow()
    switch action {
    case .report(let event):
      if counts(event) { debouncer.note(event, at: now) }
    case .look(let path):
      guard walker.filter.takes(file: path) else { break }
      debouncer.note(isWhole(path) ? .completed(path) : .writing(path), at: now)
    case .enter(let directory):
      guard walker.filter.enters(directory: directory) else { break }
      // What was known under this name may have changed unseen before the watch stood.
      debouncer.note(.removedTree(directory), at: now)
      for file in enter(directory).files { debouncer.note(.completed(file.path), at: now) }
    case .unwatch(let watch):
      inotify?.unwatch(watch)
    case .rebuild:
      establish("the system lost events")
      return false
    case .rootLost:
      // Another folder may stand in its place already.
      establish("the folder was replaced")
      return false
    }
    return true
  }

  private func counts(_ event: FileEvent) -> Bool {
    switch event {
    case .writing(let path), .completed(let path), .touched(let path), .removed(let path): walker.filter.takes(file: path)
    case .removedTree(let path): walker.filter.enters(directory: path)
    }
  }

  /// Whether a name that appeared needs no closing by a writer: a link, a further name of a file, or nothing to read at all.
  private func isWhole(_ path: BytePath) -> Bool {
    guard case .success(let status) = FileStatus.of(path: thread.root.absolute(path)) else { return true }
    return status.kind != .file || status.linkCount > 1
  }

  // MARK: Polling

  private mutating func look() {
    if rootIsLost {
      nextPoll = monotonicNow() + thread.options.pollInterval
      if case .success(let status) = FileStatus.of(path: thread.root.path, following: true), status.kind == .directory {
        establish("the folder is back")
      }
      return
    }
    if case .failure(let error) = FileStatus.of(path: thread.root.path, following: true) { return lose("\(error)") }
    urgent.append(.listed(walker.walk()))
    // Counted from the end of the look, so that a tree that takes long to walk leaves the machine time in between.
    nextPoll = monotonicNow() + thread.options.pollInterval
  }
}

// A watched tree: the handle that its owner holds. The work is done by the thread of `WatchThread`.
import Synchronization

/// How a tree is watched.
package struct WatchOptions: Sendable {
  package var delays = Debouncer.Delays()
  /// Time between two looks at a tree that has to be polled, nanoseconds.
  package var pollInterval: UInt64 = 2_000_000_000
  /// Watches to set at most; nil for as many as the system gives.
  package var watchLimit: Int?
  /// Polls from the start, for this reason.
  package var pollBecause: String?

  package init() {}
}

/// Watches a tree of files from `start` until `stop`, reporting changes from a thread of its own.
package final class TreeWatcher: Sendable {
  package let root: TreeRoot
  package let filter: TreeFilter
  private let mailbox: WatchMailbox

  /// - Parameter deliver: called on the watcher's thread with changes in the order to take them in; it must not block for long.
  package init(
    root: TreeRoot, filter: TreeFilter, options: WatchOptions = .init(), deliver: @escaping @Sendable ([Change]) -> Void
  ) throws(SystemError) {
    self.root = root
    self.filter = filter
    mailbox = try WatchMailbox()
    let thread = WatchThread(root: root, filter: filter, options: options, mailbox: mailbox, deliver: deliver)
    start = { [mailbox] () throws(SystemError) in
      try startThread(name: "aras-watch") {
        thread.run()
        mailbox.ended()
      }
    }
  }

  deinit {
    mailbox.stop()
  }

  private let start: @Sendable () throws(SystemError) -> Void

  /// Begins to watch. The first change reported is `.rescan`, once every watch stands, or `.lost` when there is no such folder.
  package func begin() throws(SystemError) {
    try start()
  }

  /// Asks for files to be reported again when they are quiet: they were found in the middle of a change. In a polled tree the next listing
  /// tells of them.
  package func recheck(_ paths: [BytePath]) {
    mailbox.recheck(paths)
  }

  /// Ends the thread and returns when it has ended; nothing is reported afterwards.
  package func stop() async {
    mailbox.stop()
    await mailbox.waitForEnd()
  }
}

/// What the owner of a watcher tells its thread.
final class WatchMailbox: Sendable {
  private struct State {
    var stopped = false
    var ended = false
    var recheck: [BytePath] = []
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  let wakeup: Wakeup
  private let state = Mutex(State())

  init() throws(SystemError) {
    wakeup = try Wakeup()
  }

  var isStopped: Bool { state.withLock { $0.stopped } }

  func stop() {
    state.withLock { $0.stopped = true }
    wakeup.signal()
  }

  func recheck(_ paths: [BytePath]) {
    state.withLock { $0.recheck += paths }
    wakeup.signal()
  }

  func takeRecheck() -> [BytePath] {
    wakeup.clear()
    return state.withLock { state in
      defer { state.recheck = [] }
      return state.recheck
    }
  }

  func ended() {
    let waiting = state.withLock { state in
      state.ended = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let over = state.withLock { state in
        if !state.ended { state.waiting.append(continuation) }
        return state.ended
      }
      if over { continuation.resume() }
    }
  }
}

// Tells that something was written, put, moved or removed in one of a few folders, and not what: for who has few files to look at and
// wants to look soon.
import Glibc
import Synchronization

/// Watches folders from its making to its end, on a thread of its own. What lies in folders below them is not watched.
package final class FolderWatcher: Sendable {
  private final class State: Sendable {
    let inotify: Inotify
    let wakeup: Wakeup
    private let isStopped = Atomic(false)
    /// Numbers of the watches by folder.
    let watches = Mutex<[String: Int32]>([:])

    init() throws(SystemError) {
      inotify = try Inotify()
      wakeup = try Wakeup()
    }

    func stop() {
      isStopped.store(true, ordering: .releasing)
      wakeup.signal()
    }

    func run(_ deliver: () -> Void) {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 8)
      defer { buffer.deallocate() }
      while true {
        Wakeup.wait(for: [inotify.descriptor, wakeup.readEnd], until: nil)
        if isStopped.load(ordering: .acquiring) { return }
        var isNews = false
        while true {
          let events = inotify.read(into: buffer)
          if events.isEmpty { break }
          for event in events {
            if event.mask.contains(.ignored) { watches.withLock { $0 = $0.filter { $0.value != event.watch } } }
            if !event.mask.isDisjoint(with: Self.news) { isNews = true }
          }
        }
        if isNews { deliver() }
      }
    }

    /// What is still being written is no news.
    private static let news: InotifyEvent.Mask = [
      .attributes, .closeWrite, .movedFrom, .movedTo, .delete, .deleteSelf, .moveSelf, .overflow, .ignored,
    ]
  }

  private let state: State

  /// - Parameter deliver: called on the watcher's thread; it must not block for long.
  package init(deliver: @escaping @Sendable () -> Void) throws(SystemError) {
    let state = try State()
    self.state = state
    try startThread(name: "aras-folders", stackBytes: 256 << 10) { state.run(deliver) }
  }

  deinit { state.stop() }

  /// From now on watches these folders and no others. One that cannot be watched is left out, and tried again with the next call.
  package func watch(_ folders: Set<String>) {
    state.watches.withLock { watches in
      for (folder, watch) in watches where !folders.contains(folder) {
        watches[folder] = nil
        // Two names of one folder have one watch.
        if !watches.values.contains(watch) { state.inotify.unwatch(watch) }
      }
      for folder in folders where watches[folder] == nil {
        watches[folder] = try? state.inotify.watch(Array(folder.utf8), followingLink: true)
      }
    }
  }
}

// Reloads the configuration when it is asked for (SIGHUP) and when one of its files changed. The few files are looked at when something
// happens in their folders, and four times a second besides, which sees what file events miss: a mounted folder, a link that points
// elsewhere.

import FileWatch
import Logging
import ServiceLifecycle
import UnixSignals

/// Calls for a reload, never for two at a time.
package struct ReloadService: Service {
  private let files: @Sendable () -> [String]
  private let reload: @Sendable (String) async -> Void
  private let interval: Duration
  private let firstReason: String?
  private let logger: Logger

  /// `files` are those to watch at the moment; `reload` is given the reason. With a `firstReason` it is called once at the start.
  package init(
    files: @escaping @Sendable () -> [String], interval: Duration = .milliseconds(250), firstReason: String? = nil, logger: Logger,
    reload: @escaping @Sendable (String) async -> Void
  ) {
    self.files = files
    self.interval = interval
    self.firstReason = firstReason
    self.logger = logger
    self.reload = reload
  }

  package func run() async throws {
    let (reasons, asking) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let signals = await UnixSignalsSequence(trapping: .sighup)
    let stamps = FileStamps(files: files())
    if let firstReason { asking.yield(firstReason) }
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          for await _ in signals { asking.yield("SIGHUP") }
        }
        let (looks, looking) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        group.addTask { await look(stamps, looks, looking, asking) }
        group.addTask {
          while (try? await Task.sleep(for: interval)) != nil { looking.yield() }
        }
        for await reason in reasons {
          logger.info("reloading", metadata: ["because": "\(reason)"])
          await reload(reason)
        }
        group.cancelAll()
      }
    }
  }

  private func look(
    _ stamps: FileStamps, _ looks: AsyncStream<Void>, _ looking: AsyncStream<Void>.Continuation, _ asking: AsyncStream<String>.Continuation
  ) async {
    var stamps = stamps
    // Where folders cannot be watched, a look now and then has to do.
    let watcher = try? FolderWatcher { looking.yield() }
    looking.yield()
    for await _ in looks {
      let files = files()
      watcher?.watch(Set(files.map(Self.folder)))
      let changed = stamps.changed(among: files)
      if let first = changed.first { asking.yield("\(first) changed" + (changed.count > 1 ? " and \(changed.count - 1) more" : "")) }
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

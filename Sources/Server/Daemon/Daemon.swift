// The daemon put together: settings, index, ingest, socket and reload as one group of services, from start to a graceful stop.

import ArasAPI
import Engine
import Glibc
import Ingest
import Logging
import ServiceLifecycle
import Settings
import Synchronization

/// The commands of `arasd`.
package enum Daemon {
  package static var version: String { ArasVersion.current }

  /// Writes a line to standard error.
  package static func complain(_ line: String) { StandardError.write(line + "\n") }

  /// Serves until it is told to stop. Throws `DaemonFailure`.
  package static func serve(_ overrides: SettingsOverrides) async throws(DaemonFailure) {
    do {
      let settings = try SettingsLoader(overrides: overrides).load()
      let logger = startLog(settings.log.level)
      allowManyFiles()
      let assembly = try await Assembly(settings, keepsWatching: true, logger: logger)
      do {
        try await run(assembly, settings, overrides, logger)
      } catch {
        await assembly.index.close()
        throw error
      }
      await assembly.index.close()
      logger.notice("stopped")
    } catch {
      throw DaemonFailure(error)
    }
  }

  private static func run(_ assembly: Assembly, _ settings: Settings, _ overrides: SettingsOverrides, _ logger: Logger) async throws {
    let current = CurrentSettings(settings)
    let training = TopicTraining(index: assembly.index, folder: { current.value.registry.trainedFolder }) {
      try await assembly.adopt(current.value)
    }
    let socket = SocketService(
      service: IndexService(assembly, training: training), settings: settings, readers: settings.readerCount, version: ArasVersion.current,
      logger: logger)
    let isStale = try await assembly.index.isRegistryStale()
    let reload = ReloadService(
      files: { current.value.watchedFiles + assembly.index.registry.includedFiles },
      firstReason: isStale ? "actors or topics changed since the last run" : nil, logger: logger
    ) { _ in
      await Self.reload(assembly, current, overrides, logger)
    }
    if overrides.http != nil { logger.warning("--http is given, but this version does not serve HTTP yet") }
    logger.notice(
      "starting",
      metadata: [
        "version": "\(ArasVersion.current)", "index": "\(settings.index.path)", "configuration": "\(settings.file ?? "none")",
        "sources": "\(settings.sources.map(\.path).joined(separator: ", "))",
      ])
    // Stopped in the opposite order: clients first, then the ingest, which commits what it has.
    var configuration = ServiceGroupConfiguration(
      services: ([assembly.ingest, assembly.retags, reload, socket] as [any Service]).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "services") { _ in QuietLog() })
    configuration.maximumGracefulShutdownDuration = settings.limits.drain.duration
    try await ServiceGroup(configuration: configuration).run()
  }

  /// Reads the configuration again. One that is wrong is reported and changes nothing.
  private static func reload(_ assembly: Assembly, _ current: CurrentSettings, _ overrides: SettingsOverrides, _ logger: Logger) async {
    do {
      let loaded = try SettingsLoader(overrides: overrides).load()
      var settings = current.value
      let restart = settings.adopt(loaded)
      if !restart.isEmpty {
        logger.warning("changed settings need a restart", metadata: ["sections": "\(restart.joined(separator: ", "))"])
      }
      try await assembly.adopt(settings)
      current.value = settings
      LogThreshold.set(settings.log.level)
      assembly.reloadFailure.message = nil
      logger.notice("reloaded")
    } catch {
      assembly.reloadFailure.message = "not reloaded: \(error)".split(separator: "\n").joined(separator: "; ")
      for line in "\(error)".split(separator: "\n") { logger.error("not reloaded: \(line)") }
    }
  }

  static func startLog(_ level: LogLevel) -> Logger {
    LogThreshold.set(level)
    return Logger(label: "arasd") { _ in StandardErrorLog() }
  }

  /// Raises the number of files and sockets that this process may have open to what the system allows it.
  private static func allowManyFiles() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

/// The settings in force, which a reload replaces.
private final class CurrentSettings: Sendable {
  private let settings: Mutex<Settings>

  init(_ settings: Settings) { self.settings = Mutex(settings) }

  var value: Settings {
    get { settings.withLock { $0 } }
    set { settings.withLock { $0 = newValue } }
  }
}

/// Passes on only what is wrong: the service group's own remarks are of no use to who runs the daemon.
private struct QuietLog: LogHandler {
  private var handler = StandardErrorLog()

  var logLevel: Logger.Level {
    get { max(.warning, handler.logLevel) }
    set { handler.logLevel = newValue }
  }

  var metadata: Logger.Metadata {
    get { handler.metadata }
    set { handler.metadata = newValue }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue }
  }

  func log(event: LogEvent) { handler.log(event: event) }
}

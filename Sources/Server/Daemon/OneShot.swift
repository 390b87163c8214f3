// `arasd index`: brings the index in step with the files once and ends, with a bar on a terminal.

import Engine
import Foundation
import Ingest
import Logging
import ServiceLifecycle
import Settings

extension Daemon {
  /// Indexes what changed since the last run. Throws `DaemonFailure`.
  package static func indexOnce(_ overrides: SettingsOverrides) async throws(DaemonFailure) {
    do {
      let settings = try SettingsLoader(overrides: overrides).load()
      let logger = startLog(max(settings.log.level, .notice))
      let assembly = try await Assembly(settings, keepsWatching: false, logger: logger)
      let started = ContinuousClock.now
      do {
        if try await assembly.index.isRegistryStale() { try await assembly.replaceRegistry(settings) }
        try await runOnce(assembly, logger)
      } catch {
        await assembly.index.close()
        throw error
      }
      let statistics = try await assembly.index.statistics()
      await assembly.index.close()
      let skipped = assembly.ingest.snapshot().skipped
      for file in skipped { StandardError.write("skipped \(file.path): \(file.reason)\n") }
      let seconds = (ContinuousClock.now - started) / .seconds(1)
      let summary = "\(statistics.articles) articles, \(statistics.passages) passages, revision \(statistics.revision)"
      StandardError.write("\(summary), \(skipped.count) files skipped, \(String(format: "%.1f", seconds)) s\n")
      let missing = assembly.ingest.snapshot().sources.filter { $0.missingBecause != nil }
      if let first = missing.first {
        throw DaemonFailure(.failed, "the source \(first.path) cannot be read: \(first.missingBecause ?? "")")
      }
    } catch {
      throw DaemonFailure(error)
    }
  }

  private static func runOnce(_ assembly: Assembly, _ logger: Logger) async throws {
    let work = ServiceGroup(
      configuration: .init(
        services: [.init(service: assembly.ingest, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }))
    try await withThrowingTaskGroup(of: Void.self) { group in
      if StandardError.isTerminal { group.addTask { await showProgress(of: assembly.ingest) } }
      defer { group.cancelAll() }
      try await work.run()
    }
    if StandardError.isTerminal { StandardError.write(ProgressLine.erase) }
  }

  private static func showProgress(of ingest: IngestService<EngineTarget>) async {
    while (try? await Task.sleep(for: .milliseconds(100))) != nil {
      guard let progress = ingest.snapshot().progress else { continue }
      StandardError.write(ProgressLine.text(done: progress.done, total: progress.total, rate: progress.rate))
    }
  }
}

/// The bar, drawn over itself.
package enum ProgressLine {
  package static let erase = "\r\u{1B}[K"
  private static let width = 30

  package static func text(done: Int, total: Int, rate: Double) -> String {
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    return "\(erase)\(bar) \(done)/\(total) files, \(Int(rate.rounded()))/s"
  }
}

enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

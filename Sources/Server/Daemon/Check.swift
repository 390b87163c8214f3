// `arasd check`: says whether the configuration and the index are in order, without changing anything that is.

import Engine
import Foundation
import Ingest
import Logging
import Settings
import Tagging

extension Daemon {
  /// Verifies configuration, sources and index and prints a line for each. Throws `DaemonFailure` when the daemon could not start.
  package static func check(_ overrides: SettingsOverrides) async throws(DaemonFailure) {
    do {
      let settings = try SettingsLoader(overrides: overrides).load()
      let logger = startLog(.error)
      print("configuration  \(settings.file ?? "none: built-in defaults")")
      var missing = 0
      for source in settings.sources {
        let isThere = FileManager.default.isReadableFile(atPath: source.path)
        print("source         \(source.name): \(source.path)\(isThere ? "" : ": cannot be read")")
        if !isThere { missing += 1 }
      }
      try describe(.load(settings.registry))
      print("socket         \(settings.socket.path)")
      guard FileManager.default.fileExists(atPath: settings.index.path) else {
        print("index          \(settings.index.path): not there yet; it is made at the first start")
        try refuse(missing)
        return
      }
      do {
        let faults = try IndexFolder.faults(path: settings.index.path)
        guard faults.isEmpty else {
          for fault in faults { print("index          \(settings.index.path): \(fault)") }
          throw DaemonFailure(
            .configuration, "the index \(settings.index.path) cannot be used; delete the folder, and it is built again from the files")
        }
        let assembly = try await Assembly(settings, keepsWatching: false, logger: logger)
        let statistics = try await assembly.index.statistics()
        await assembly.index.close()
        print(
          "index          \(settings.index.path): \(statistics.articles) articles, \(statistics.passages) passages, "
            + "revision \(statistics.revision)")
      } catch let error as EngineError where error.kind == .locked {
        print("index          \(error.description)")
      }
      try refuse(missing)
    } catch {
      throw DaemonFailure(error)
    }
  }

  /// The registry's files, its entries by kind, and what later files changed of earlier ones.
  private static func describe(_ registry: Registry) {
    print("registry       \(registry.files.joined(separator: ", "))")
    let kinds = ActorKind.allCases.compactMap { kind -> String? in
      let count = registry.actors.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    print("actors         \(registry.actors.count)\(kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", "))")
    let trained = registry.topics.indices.count { registry.trainedLayer(ofTopic: $0) != nil }
    print("topics         \(registry.topics.count)\(trained == 0 ? "" : ", \(trained) of them trained")")
    for kind in RegistryChange.Kind.allCases {
      for change in registry.changes where change.kind == kind {
        print(kind.rawValue.padding(toLength: 15, withPad: " ", startingAt: 0) + change.description)
      }
    }
  }

  private static func refuse(_ missing: Int) throws(DaemonFailure) {
    guard missing > 0 else { return }
    throw DaemonFailure(.configuration, missing == 1 ? "a source cannot be read" : "\(missing) sources cannot be read")
  }
}

import Ingest
import Logging
import TestSupport

/// Runs ingest over sources until the body ends; throws when it or the service does not come to its end.
func running(
  _ index: FakeIndex, _ sources: [SourceOptions], change: (inout IngestOptions) -> Void = { _ in },
  _ body: @escaping @Sendable (IngestService<FakeIndex>) async throws -> Void
) async throws {
  var options = IngestOptions(sources: sources, workers: 2)
  change(&options)
  let service = IngestService(target: index, options: options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  let run = Task { try await service.run() }
  let outcome: Result<Void, any Error>
  do {
    // Longer than one wait within it, which tells more when it is given up.
    outcome = .success(try await patiently("what is done while ingest runs", seconds: patience * 1.5) { try await body(service) })
  } catch {
    outcome = .failure(error)
  }
  service.stop()
  try await patiently("the end of ingest") { try await run.value }
  try outcome.get()
}

/// Indexes in passes until the times of every file are trusted: they advance in steps, so of what was changed a moment ago nobody knows
/// whether it has changed since.
func settling(_ index: FakeIndex, _ sources: [SourceOptions]) async throws {
  try await patiently("files whose times are trusted") {
    repeat {
      try await running(index, sources, change: { $0.keepsWatching = false }) { await $0.waitUntilReady() }
      try Task.checkCancellation()
    } while try await index.files().contains { $0.fingerprint.modified == -1 }
  }
}

extension TemporaryTree {
  /// The tree as a source shown as `src`.
  var source: SourceOptions {
    var options = SourceOptions(path: "src", name: "src")
    options.location = path
    return options
  }
}

import Ingest
import Logging

/// Runs ingest over sources until the body ends.
func running(
  _ index: FakeIndex, _ sources: [SourceOptions], change: (inout IngestOptions) -> Void = { _ in },
  _ body: @Sendable (IngestService<FakeIndex>) async throws -> Void
) async throws {
  var options = IngestOptions(sources: sources, workers: 2)
  change(&options)
  let service = IngestService(target: index, options: options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  async let run: Void = service.run()
  do {
    try await body(service)
  } catch {
    service.stop()
    throw error
  }
  service.stop()
  try await run
}

extension TemporaryTree {
  /// The tree as a source shown as `src`.
  var source: SourceOptions {
    var options = SourceOptions(path: "src", name: "src")
    options.location = path
    return options
  }
}

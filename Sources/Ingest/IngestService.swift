// The service that keeps an index in step with the files of its sources: the face that the daemon sees.
import FileWatch
import Logging
import ServiceLifecycle

/// Indexes what changed since the last run, then follows every change, until it is told to stop.
package final class IngestService<Target: IndexTarget>: Service {
  private let target: Target
  private let options: IngestOptions
  private let sources: [Source]
  private let inbox = Inbox()
  private let board: StatusBoard
  private let stopFlag = StopFlag()
  private let logger: Logger

  package init(target: Target, options: IngestOptions, logger: Logger) {
    self.target = target
    self.options = options
    self.logger = logger
    sources = options.sources.map { Source($0, among: options.sources, extraction: options.extraction) }
    board = StatusBoard(sources: options.sources.map { SourceStatus(name: $0.name, path: $0.path, files: 0) })
  }

  /// Works until a graceful shutdown, a cancellation or `stop`; with `keepsWatching` off, until everything is committed.
  ///
  /// At the end the files at hand are finished and committed; only a file of very many records is left half and read again next time.
  package func run() async throws {
    let loop: IngestLoop<Target>
    do {
      loop = try IngestLoop(
        target: target, options: options, sources: sources, inbox: inbox, board: board, stop: stopFlag, logger: logger)
    } catch {
      inbox.end()
      board.stop()
      throw error
    }
    let result: Result<Void, any Error>
    do {
      try await withTaskCancellationHandler {
        try await withGracefulShutdownHandler {
          try await loop.run()
        } onGracefulShutdown: {
          self.stop()
        }
      } onCancel: {
        self.stop()
      }
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await loop.close()
    board.stop()
    try result.get()
  }

  /// Asks `run` to come to its end.
  package func stop() {
    stopFlag.raise()
    inbox.stop()
  }

  package func snapshot() -> IngestSnapshot {
    board.snapshot()
  }

  /// Returns when nothing is left to do: everything seen so far is indexed and committed.
  package func waitUntilReady() async {
    await board.waitUntilReady()
  }

  /// Looks at files again, returning when it is known how many.
  /// - Parameters:
  ///   - paths: files or folders as shown or absolute; empty for everything.
  ///   - full: prepares them anew even when they did not change.
  package func reindex(paths: [String], full: Bool) async throws -> Reindex {
    try await withCheckedThrowingContinuation { continuation in
      let request = ReindexRequest(paths: paths, full: full, reply: continuation)
      if !inbox.put(request) { continuation.resume(throwing: IngestStopped()) }
    }
  }

  /// Runs `body` while nothing is being prepared or applied and everything is committed, then goes on with new workers: for what changes
  /// how articles are prepared, such as a new registry.
  package func exclusively<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
      let work = ExclusiveWork {
        do {
          continuation.resume(returning: try await body())
        } catch {
          continuation.resume(throwing: error)
        }
      } refuse: {
        continuation.resume(throwing: IngestStopped())
      }
      if !inbox.put(work) { continuation.resume(throwing: IngestStopped()) }
    }
  }
}

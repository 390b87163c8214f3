// Tags articles again in the background after the registry has changed: searches and saves go on meanwhile.

import Engine
import Logging
import ServiceLifecycle

/// Works through the articles that wait to be tagged again whenever it is called.
struct RetagService: Service {
  private let index: Index
  private let logger: Logger
  private let calls: AsyncStream<Void>
  private let calling: AsyncStream<Void>.Continuation

  init(index: Index, logger: Logger) {
    self.index = index
    self.logger = logger
    (calls, calling) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Says that articles may be waiting.
  func call() { calling.yield() }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      for await _ in calls {
        guard let waiting = index.retagProgress?.total else {
          await retag()
          continue
        }
        let began = ContinuousClock.now
        await retag()
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        if index.retagProgress == nil {
          logger.notice("tagged again", metadata: ["articles": "\(waiting)", "seconds": "\((seconds * 100).rounded() / 100)"])
        }
      }
    }
  }

  /// Until nothing waits: what fails is tried again after a while, as the files are.
  private func retag() async {
    while !Task.isCancelled {
      do {
        return try await index.retagWaiting()
      } catch is CancellationError {
        return
      } catch {
        logger.error("articles could not be tagged again", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: .seconds(5))
      }
    }
  }
}

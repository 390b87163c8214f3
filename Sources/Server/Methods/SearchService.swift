// What the socket and HTTP ask of the rest of the house. The index and the ingest stand behind it in the daemon, a fake in tests.

import ArasAPI

/// Anything that can be sent as the result of a method.
package typealias Answer = any JSONWritable & Sendable

/// Answers the methods. An `APIError` that is thrown goes to the client as it is.
package protocol SearchService: Sendable {
  /// The index that the answers come from, for the greeting.
  func identity() async -> HelloIndex?
  func search(_ request: SearchRequest) async throws -> Answer
  func count(_ request: SearchRequest) async throws -> Answer
  func facets(_ request: SearchRequest) async throws -> Answer
  func suggest(_ request: SuggestRequest) async throws -> Answer
  func similar(_ request: SimilarRequest) async throws -> Answer
  func get(_ request: GetRequest) async throws -> Answer
  func why(_ request: WhyRequest) async throws -> Answer
  func actors(_ request: ListRequest) async throws -> Answer
  func topics(_ request: ListRequest) async throws -> Answer
  func topic(_ request: TopicRequest) async throws -> Answer
  func train(_ request: TrainRequest) async throws -> Answer
  func forget(_ request: TopicRequest) async throws -> Answer
  func status() async throws -> Answer
  func reindex(_ request: ReindexRequest) async throws -> Reindexing
  /// `deliver` is called from any thread and must not wait; it may be called before this returns.
  func subscribe(_ request: SubscribeRequest, deliver: @escaping @Sendable ([StandingEvent]) -> Void) async throws -> SubscribeResult
  func unsubscribe(_ subscription: String)
}

/// A reindex that has been queued: what was queued, and how it goes on.
package struct Reindexing: Sendable {
  package var result: ReindexResult
  /// Ends when the work is committed. Nobody need read it.
  package var progress: AsyncStream<ReindexProgress>

  package init(result: ReindexResult, progress: AsyncStream<ReindexProgress>) {
    self.result = result
    self.progress = progress
  }
}

/// How far a reindex is.
package struct ReindexProgress: Sendable, Equatable {
  package var done: Int
  package var total: Int
  /// Files per second.
  package var rate: Double
  /// In the last one: the revision that shows the change.
  package var revision: UInt64?

  package init(done: Int, total: Int, rate: Double, revision: UInt64? = nil) {
    self.done = done
    self.total = total
    self.rate = rate
    self.revision = revision
  }
}

// The methods, answered by the index and the ingest.

import ArasAPI
import Engine
import Foundation
import Ingest

/// Answers the methods of the socket.
struct IndexService: SearchService {
  let index: Index
  let ingest: IngestService<EngineTarget>
  private let reloadFailure: ReloadFailure
  private let training: TopicTraining
  private let started = ContinuousClock.now
  /// Files that `status` lists with their reasons; all are counted.
  private static let listedFiles = 100

  init(_ assembly: Assembly, training: TopicTraining) {
    index = assembly.index
    self.training = training
    ingest = assembly.ingest
    reloadFailure = assembly.reloadFailure
  }

  func identity() async -> HelloIndex? { HelloIndex(uuid: index.uuid, revision: index.revision) }

  func search(_ request: SearchRequest) async throws -> Answer { try await index.search(request) }
  func count(_ request: SearchRequest) async throws -> Answer { try await index.count(request) }
  func facets(_ request: SearchRequest) async throws -> Answer { try await index.facets(request) }
  func suggest(_ request: SuggestRequest) async throws -> Answer { try await index.suggest(request) }
  func similar(_ request: SimilarRequest) async throws -> Answer { try await index.similar(request) }
  func get(_ request: GetRequest) async throws -> Answer { try await index.get(request) }
  func why(_ request: WhyRequest) async throws -> Answer { try await index.why(request) }
  func actors(_ request: ListRequest) async throws -> Answer { try await index.actors(request) }
  func topics(_ request: ListRequest) async throws -> Answer { try await index.topics(request) }
  func topic(_ request: TopicRequest) async throws -> Answer { try await index.topic(request) }
  func train(_ request: TrainRequest) async throws -> Answer { try await training.train(request) }
  func forget(_ request: TopicRequest) async throws -> Answer { try await training.forget(request) }

  func status() async throws -> Answer {
    let statistics = try await index.statistics()
    let state = ingest.snapshot()
    let uptime = (ContinuousClock.now - started).components
    let times = Dictionary(statistics.failures.map { ($0.path, $0.indexedAt) }, uniquingKeysWith: max)
    let results = index.resultStatistics
    let postings = index.postingMemory
    let retagging = index.retagProgress.map { Progress(done: $0.done, total: $0.total, rate: $0.rate) }
    return StatusResult(
      state: state.state == .indexing || retagging != nil ? .indexing : .ready,
      progress: state.progress.map { Progress(done: $0.done, total: $0.total, rate: $0.rate) } ?? retagging,
      version: ArasVersion.current, uuid: statistics.uuid, revision: statistics.revision, articles: statistics.articles,
      passages: statistics.passages, terms: statistics.terms, bytes: Int(statistics.bytes),
      sources: state.sources.map { source in
        ArasAPI.SourceStatus(
          name: source.name, path: source.path, files: source.files, articles: statistics.articlesBySource[source.name] ?? 0,
          polledBecause: source.polledBecause, missingBecause: source.missingBecause)
      },
      queueDepth: state.queueDepth, lastError: reloadFailure.message ?? state.lastError,
      skipped: state.skipped.prefix(Self.listedFiles).map { file in
        let time = times[file.path].map { Date(timeIntervalSince1970: TimeInterval($0)) } ?? .now
        return ArasAPI.SkippedFile(path: file.path, reason: file.reason, since: time.formatted(.iso8601))
      },
      skippedCount: state.skipped.count, subscriptions: index.subscriptions,
      resultCache: ResultCacheStatus(
        limit: results.budget, bytes: results.bytes, results: results.results, hits: results.hits, misses: results.misses),
      postingCache: PostingCacheStatus(limit: postings.limit, bytes: postings.bytes),
      uptimeS: Double(uptime.seconds) + Double(uptime.attoseconds) / 1e18)
  }

  func subscribe(_ request: SubscribeRequest, deliver: @escaping @Sendable ([StandingEvent]) -> Void) async throws -> SubscribeResult {
    try await index.subscribe(request, deliver: deliver)
  }

  func unsubscribe(_ subscription: String) { index.unsubscribe(subscription) }

  func reindex(_ request: ArasAPI.ReindexRequest) async throws -> Reindexing {
    let work = try await ingest.reindex(paths: request.paths, full: request.full)
    if let unknown = work.unknown.first {
      throw APIError.notFound("\(unknown) is in no source; the sources are listed by status")
    }
    let (progress, continuation) = AsyncStream<ReindexProgress>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let follower = Task { [index] in
      var last = ReindexProgress(done: 0, total: work.queued, rate: 0)
      for await step in work.progress {
        last = ReindexProgress(done: step.done, total: step.total, rate: step.rate)
        continuation.yield(last)
      }
      last.revision = index.revision
      continuation.yield(last)
      continuation.finish()
    }
    continuation.onTermination = { _ in follower.cancel() }
    return Reindexing(result: ReindexResult(queued: work.queued, paths: request.paths), progress: progress)
  }
}

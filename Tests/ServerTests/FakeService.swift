// A service without an index: it does what the query text says, so that a test can hold an answer back, make it fail or make it
// large.

import ArasAPI
import Engine
import Glibc
import Synchronization

@testable import Server

final class FakeService: SearchService {
  /// Holds back the searches for `wait` until it is opened.
  let gate = Gate()
  /// Counts the searches that have begun.
  let begun = Gate()
  let requests = Mutex<[SearchRequest]>([])

  struct Crash: Error {}

  typealias Deliver = @Sendable ([StandingEvent]) -> Void
  /// By id, how a subscription is told of a match.
  let subscriptions = Mutex<[String: Deliver]>([:])

  /// `early` has a match before the reply.
  func subscribe(_ request: SubscribeRequest, deliver: @escaping Deliver) async throws -> SubscribeResult {
    if request.q == "fail" { throw APIError.querySyntax("no such thing", offset: 1, length: 2) }
    let id = subscriptions.withLock { known in
      let id = "f\(known.count + 1)-\(request.q)"
      known[id] = deliver
      return id
    }
    if request.q == "early" { deliver([Self.match(id, 1)]) }
    return SubscribeResult(subscription: id, revision: 7, query: QueryEcho(text: request.q, parsed: request.q))
  }

  func unsubscribe(_ subscription: String) { subscriptions.withLock { $0[subscription] = nil } }

  /// Tells a subscription of matches; what it is told of is their numbers.
  func tell(_ id: String, _ numbers: Range<Int>) {
    let deliver = subscriptions.withLock { $0[id] }
    for number in numbers { deliver?([Self.match(id, number)]) }
  }

  static func match(_ id: String, _ number: Int, filler: Int = 0) -> StandingEvent {
    .match(
      MatchNotification(
        subscription: id, revision: UInt64(number), article: ArticleSummary(id: "a", lang: "en", path: "p"),
        passage: PassageHit(id: "a#\(number)", heading: String(repeating: "x", count: filler), score: 0, start: 0, end: 0, line: 1)))
  }

  func identity() async -> HelloIndex? { HelloIndex(uuid: "fake", revision: 7) }

  func search(_ request: SearchRequest) async throws -> Answer {
    requests.withLock { $0.append(request) }
    begun.open()
    switch request.q {
    case "wait": await gate.wait()
    case "patient": return PatientThread.isCurrent ? "may stay" : "may not"
    case "stay": while !gate.isOpen { usleep(1000) }
    case "fail": throw APIError.querySyntax("no such thing", offset: 1, length: 2)
    case "crash": throw Crash()
    case "large": return String(repeating: "x", count: 400_000)
    default: break
    }
    return request.q
  }

  func count(_ request: SearchRequest) async throws -> Answer { CountResult(total: Total(articles: 1, passages: 2)) }
  func facets(_ request: SearchRequest) async throws -> Answer { "facets" }
  func suggest(_ request: SuggestRequest) async throws -> Answer { "\(request.q) \(request.limit)" }
  func similar(_ request: SimilarRequest) async throws -> Answer { request.id }
  func get(_ request: GetRequest) async throws -> Answer { throw APIError.notFound("there is no \(request.id)") }
  func why(_ request: WhyRequest) async throws -> Answer { request.tag }
  func actors(_ request: ListRequest) async throws -> Answer { request.query }
  func topics(_ request: ListRequest) async throws -> Answer { request.query }
  func topic(_ request: TopicRequest) async throws -> Answer { request }
  func train(_ request: TrainRequest) async throws -> Answer { request }
  func forget(_ request: TopicRequest) async throws -> Answer { request }
  func status() async throws -> Answer { "fine" }

  func reindex(_ request: ReindexRequest) async throws -> Reindexing {
    let (stream, continuation) = AsyncStream<ReindexProgress>.makeStream()
    continuation.yield(ReindexProgress(done: 1, total: 2, rate: 10))
    continuation.yield(ReindexProgress(done: 2, total: 2, rate: 10, revision: 8))
    continuation.finish()
    return Reindexing(result: ReindexResult(queued: 2, paths: request.paths), progress: stream)
  }
}

/// Something that is awaited until it has happened once.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  var isOpen: Bool { state.withLock { $0.isOpen } }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}

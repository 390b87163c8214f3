// The methods by name: parameters are read, the service is asked, whatever goes wrong becomes an error of the contract.

import ArasAPI
import Logging

/// The methods that there are.
package enum Method: String, CaseIterable, Sendable {
  case search, count, facets, suggest, similar, get, why, actors, topics, topic, train, forget
  case status, reindex, subscribe, unsubscribe, ping

  /// Whether the method waits for a reader; the others answer even when all readers are taken.
  var needsReader: Bool {
    switch self {
    case .search, .count, .facets, .suggest, .similar, .get, .why, .actors, .topics, .topic, .subscribe: true
    case .train, .forget, .status, .reindex, .unsubscribe, .ping: false
    }
  }
}

/// The answer to a request, and what follows it.
struct Reply: Sendable {
  var answer: Answer
  /// Runs after the answer was sent: the progress of a reindex.
  var progress: AsyncStream<ReindexProgress>?
  /// A subscription whose notifications may follow.
  var subscription: String?

  init(_ answer: Answer, progress: AsyncStream<ReindexProgress>? = nil, subscription: String? = nil) {
    self.answer = answer
    self.progress = progress
    self.subscription = subscription
  }
}

/// Carries requests to the service.
struct MethodTable: Sendable {
  let service: any SearchService
  let admission: Admission
  /// The time of a search that does not say its own.
  let queryTimeoutMs: Int
  let logger: Logger

  /// - Parameter subscriptions: those of the connection that asks; nil for one that notifications cannot be sent to.
  func reply(to request: RPCRequest, subscriptions: Subscriptions? = nil) async throws(APIError) -> Reply {
    guard let method = Method(rawValue: request.method) else {
      throw .methodNotFound(request.method, among: Method.allCases.map(\.rawValue))
    }
    logger.debug("request", metadata: ["method": "\(method.rawValue)", "params": "\(request.params.jsonText)"])
    do {
      guard method.needsReader else {
        // Some of these work for long, and not on a thread of their own.
        return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await answer(method, request, subscriptions) }
      }
      return try await admission.admit {
        // The index says so on a thread that has other work to do.
        guard method != .subscribe else {
          return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await answer(method, request, subscriptions) }
        }
        return try await answer(method, request, subscriptions)
      }
    } catch let error as APIError {
      throw error
    } catch is CancellationError {
      throw .indexUnavailable("the daemon is stopping")
    } catch {
      logger.error("a request failed", metadata: ["method": "\(method.rawValue)", "error": "\(error)"])
      throw .internalError("\(method.rawValue) failed: \(error)")
    }
  }

  private func answer(_ method: Method, _ request: RPCRequest, _ subscriptions: Subscriptions?) async throws -> Reply {
    let params = request.params
    switch method {
    case .search: return Reply(try await service.search(searchRequest(params)))
    case .count: return Reply(try await service.count(searchRequest(params)))
    case .facets: return Reply(try await service.facets(searchRequest(params)))
    case .suggest: return Reply(try await service.suggest(SuggestRequest(parameters: params)))
    case .similar:
      var request = try SimilarRequest(parameters: params)
      if params["timeout_ms"] == nil { request.search.timeoutMs = queryTimeoutMs }
      return Reply(try await service.similar(request))
    case .get: return Reply(try await service.get(GetRequest(parameters: params)))
    case .why: return Reply(try await service.why(WhyRequest(parameters: params)))
    case .actors: return Reply(try await service.actors(ListRequest(parameters: params)))
    case .topics: return Reply(try await service.topics(ListRequest(parameters: params)))
    case .topic: return Reply(try await service.topic(TopicRequest(parameters: params)))
    case .train: return Reply(try await service.train(TrainRequest(parameters: params)))
    case .forget: return Reply(try await service.forget(TopicRequest(parameters: params)))
    case .status:
      _ = try EmptyRequest(parameters: params)
      return Reply(try await service.status())
    case .reindex:
      let request = try ReindexRequest(parameters: params)
      let reindexing = try await service.reindex(request)
      return Reply(reindexing.result, progress: request.stream ? reindexing.progress : nil)
    case .subscribe:
      // Who does not get the reply could neither tell its notifications from others nor end them.
      guard let subscriptions, request.id != nil else { throw APIError.invalidRequest("\"subscribe\" needs a connection and an \"id\"") }
      let result = try await subscriptions.subscribe(SubscribeRequest(parameters: params))
      return Reply(result, subscription: result.subscription)
    case .unsubscribe:
      let request = try UnsubscribeRequest(parameters: params)
      guard subscriptions?.unsubscribe(request.subscription) == true else {
        throw APIError.notFound("this connection has no subscription \"\(request.subscription)\"")
      }
      return Reply(request)
    case .ping:
      _ = try EmptyRequest(parameters: params)
      return Reply("pong")
    }
  }

  private func searchRequest(_ params: JSONValue) throws(APIError) -> SearchRequest {
    var request = try SearchRequest(parameters: params)
    if params["timeout_ms"] == nil { request.timeoutMs = queryTimeoutMs }
    return request
  }
}

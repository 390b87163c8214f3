// The methods by name: parameters are read, the service is asked, whatever goes wrong becomes an error of the contract.

import ArasAPI
import Logging

/// The methods that there are.
package enum Method: String, CaseIterable, Sendable {
  case search, count, facets, suggest, similar, get, why, actors, topics, status, reindex, ping

  /// Whether the method waits for a reader; the others answer even when all readers are taken.
  var needsReader: Bool {
    switch self {
    case .search, .count, .facets, .suggest, .similar, .get, .why, .actors, .topics: true
    case .status, .reindex, .ping: false
    }
  }
}

/// The answer to a request, and what follows it.
struct Reply: Sendable {
  var answer: Answer
  /// Runs after the answer was sent: the progress of a reindex.
  var progress: AsyncStream<ReindexProgress>?

  init(_ answer: Answer, progress: AsyncStream<ReindexProgress>? = nil) {
    self.answer = answer
    self.progress = progress
  }
}

/// Carries requests to the service.
struct MethodTable: Sendable {
  let service: any SearchService
  let admission: Admission
  /// The time of a search that does not say its own.
  let queryTimeoutMs: Int
  let logger: Logger

  func reply(to request: RPCRequest) async throws(APIError) -> Reply {
    guard let method = Method(rawValue: request.method) else {
      throw .methodNotFound(request.method, among: Method.allCases.map(\.rawValue))
    }
    logger.debug("request", metadata: ["method": "\(method.rawValue)", "params": "\(request.params.jsonText)"])
    do {
      guard method.needsReader else { return try await answer(method, request.params) }
      return try await admission.admit { try await answer(method, request.params) }
    } catch let error as APIError {
      throw error
    } catch is CancellationError {
      throw .indexUnavailable("the daemon is stopping")
    } catch {
      logger.error("a request failed", metadata: ["method": "\(method.rawValue)", "error": "\(error)"])
      throw .internalError("\(method.rawValue) failed: \(error)")
    }
  }

  private func answer(_ method: Method, _ params: JSONValue) async throws -> Reply {
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
    case .status:
      _ = try EmptyRequest(parameters: params)
      return Reply(try await service.status())
    case .reindex:
      let request = try ReindexRequest(parameters: params)
      let reindexing = try await service.reindex(request)
      return Reply(reindexing.result, progress: request.stream ? reindexing.progress : nil)
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

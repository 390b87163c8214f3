// What the index is asked: each question runs on a reader, on the newest snapshot, or is answered with a result that was kept.
import ArasAPI
import Tagging
import TextAnalysis

extension Index {
  package var resultStatistics: ResultCacheStatistics { results.statistics }

  /// Bytes that decoded posting lists may take, and those that they take.
  package var postingMemory: (limit: Int, bytes: Int) {
    let postings = holder.snapshot.postings
    return (postings.limit, postings.bytes)
  }

  package func search(_ request: SearchRequest) async throws -> SearchResult { try await hits(request) }

  package func similar(_ request: SimilarRequest) async throws -> SearchResult { try await hits(request.search, like: request.id) }

  private func hits(_ request: SearchRequest, like: String? = nil) async throws -> SearchResult {
    let began = Clock.now
    var result = try await answering(.search, request, like: like) { search, began in
      let result = try search.run(began: began)
      return (result, search.isSettled(result))
    }
    result.tookUs = Int((Clock.now - began) / 1000)
    return result
  }

  package func count(_ request: SearchRequest) async throws -> CountResult {
    try await answering(.count, request) { search, _ in
      let found = try search.find(best: 1)
      return (CountResult(total: search.total(found)), !found.timedOut)
    }
  }

  package func facets(_ request: SearchRequest) async throws -> FacetsResult {
    try await answering(.facets, request) { search, _ in
      let found = try search.find()
      let facets = search.facets(found, search.beginCounting(found))
      return (FacetsResult(total: search.total(found), facets: facets), !found.timedOut)
    }
  }

  /// Answers with the result of an earlier request, or finds one.
  /// - Parameter find: also says whether the same request would find the same again.
  private func answering<Result: Sendable & JSONWritable>(
    _ kind: ResultCache.Key.Kind, _ request: SearchRequest, like: String? = nil,
    _ find: @escaping @Sendable (Search, UInt64) throws -> (result: Result, isSettled: Bool)
  ) async throws -> Result {
    guard results.isOn else { return try await searching(request, like: like) { search, began in try find(search, began).result } }
    let key = ResultCache.Key(kind, request, like: like, today: Clock.today)
    if let known: Result = results.result(key, at: holder.snapshot) { return known }
    return try await searching(request, like: like) { search, began in
      let found = try find(search, began)
      if found.isSettled, search.today == key.today { self.results.keep(found.result, key, at: search.snapshot) }
      return found.result
    }
  }

  func searching<Result: Sendable>(
    _ request: SearchRequest, like: String? = nil, _ body: @escaping @Sendable (Search, UInt64) throws -> Result
  ) async throws -> Result {
    let began = Clock.now
    return try await read { reader, snapshot in
      let search = Search(
        request: request, snapshot: snapshot, view: reader.view, analyzer: reader.analyzer, vocabularies: self.vocabularies,
        today: Clock.today, deadline: began + UInt64(request.timeoutMs) * 1_000_000, like: like, cores: self.readers.cores)
      return try body(search, began)
    }
  }

  package func get(_ request: GetRequest) async throws -> GetResult {
    try await read { reader, snapshot in try Lookup(view: reader.view, snapshot: snapshot).get(request) }
  }

  package func why(_ request: WhyRequest) async throws -> WhyResult {
    try await read { reader, snapshot in try Grounds(view: reader.view, snapshot: snapshot).why(request, reader.analyzer) }
  }

  package func actors(_ request: ListRequest) async throws -> ActorsResult {
    try await read { reader, snapshot in try Lookup(view: reader.view, snapshot: snapshot).actors(request) }
  }

  package func topics(_ request: ListRequest) async throws -> TopicsResult {
    try await read { reader, snapshot in try Lookup(view: reader.view, snapshot: snapshot).topics(request) }
  }

  package func topic(_ request: TopicRequest) async throws -> TopicResult {
    try await read { reader, snapshot in try Lookup(view: reader.view, snapshot: snapshot).topic(request) }
  }

  package func suggest(_ request: SuggestRequest) async throws -> SuggestResult {
    try await read { reader, snapshot in
      try Suggester(
        request: request, snapshot: snapshot, view: reader.view, analyzer: reader.analyzer,
        vocabulary: self.vocabularies.vocabulary(reader.view, snapshot), names: self.vocabularies.names(snapshot.registry),
        counts: self.vocabularies.counts, sample: self.vocabularies.sample(snapshot)
      ).run()
    }
  }

  /// The texts that completions are taken from, once they have been read.
  func knownSample(_ snapshot: Snapshot) -> KnownSample? { vocabularies.sample(snapshot) }
}

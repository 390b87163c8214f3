// Asks the daemon every judged query and measures the rankings. Articles are known by the key of their record, by their id, or by the
// path of their file: by whichever of these the judgements use.
import ArasAPI

/// Is what an evaluation found, by query and on the whole.
package struct Evaluation: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package var id: String
    package var scores: RankingScores
  }

  /// In the order of the file of queries.
  package var rows: [Row]
  /// Queries without a relevant article in the judgements: they cannot be measured and are left out.
  package var unjudged: Int
  /// Queries that have judgements but are not in the file of queries.
  package var missing: Int
  /// Queries that the daemon answered by an error, which count 0, with the first such error.
  package var failed: Int
  package var firstFailure: String?
  /// Queries for which the time ran out, and a part was measured.
  package var partial: Int
  /// Revisions of the index at the first and at the last answer.
  package var revisions: ClosedRange<UInt64>?

  package init(rows: [Row], unjudged: Int = 0, missing: Int = 0, failed: Int = 0, partial: Int = 0) {
    self.rows = rows
    self.unjudged = unjudged
    self.missing = missing
    self.failed = failed
    self.partial = partial
  }

  package var mean: RankingScores { .mean(rows.map(\.scores)) }
}

/// Runs an evaluation.
package struct Evaluator {
  package var client: DaemonClient
  package var match: MatchMode
  /// Hits asked for; `map` counts what is among them.
  package var depth: Int
  package var timeoutMs: Int
  /// Queries under way at most.
  package var window: Int

  package init(client: DaemonClient, match: MatchMode = .auto, depth: Int = 100, timeoutMs: Int = 60_000, window: Int = 16) {
    self.client = client
    self.match = match
    self.depth = depth
    self.timeoutMs = timeoutMs
    self.window = window
  }

  /// - Parameter progress: called after each answer with the queries done and all queries.
  package func run(
    _ queries: [EvaluationQuery], _ judgements: Judgements, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(ClientError) -> Evaluation {
    let known = Set(queries.map(\.id))
    let judged = queries.filter { judgements.grades[$0.id]?.values.contains { $0 > 0 } ?? false }
    var result = Evaluation(rows: [])
    result.unjudged = queries.count - judged.count
    result.missing = judgements.grades.keys.count { !known.contains($0) }
    guard !judged.isEmpty else { throw .configuration("none of the queries has a relevant article in the judgements; do their ids agree?") }
    var pending = RequestWindow<EvaluationQuery>(client: client, limit: window)
    var rest = judged[...]
    while !rest.isEmpty || !pending.isEmpty {
      if let query = rest.first, !pending.isFull {
        rest.removeFirst()
        try pending.send("search", request(query), query)
        continue
      }
      guard let (query, answer) = try pending.next() else { continue }
      var ranked: [String] = []
      switch answer {
      case .failure(let error):
        result.failed += 1
        if result.firstFailure == nil { result.firstFailure = "\(query.id): \(error.message)" }
      case .success(let reply):
        let found = try reply.read(SearchResult.self)
        if found.timedOut { result.partial += 1 }
        let first = result.revisions?.lowerBound ?? found.revision
        result.revisions = min(first, found.revision)...max(result.revisions?.upperBound ?? first, found.revision)
        ranked = found.hits.map { Self.name($0.article, judgements) }
      }
      result.rows.append(Evaluation.Row(id: query.id, scores: RankingScores(ranked: ranked, grades: judgements.grades[query.id] ?? [:])))
      progress(result.rows.count, judged.count)
    }
    return result
  }

  private func request(_ query: EvaluationQuery) -> SearchRequest {
    var request = SearchRequest(q: query.text)
    request.match = match
    request.limit = depth
    request.perGroup = 1
    request.facets = []
    request.snippets.count = 0
    request.timeoutMs = timeoutMs
    return request
  }

  /// What the judgements call an article; its key, or else its id, where they do not judge it.
  private static func name(_ article: ArticleSummary, _ judgements: Judgements) -> String {
    // The path of a file of many records names all of them.
    let names = article.key.map { [$0, article.id] } ?? [article.id, article.path]
    return names.first { judgements.articles.contains($0) } ?? names[0]
  }
}

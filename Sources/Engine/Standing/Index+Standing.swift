// Standing queries as the rest of the daemon sees them.
import ArasAPI

extension Index {
  /// Standing queries that there are.
  package var subscriptions: Int { standing.count }

  /// Asks a query of every commit from now on. `deliver` is called on a thread of the index with some matches at once, in the
  /// order of revisions, and must not wait;
  /// it may be called before this returns.
  package func subscribe(
    _ request: SubscribeRequest, deliver: @escaping @Sendable ([StandingEvent]) -> Void
  ) async throws -> SubscribeResult {
    try standing.checkRoom()
    let query = StandingQuery(id: standing.takeID(), request, deliver: deliver)
    // As a search it shows whether it can be asked at all, and how it is read.
    let echo = try await searching(query.request) { search, _ in
      let found = try search.find()
      return try search.echo(found, search.total(found))
    }
    return SubscribeResult(subscription: query.id, revision: try await writer.add(query), query: echo)
  }

  /// Ends a subscription; one that there is not has ended already.
  package func unsubscribe(_ id: String) { standing.remove(id) }

  /// Returns when the standing queries have been asked of every commit so far.
  package func standingQueriesAsked() async { await standing.drain() }
}

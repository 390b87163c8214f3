// A query that stands: asked once, it is told of every passage that matches from then on.
import ArasAPI

struct StandingQuery: Sendable {
  var id: String
  /// The request as a search: every clause must match, passage by passage, and nothing is ranked.
  var request: SearchRequest
  /// Called on the thread that matches, with some matches at once: it must not wait.
  var deliver: @Sendable ([StandingEvent]) -> Void

  init(id: String, _ asked: SubscribeRequest, deliver: @escaping @Sendable ([StandingEvent]) -> Void) {
    self.id = id
    self.deliver = deliver
    request = SearchRequest(q: asked.q)
    request.match = .all
    request.filters = asked.filters
    request.exclude = asked.exclude
    request.snippets = asked.snippets
    request.syntax = asked.syntax
    request.group = .passage
    // Weights are not asked for.
    request.sort = .dateDescending
    request.facets = []
  }
}

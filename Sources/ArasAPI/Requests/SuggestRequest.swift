// The parameters of `suggest`.

/// Asks for completions of what has been typed so far.
package struct SuggestRequest: Sendable, Hashable, JSONWritable {
  /// As typed; empty for the most frequent topics and actors.
  package var q: String
  package var limit: Int

  package static let defaultLimit = 10

  package init(q: String = "", limit: Int = Self.defaultLimit) {
    self.q = q
    self.limit = limit
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["q", "limit"])
    self.init(q: try reader.string("q", default: ""), limit: try reader.int("limit", in: 0...1000, default: Self.defaultLimit))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      if !q.isEmpty { $0.field("q", q) }
      if limit != Self.defaultLimit { $0.field("limit", limit) }
    }
  }
}

// The parameters of `similar`: an article or a passage to be like, and everything that a search takes beside it.

/// Asks for what is like an article or a passage.
package struct SimilarRequest: Sendable, Hashable {
  /// Of an article, or of a passage (`<article>#<n>`).
  package var id: String
  /// Its query text, where there is one, must match too.
  package var search: SearchRequest

  /// The names of all parameters, in the order of the contract.
  package static let parameterNames = ["id"] + SearchRequest.parameterNames

  package init(id: String, search: SearchRequest = SearchRequest()) {
    self.id = id
    self.search = search
  }

  /// Reads and checks the parameters.
  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: Self.parameterNames)
    id = try reader.requiredString("id")
    search = try SearchRequest(parameters: .object((parameters.members ?? []).filter { $0.key != "id" }))
  }
}

extension SimilarRequest: JSONWritable {
  package func write(to writer: inout JSONWriter) {
    let others = (try? JSONValue(parsing: search.jsonBytes))?.members ?? []
    writer.object {
      $0.field("id", id)
      for member in others where member != JSONMember("q", "") { $0.field(member.key, member.value) }
    }
  }
}

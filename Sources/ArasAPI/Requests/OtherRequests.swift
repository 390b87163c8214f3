// The parameters of the methods beside search.

/// Asks for an article, or for one of its passages, by id.
package struct GetRequest: Sendable, Hashable, JSONWritable {
  package var id: String
  /// Whether to list what was removed from the text before it was searched.
  package var removed: Bool

  package init(id: String, removed: Bool = false) {
    self.id = id
    self.removed = removed
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["id", "removed"])
    self.init(id: try reader.requiredString("id"), removed: try reader.bool("removed", default: false))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      if removed { $0.field("removed", removed) }
    }
  }
}

/// Asks for entries of the registry, actors or topics, whose names match.
package struct ListRequest: Sendable, Hashable, JSONWritable {
  /// The beginning or a part of an id, a label or an alias; empty for all.
  package var query: String
  package var limit: Int

  package init(query: String = "", limit: Int = 20) {
    self.query = query
    self.limit = limit
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["query", "limit"])
    self.init(
      query: try reader.string("query", default: ""),
      limit: try reader.int("limit", in: 0...1_000_000, default: 20))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      if !query.isEmpty { $0.field("query", query) }
      if limit != 20 { $0.field("limit", limit) }
    }
  }
}

/// Asks to look at files again.
package struct ReindexRequest: Sendable, Hashable, JSONWritable {
  /// Files and folders; none for all sources.
  package var paths: [String]
  /// Whether to index again what has not changed, too.
  package var full: Bool
  /// Whether to send `progress` notifications until it is done.
  package var stream: Bool

  package init(paths: [String] = [], full: Bool = false, stream: Bool = false) {
    self.paths = paths
    self.full = full
    self.stream = stream
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["paths", "full", "stream"])
    self.init(
      paths: try reader.strings("paths"),
      full: try reader.bool("full", default: false),
      stream: try reader.bool("stream", default: false))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      if !paths.isEmpty { $0.field("paths", paths) }
      if full { $0.field("full", full) }
      if stream { $0.field("stream", stream) }
    }
  }
}

/// Checks that a method without parameters is given none.
package struct EmptyRequest: Sendable, Hashable, JSONWritable {
  package init() {}

  package init(parameters: JSONValue) throws(APIError) {
    _ = try ParameterReader(parameters, known: [])
  }

  package func write(to writer: inout JSONWriter) { writer.object { _ in } }
}

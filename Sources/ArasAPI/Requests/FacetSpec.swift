// Which facets a search is asked for, and how each is to be counted and cut.

/// Is a field that articles can be counted by.
package enum FacetField: String, Sendable, CaseIterable, Hashable, JSONWritable, JSONReadable {
  case actor, place, topic, source, author, keyword, lang, date, kind, quality
}

/// Says which filters a facet is counted under.
package enum FacetMode: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  /// Every filter but the facet's own.
  case auto
  /// Every filter.
  case strict
  /// No filter.
  case max
}

package enum FacetSort: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case count, label, lift
}

/// Is the step of a date facet.
package enum DateInterval: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case auto, day, week, month, quarter, year
}

/// Is one facet that is asked for.
package struct FacetSpec: Sendable, Hashable {
  package var field: FacetField
  /// Values at most.
  package var limit: Int
  package var mode: FacetMode
  /// Only values whose id, label or alias begins with or contains this; empty for all.
  package var query: String
  /// Not used by the date facet, which is in order of time.
  package var sort: FacetSort
  /// Whether each actor, place or topic is counted with all below it, as `actor:x+` finds them.
  package var rollsUp: Bool
  /// Used by the date facet alone.
  package var interval: DateInterval

  package init(
    _ field: FacetField, limit: Int? = nil, mode: FacetMode = .auto, query: String = "", sort: FacetSort = .count,
    rollsUp: Bool = false, interval: DateInterval = .auto
  ) {
    self.field = field
    self.limit = limit ?? Self.defaultLimit(field)
    self.mode = mode
    self.query = query
    self.sort = sort
    self.rollsUp = rollsUp
    self.interval = interval
  }

  /// The date facet has room for a line of time; the others for a short list.
  package static func defaultLimit(_ field: FacetField) -> Int { field == .date ? 1000 : 10 }
}

extension FacetSpec: JSONWritable {
  package init(_ field: FacetField, parameters: JSONValue) throws(APIError) {
    let dates = field == .date
    let hasParents = field == .actor || field == .place || field == .topic
    let reader = try ParameterReader(
      parameters, known: ["limit", "mode", "query", "sort"] + (dates ? ["interval"] : []) + (hasParents ? ["rollup"] : []),
      at: "facets.\(field.rawValue)")
    self.init(
      field,
      limit: try reader.int("limit", in: 0...100_000, default: Self.defaultLimit(field)),
      mode: try reader.choice("mode", default: .auto),
      query: try reader.string("query", default: ""),
      sort: try reader.choice("sort", default: .count),
      rollsUp: hasParents ? try reader.bool("rollup", default: false) : false,
      interval: try reader.choice("interval", default: .auto))
  }

  /// Writes the value of the facet's member, not its name.
  package func write(to writer: inout JSONWriter) {
    writer.object {
      if limit != Self.defaultLimit(field) { $0.field("limit", limit) }
      if mode != .auto { $0.field("mode", mode) }
      if !query.isEmpty { $0.field("query", query) }
      if sort != .count { $0.field("sort", sort) }
      if rollsUp { $0.field("rollup", true) }
      if interval != .auto { $0.field("interval", interval) }
    }
  }

  /// Reads a list of names, or an object of names with their options.
  package static func list(parameters: JSONValue) throws(APIError) -> [FacetSpec] {
    let known = FacetField.allCases.map(\.rawValue)
    var specs: [FacetSpec] = []
    switch parameters {
    case .array(let names):
      for name in names {
        guard let word = name.string else {
          throw APIError.invalidParams("\"facets\" must hold names, not \(name.typeName)", parameter: "facets", nearest: "facets")
        }
        guard let field = FacetField(rawValue: word) else {
          let nearest = NearestName.of(word, among: known)
          throw APIError.invalidParams(
            "unknown name \"\(word)\" in \"facets\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""), parameter: "facets",
            nearest: nearest)
        }
        if !specs.contains(where: { $0.field == field }) { specs.append(FacetSpec(field)) }
      }
    case .object(let members):
      _ = try ParameterReader(parameters, known: known, at: "facets")
      for member in members {
        if let field = FacetField(rawValue: member.key) { specs.append(try FacetSpec(field, parameters: member.value)) }
      }
    default:
      throw APIError.invalidParams(
        "\"facets\" must be a list of names or an object, not \(parameters.typeName)", parameter: "facets", nearest: "facets")
    }
    return specs
  }
}

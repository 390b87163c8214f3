// The words that a search is asked with: each enumeration is the list of one parameter's valid values.

/// Says how the words of a query combine.
package enum MatchMode: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  /// Every clause must match.
  case all
  /// Ranked OR.
  case any
  /// A few words mean all of them, a sentence is ranked by the best of them; what finds nothing as `all` is tried as `any`.
  case auto
}

/// Says what is counted: articles or passages.
package enum Unit: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case article
  case passage
}

package enum SortOrder: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case relevance
  case dateDescending = "date:desc"
  case dateAscending = "date:asc"
}

/// Says what happens to query text that does not parse: read as literal words, or refused.
package enum QuerySyntax: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case lenient
  case strict
}

/// Says which snippets a passage is shown by.
package struct SnippetOptions: Sendable, Hashable, JSONWritable {
  /// Where a snippet may begin and end.
  package enum Boundary: String, Sendable, CaseIterable, JSONWritable {
    case sentence
    case word
  }

  /// Snippets per passage at most; 0 for none.
  package var count: Int
  /// Bytes of a snippet's text at most; a single word that is longer is shown whole.
  package var length: Int
  package var boundary: Boundary

  package init(count: Int = 3, length: Int = 240, boundary: Boundary = .sentence) {
    self.count = count
    self.length = length
    self.boundary = boundary
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["count", "length", "boundary"], at: "snippets")
    self.init(
      count: try reader.int("count", in: 0...100, default: 3),
      length: try reader.int("length", in: 1...100_000, default: 240),
      boundary: try reader.choice("boundary", default: .sentence))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("count", count)
      $0.field("length", length)
      $0.field("boundary", boundary)
    }
  }
}

// The parameters of the methods about standing queries.

/// Asks to be told of every passage that matches from now on.
///
/// Words side by side mean all of them: there is no result to rank, and so nothing that a question could be answered best by.
package struct SubscribeRequest: Sendable, Hashable {
  /// Query text; empty or `*` for everything that is written.
  package var q: String
  package var filters: Filters
  package var exclude: Filters
  package var snippets: SnippetOptions
  package var syntax: QuerySyntax

  package init(
    q: String = "", filters: Filters = Filters(), exclude: Filters = Filters(), snippets: SnippetOptions = SnippetOptions(),
    syntax: QuerySyntax = .lenient
  ) {
    self.q = q
    self.filters = filters
    self.exclude = exclude
    self.snippets = snippets
    self.syntax = syntax
  }
}

extension SubscribeRequest: JSONWritable {
  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["q", "filters", "exclude", "snippets", "syntax"])
    self.init(q: try reader.string("q", default: ""), syntax: try reader.choice("syntax", default: .lenient))
    if let value = reader.value("filters") { filters = try Filters(parameters: value, at: "filters") }
    if let value = reader.value("exclude") { exclude = try Filters(parameters: value, at: "exclude") }
    if let value = reader.value("snippets") { snippets = try SnippetOptions(parameters: value) }
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("q", q)
      if !filters.isEmpty { $0.field("filters", filters) }
      if !exclude.isEmpty { $0.field("exclude", exclude) }
      if snippets != SnippetOptions() { $0.field("snippets", snippets) }
      if syntax != .lenient { $0.field("syntax", syntax) }
    }
  }
}

/// Asks to be told no more.
package struct UnsubscribeRequest: Sendable, Hashable, JSONWritable {
  package var subscription: String

  package init(subscription: String) { self.subscription = subscription }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["subscription"])
    self.init(subscription: try reader.requiredString("subscription"))
  }

  package func write(to writer: inout JSONWriter) { writer.object { $0.field("subscription", subscription) } }
}

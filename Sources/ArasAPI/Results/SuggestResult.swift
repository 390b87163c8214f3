// Completions of what has been typed so far.

/// Says what sort of thing a completion is.
package enum SuggestionKind: String, Sendable, CaseIterable, JSONWritable, JSONReadable {
  case word, phrase, title, actor, topic
}

/// Is one completion.
package struct Suggestion: Sendable, Equatable {
  /// What to put in place of the text typed.
  package var text: String
  package var kind: SuggestionKind
  /// Of the actor, the topic, or the newest article with the title.
  package var id: String?
  /// Of the actor or the topic.
  package var label: String?
  /// The name that begins like the text typed, where it is not the label.
  package var match: String?
  /// That have it; nil for a word that is in too many passages to count their articles while somebody types.
  package var articles: Int?
  package var passages: Int

  package init(
    text: String, kind: SuggestionKind, id: String? = nil, label: String? = nil, match: String? = nil, articles: Int?, passages: Int
  ) {
    self.text = text
    self.kind = kind
    self.id = id
    self.label = label
    self.match = match
    self.articles = articles
    self.passages = passages
  }
}

extension Suggestion: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("text", text)
      $0.field("kind", kind)
      if let id { $0.field("id", id) }
      if let label { $0.field("label", label) }
      if let match { $0.field("match", match) }
      $0.field("articles", articles)
      $0.field("passages", passages)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      text: try json.read("text"),
      kind: try json.read("kind"),
      id: try json.read("id"),
      label: try json.read("label"),
      match: try json.read("match"),
      articles: try json.read("articles"),
      passages: try json.read("passages"))
  }
}

/// Is the result of `suggest`.
package struct SuggestResult: Sendable, Equatable {
  package var revision: UInt64
  /// The likeliest first.
  package var suggestions: [Suggestion]

  package init(revision: UInt64, suggestions: [Suggestion]) {
    self.revision = revision
    self.suggestions = suggestions
  }
}

extension SuggestResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("revision", revision)
      $0.field("suggestions", suggestions)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      revision: try json.read("revision"),
      suggestions: try json.read("suggestions"))
  }
}

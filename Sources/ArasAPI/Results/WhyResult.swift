// The grounds of a tag: every place that spoke for it, and every place that might have and did not.

/// Is one place in an article that has to do with a tag.
package struct Ground: Sendable, Equatable {
  package enum Place: String, Sendable, JSONWritable { case title, heading, text }

  /// Where the words stand.
  package var place: Place
  /// Nil for the title.
  package var passage: String?
  /// Bytes of the article's text; nil in a title or heading.
  package var start: Int?
  package var end: Int?
  /// Of the article's text, from 1; nil in a title or heading.
  package var line: Int?
  /// The words.
  package var text: String
  /// The name or the rule of the registry that they fit.
  package var rule: String
  /// `name`, `demonym`, `metonym`, `acronym`, `surname`, `weak`, `native`; `topic` for a rule of a topic, `trained` for a word
  /// that its trained layer gives a weight.
  package var type: String
  /// What it adds to the score of a topic; below 0 where it speaks against it.
  package var weight: Double?
  package var accepted: Bool
  package var reason: String

  package init(
    place: Place, passage: String?, start: Int?, end: Int?, line: Int?, text: String, rule: String, type: String, weight: Double? = nil,
    accepted: Bool, reason: String
  ) {
    self.place = place
    self.passage = passage
    self.start = start
    self.end = end
    self.line = line
    self.text = text
    self.rule = rule
    self.type = type
    self.weight = weight
    self.accepted = accepted
    self.reason = reason
  }
}

extension Ground: JSONReadable, JSONWritable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("in", place)
      $0.field("passage", passage)
      $0.field("start", start)
      $0.field("end", end)
      $0.field("line", line)
      $0.field("text", text)
      $0.field("rule", rule)
      $0.field("type", type)
      $0.fieldIfPresent("weight", weight)
      $0.field("accepted", accepted)
      $0.field("reason", reason)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      place: Place(rawValue: try json.read("in")) ?? .text, passage: try json.read("passage"), start: try json.read("start"),
      end: try json.read("end"), line: try json.read("line"), text: try json.read("text"), rule: try json.read("rule"),
      type: try json.read("type"), weight: try json.read("weight"), accepted: try json.read("accepted"),
      reason: try json.read("reason"))
  }
}

/// Is the result of `why`.
package struct WhyResult: Sendable, Equatable {
  /// Of the article or the passage.
  package var id: String
  package var title: String?
  package var path: String
  /// `actor`, `place` or `topic`.
  package var field: String
  package var tag: String
  package var label: String
  /// Whether the article or the passage has the tag.
  package var tagged: Bool
  /// Whether the article is about the actor; nil for a topic.
  package var salient: Bool?
  /// What a passage needs to have the topic; nil for an actor.
  package var threshold: Double?
  package var grounds: [Ground]

  package init(
    id: String, title: String?, path: String, field: String, tag: String, label: String, tagged: Bool, salient: Bool?,
    threshold: Double?, grounds: [Ground]
  ) {
    self.id = id
    self.title = title
    self.path = path
    self.field = field
    self.tag = tag
    self.label = label
    self.tagged = tagged
    self.salient = salient
    self.threshold = threshold
    self.grounds = grounds
  }
}

extension WhyResult: JSONReadable, JSONWritable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("title", title)
      $0.field("path", path)
      $0.field("field", field)
      $0.field("tag", tag)
      $0.field("label", label)
      $0.field("tagged", tagged)
      $0.fieldIfPresent("salient", salient)
      $0.fieldIfPresent("threshold", threshold)
      $0.field("grounds", grounds)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"), title: try json.read("title"), path: try json.read("path"), field: try json.read("field"),
      tag: try json.read("tag"), label: try json.read("label"), tagged: try json.read("tagged"), salient: try json.read("salient"),
      threshold: try json.read("threshold"), grounds: try json.read("grounds"))
  }
}

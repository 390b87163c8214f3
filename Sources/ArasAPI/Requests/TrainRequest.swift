// Teaching the daemon a topic by examples, and what else is asked about one topic.

/// Is a text that somebody marked: whether it is about the topic or not.
package struct MarkedExample: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// The id of an article or a passage of the index.
    case id(String)
    /// A text of any length, with the title of its article where it has one, and the ISO 639-1 code of its language where it is known.
    case text(String, title: String?, language: String?)
  }

  package var source: Source
  package var isYes: Bool

  package init(_ source: Source, isYes: Bool) {
    self.source = source
    self.isYes = isYes
  }
}

extension MarkedExample: JSONWritable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      switch source {
      case .id(let id): $0.field("id", id)
      case .text(let text, let title, let language):
        $0.fieldIfPresent("title", title)
        $0.field("text", text)
        $0.fieldIfPresent("lang", language)
      }
      $0.field("label", isYes)
    }
  }

  /// - Parameter path: of the example in the parameters, for messages.
  init(parameters: JSONValue, at path: String) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["id", "text", "title", "lang", "label"], at: path)
    guard reader.value("label") != nil else {
      throw APIError.invalidParams("\"\(path).label\" is missing; expected true or false", parameter: "\(path).label")
    }
    let isYes = try reader.bool("label", default: false)
    if reader.value("text") != nil {
      let text = try reader.string("text", default: "")
      let title = try reader.string("title", default: "")
      let language = try reader.string("lang", default: "")
      self.init(.text(text, title: title.isEmpty ? nil : title, language: language.isEmpty ? nil : language), isYes: isYes)
    } else {
      self.init(.id(try reader.requiredString("id")), isYes: isYes)
    }
  }
}

/// Asks to learn a topic from marked examples.
package struct TrainRequest: Sendable, Hashable, JSONWritable {
  /// The id of a topic, there already or new.
  package var topic: String
  /// Of a new topic; nil to make one of the id.
  package var label: String?
  /// The topic that a new one belongs to.
  package var parent: String?
  package var examples: [MarkedExample]
  /// Whether more examples follow: these are only kept, and the reply names the draft that they are kept under.
  package var more: Bool
  /// The draft that these examples belong to.
  package var draft: String?
  /// Whether the reply waits until the index is tagged anew.
  package var wait: Bool

  package init(
    topic: String, label: String? = nil, parent: String? = nil, examples: [MarkedExample], more: Bool = false, draft: String? = nil,
    wait: Bool = false
  ) {
    self.topic = topic
    self.label = label
    self.parent = parent
    self.examples = examples
    self.more = more
    self.draft = draft
    self.wait = wait
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["topic", "label", "parent", "examples", "more", "draft", "wait"])
    var examples: [MarkedExample] = []
    if let value = reader.value("examples") {
      guard let list = value.array else { throw reader.mismatch("examples", expected: "a list of objects", found: value) }
      for (number, element) in list.enumerated() {
        examples.append(try MarkedExample(parameters: element, at: "examples[\(number)]"))
      }
    }
    func optional(_ name: String) throws(APIError) -> String? {
      let text = try reader.string(name, default: "")
      return text.isEmpty ? nil : text
    }
    self.init(
      topic: try reader.requiredString("topic"), label: try optional("label"), parent: try optional("parent"), examples: examples,
      more: try reader.bool("more", default: false), draft: try optional("draft"), wait: try reader.bool("wait", default: false))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topic", topic)
      $0.fieldIfPresent("label", label)
      $0.fieldIfPresent("parent", parent)
      $0.field("examples", examples)
      if more { $0.field("more", more) }
      $0.fieldIfPresent("draft", draft)
      if wait { $0.field("wait", wait) }
    }
  }
}

/// Asks about one topic, or, with `forget`, to take its trained layer away.
package struct TopicRequest: Sendable, Hashable, JSONWritable {
  package var topic: String
  /// With `forget`: whether the reply waits until the index is tagged anew.
  package var wait: Bool

  package init(topic: String, wait: Bool = false) {
    self.topic = topic
    self.wait = wait
  }

  package init(parameters: JSONValue) throws(APIError) {
    let reader = try ParameterReader(parameters, known: ["topic", "wait"])
    self.init(topic: try reader.requiredString("topic"), wait: try reader.bool("wait", default: false))
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topic", topic)
      if wait { $0.field("wait", wait) }
    }
  }
}

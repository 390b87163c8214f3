// What is known of one topic: its rules, and the layer that was trained.

/// Is a word with a trained weight.
package struct WeightedWord: Sendable, Equatable {
  /// An index term: the stem of a word.
  package var word: String
  package var weight: Double

  package init(word: String, weight: Double) {
    self.word = word
    self.weight = weight
  }
}

extension WeightedWord: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("word", word)
      $0.field("weight", weight)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(word: try json.read("word"), weight: try json.read("weight"))
  }
}

/// Is the trained layer of a topic.
package struct TrainedLayerInfo: Sendable, Equatable {
  /// `centroid` or `linear`.
  package var method: String
  /// The day of the training.
  package var trained: String
  /// Examples marked yes and no, and others of the index that were taken for a no.
  package var yes: Int
  package var no: Int
  package var sampled: Int
  package var threshold: Double
  /// How many words have a weight.
  package var weights: Int
  /// The words that speak most for the topic, and most against it.
  package var top: [WeightedWord]
  package var against: [WeightedWord]

  package init(
    method: String, trained: String, yes: Int, no: Int, sampled: Int, threshold: Double, weights: Int, top: [WeightedWord],
    against: [WeightedWord]
  ) {
    self.method = method
    self.trained = trained
    self.yes = yes
    self.no = no
    self.sampled = sampled
    self.threshold = threshold
    self.weights = weights
    self.top = top
    self.against = against
  }
}

extension TrainedLayerInfo: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("method", method)
      $0.field("trained", trained)
      $0.field("yes", yes)
      $0.field("no", no)
      $0.field("sampled", sampled)
      $0.field("threshold", threshold)
      $0.field("weights", weights)
      $0.field("top", top)
      $0.field("against", against)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      method: try json.read("method"), trained: try json.read("trained"), yes: try json.read("yes"), no: try json.read("no"),
      sampled: try json.read("sampled"), threshold: try json.read("threshold"), weights: try json.read("weights"),
      top: try json.read("top", default: []), against: try json.read("against", default: []))
  }
}

/// Is a rule of a topic as it is written.
package struct TopicRuleInfo: Sendable, Equatable, JSONWritable, JSONReadable {
  package var rule: String
  package var weight: Double
  /// Nil where it works in every language.
  package var lang: String?

  package init(rule: String, weight: Double, lang: String?) {
    self.rule = rule
    self.weight = weight
    self.lang = lang
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("rule", rule)
      $0.field("weight", weight)
      $0.field("lang", lang)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(rule: try json.read("rule"), weight: try json.read("weight"), lang: try json.read("lang"))
  }
}

/// Is the result of `topic`: all that is known of one.
package struct TopicResult: Sendable, Equatable, JSONWritable, JSONReadable {
  package var topic: TopicInfo
  /// What a passage needs.
  package var threshold: Double
  package var rules: [TopicRuleInfo]
  package var exclude: [String]
  /// Topics directly below it.
  package var children: [String]
  package var layer: TrainedLayerInfo?

  package init(
    topic: TopicInfo, threshold: Double, rules: [TopicRuleInfo], exclude: [String], children: [String], layer: TrainedLayerInfo?
  ) {
    self.topic = topic
    self.threshold = threshold
    self.rules = rules
    self.exclude = exclude
    self.children = children
    self.layer = layer
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topic", topic)
      $0.field("threshold", threshold)
      $0.field("rules", rules)
      $0.field("exclude", exclude)
      $0.field("children", children)
      $0.fieldIfPresent("layer", layer)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      topic: try json.read("topic"), threshold: try json.read("threshold"), rules: try json.read("rules", default: []),
      exclude: try json.read("exclude", default: []), children: try json.read("children", default: []), layer: try json.read("layer"))
  }
}

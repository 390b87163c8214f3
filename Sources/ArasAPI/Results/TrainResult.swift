// What training made of the examples, and what is known of one topic.

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

/// Is the result of `train`.
package struct TrainResult: Sendable, Equatable {
  package var topic: String
  package var label: String
  /// Whether there was no such topic before.
  package var isNew: Bool
  package var layer: TrainedLayerInfo
  /// Held-out shares: of the examples marked yes that are found, of those marked no that are mistaken for one (nil without any), and of
  /// texts of the index that get the topic (nil without any).
  package var found: Double
  package var mistaken: Double?
  package var share: Double?
  /// Where it is stored.
  package var file: String
  /// That shows the new tags; nil where the reply did not wait for them.
  package var revision: UInt64?

  package init(
    topic: String, label: String, isNew: Bool, layer: TrainedLayerInfo, found: Double, mistaken: Double?, share: Double?, file: String,
    revision: UInt64? = nil
  ) {
    self.topic = topic
    self.label = label
    self.isNew = isNew
    self.layer = layer
    self.found = found
    self.mistaken = mistaken
    self.share = share
    self.file = file
    self.revision = revision
  }
}

extension TrainResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topic", topic)
      $0.field("label", label)
      $0.field("new", isNew)
      $0.field("layer", layer)
      $0.field("found", found)
      $0.field("mistaken", mistaken)
      $0.field("share", share)
      $0.field("file", file)
      $0.fieldIfPresent("revision", revision)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      topic: try json.read("topic"), label: try json.read("label"), isNew: try json.read("new", default: false),
      layer: try json.read("layer"), found: try json.read("found"), mistaken: try json.read("mistaken"), share: try json.read("share"),
      file: try json.read("file"), revision: try json.read("revision"))
  }
}

/// Is the result of `train` with `more`: what is kept so far.
package struct DraftResult: Sendable, Equatable, JSONWritable, JSONReadable {
  package var draft: String
  package var examples: Int

  package init(draft: String, examples: Int) {
    self.draft = draft
    self.examples = examples
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("draft", draft)
      $0.field("examples", examples)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(draft: try json.read("draft"), examples: try json.read("examples"))
  }
}

/// Is the result of `forget`.
package struct ForgetResult: Sendable, Equatable, JSONWritable, JSONReadable {
  package var topic: String
  /// The file that was removed.
  package var file: String
  /// Whether the topic has rules and stays.
  package var stays: Bool
  package var revision: UInt64?

  package init(topic: String, file: String, stays: Bool, revision: UInt64? = nil) {
    self.topic = topic
    self.file = file
    self.stays = stays
    self.revision = revision
  }

  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topic", topic)
      $0.field("file", file)
      $0.field("stays", stays)
      $0.fieldIfPresent("revision", revision)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      topic: try json.read("topic"), file: try json.read("file"), stays: try json.read("stays"),
      revision: try json.read("revision"))
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

// What training made of the examples, and what is left when it is forgotten.

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

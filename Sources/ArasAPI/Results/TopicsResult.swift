// Entries of the topic tree, as the `topics` method lists them.

/// Holds a topic's codes in other registries.
package struct TopicCodes: Sendable, Equatable {
  package var iptc: String?

  package init(iptc: String? = nil) {
    self.iptc = iptc
  }
}

extension TopicCodes: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("iptc", iptc)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      iptc: try json.read("iptc"))
  }
}

/// Is a topic of the tree, with its counts in the index.
package struct TopicInfo: Sendable, Equatable {
  package var id: String
  package var label: String
  package var parent: String?
  package var codes: TopicCodes
  /// The Wikidata item.
  package var qid: String?
  package var names: [RegistryName]
  /// With the topic or one below it.
  package var articles: Int
  package var passages: Int
  /// How its trained layer was made, `centroid` or `linear`; nil for a topic of rules alone.
  package var trained: String?

  package init(
    id: String, label: String, parent: String? = nil, codes: TopicCodes = TopicCodes(), qid: String? = nil, names: [RegistryName] = [],
    articles: Int = 0, passages: Int = 0, trained: String? = nil
  ) {
    self.id = id
    self.label = label
    self.parent = parent
    self.codes = codes
    self.qid = qid
    self.names = names
    self.articles = articles
    self.passages = passages
    self.trained = trained
  }
}

extension TopicInfo: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("label", label)
      $0.field("parent", parent)
      $0.field("codes", codes)
      $0.field("qid", qid)
      $0.field("names", names)
      $0.field("articles", articles)
      $0.field("passages", passages)
      $0.fieldIfPresent("trained", trained)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      label: try json.read("label"),
      parent: try json.read("parent"),
      codes: try json.read("codes", default: TopicCodes()),
      qid: try json.read("qid"),
      names: try json.read("names", default: []),
      articles: try json.read("articles", default: 0),
      passages: try json.read("passages", default: 0),
      trained: try json.read("trained"))
  }
}

/// Is the result of `topics`.
package struct TopicsResult: Sendable, Equatable {
  package var topics: [TopicInfo]
  /// Entries that match, shown or not.
  package var distinct: Int
  /// Entries that match and are not shown.
  package var other: Int

  package init(topics: [TopicInfo], distinct: Int, other: Int) {
    self.topics = topics
    self.distinct = distinct
    self.other = other
  }

  /// Cuts the entries that match to a limit.
  package init(matching: [TopicInfo], limit: Int) {
    self.init(topics: Array(matching.prefix(limit)), distinct: matching.count, other: Swift.max(0, matching.count - limit))
  }
}

extension TopicsResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("topics", topics)
      $0.field("distinct", distinct)
      $0.field("other", other)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      topics: try json.read("topics"),
      distinct: try json.read("distinct", default: json["topics"]?.array?.count ?? 0),
      other: try json.read("other", default: 0))
  }
}

// Entries of the registry's actors, as the `actors` method lists them.

/// Is one of the names that an entry is recognised by.
package struct RegistryName: Sendable, Equatable {
  package var text: String
  package var lang: String?
  /// `name`, `demonym`, `acronym` and so on.
  package var type: String

  package init(text: String, lang: String? = nil, type: String) {
    self.text = text
    self.lang = lang
    self.type = type
  }
}

extension RegistryName: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("text", text)
      $0.field("lang", lang)
      $0.field("type", type)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      text: try json.read("text"),
      lang: try json.read("lang"),
      type: try json.read("type"))
  }
}

/// Holds an actor's codes in other registries.
package struct ActorCodes: Sendable, Equatable {
  package var iso2: String?
  package var iso3: String?
  package var cameo: String?

  package init(iso2: String? = nil, iso3: String? = nil, cameo: String? = nil) {
    self.iso2 = iso2
    self.iso3 = iso3
    self.cameo = cameo
  }
}

extension ActorCodes: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("iso2", iso2)
      $0.field("iso3", iso3)
      $0.field("cameo", cameo)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      iso2: try json.read("iso2"),
      iso3: try json.read("iso3"),
      cameo: try json.read("cameo"))
  }
}

/// Is an actor of the registry, with its counts in the index.
package struct ActorInfo: Sendable, Equatable {
  package var id: String
  package var label: String
  /// `state`, `disputed`, `organisation`, `person`, `group` or `place`.
  package var kind: String
  package var parent: String?
  package var codes: ActorCodes
  /// The Wikidata item.
  package var qid: String?
  package var names: [RegistryName]
  package var articles: Int
  package var passages: Int
  package var mentions: Int

  package init(
    id: String, label: String, kind: String, parent: String? = nil, codes: ActorCodes = ActorCodes(), qid: String? = nil,
    names: [RegistryName] = [], articles: Int = 0, passages: Int = 0, mentions: Int = 0
  ) {
    self.id = id
    self.label = label
    self.kind = kind
    self.parent = parent
    self.codes = codes
    self.qid = qid
    self.names = names
    self.articles = articles
    self.passages = passages
    self.mentions = mentions
  }
}

extension ActorInfo: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("id", id)
      $0.field("label", label)
      $0.field("kind", kind)
      $0.field("parent", parent)
      $0.field("codes", codes)
      $0.field("qid", qid)
      $0.field("names", names)
      $0.field("articles", articles)
      $0.field("passages", passages)
      $0.field("mentions", mentions)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      id: try json.read("id"),
      label: try json.read("label"),
      kind: try json.read("kind"),
      parent: try json.read("parent"),
      codes: try json.read("codes", default: ActorCodes()),
      qid: try json.read("qid"),
      names: try json.read("names", default: []),
      articles: try json.read("articles", default: 0),
      passages: try json.read("passages", default: 0),
      mentions: try json.read("mentions", default: 0))
  }
}

/// Is the result of `actors`.
package struct ActorsResult: Sendable, Equatable {
  package var actors: [ActorInfo]
  /// Entries that match, shown or not.
  package var distinct: Int
  /// Entries that match and are not shown.
  package var other: Int

  package init(actors: [ActorInfo], distinct: Int, other: Int) {
    self.actors = actors
    self.distinct = distinct
    self.other = other
  }

  /// Cuts the entries that match to a limit.
  package init(matching: [ActorInfo], limit: Int) {
    self.init(actors: Array(matching.prefix(limit)), distinct: matching.count, other: Swift.max(0, matching.count - limit))
  }
}

extension ActorsResult: JSONWritable, JSONReadable {
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("actors", actors)
      $0.field("distinct", distinct)
      $0.field("other", other)
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    self.init(
      actors: try json.read("actors"),
      distinct: try json.read("distinct", default: json["actors"]?.array?.count ?? 0),
      other: try json.read("other", default: 0))
  }
}

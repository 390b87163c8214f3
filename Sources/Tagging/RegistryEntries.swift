// The entries of the registry as they are written in the configuration: actors with their names, topics with their rules.

/// Says what sort of thing an actor is; places have a facet of their own.
package enum ActorKind: String, Sendable, CaseIterable {
  case state, disputed, organisation, person, group, place
}

/// Says how a name of an actor is used, which decides when it is accepted in a text.
package enum NameType: String, Sendable, CaseIterable {
  case name, demonym, metonym, acronym, surname
}

/// One name of an actor.
package struct ActorName: Sendable, Hashable {
  package var text: String
  /// ISO 639-1 code of the language the name is written in; English names serve every Latin text.
  package var language: String
  package var type: NameType
  /// True for a name that is accepted only when something else in the article supports it.
  package var weak: Bool

  package init(text: String, language: String = "en", type: NameType = .name, weak: Bool = false) {
    self.text = text
    self.language = language
    self.type = type
    self.weak = weak
  }

  /// Tells whether it has Latin letters.
  var isLatin: Bool {
    text.unicodeScalars.contains { scalar in
      let value = scalar.value
      if value < 0x80 { return value | 0x20 >= 0x61 && value | 0x20 <= 0x7A }
      return value < 0x250 && scalar.properties.isAlphabetic
    }
  }
}

/// Codes of an actor in public schemes; none of them is an id of ours.
package struct ActorCodes: Sendable, Hashable {
  package var iso2: String?
  package var iso3: String?
  package var cameo: String?

  package init(iso2: String? = nil, iso3: String? = nil, cameo: String? = nil) {
    self.iso2 = iso2
    self.iso3 = iso3
    self.cameo = cameo
  }
}

/// One actor or place of the registry.
package struct ActorEntry: Sendable, Hashable {
  package var id: String
  package var kind: ActorKind
  package var label: String
  /// Id of the actor this one belongs to, for roll-up.
  package var parent: String?
  package var codes: ActorCodes
  /// Wikidata id, only when it was checked.
  package var qid: String?
  package var names: [ActorName]
  /// Actors whose presence in an article supports the weak names of this one (the neighbours of Georgia).
  package var support: [String]
  /// Actors whose shorter names stay mentions inside a longer name of this one, beside its ancestors.
  package var keeps: [String]
  /// First and last year of an article in which a surname alone may mean this person; nil is open.
  package var since: Int?
  package var until: Int?

  package init(
    id: String, kind: ActorKind, label: String, parent: String? = nil, codes: ActorCodes = ActorCodes(), qid: String? = nil,
    names: [ActorName] = [], support: [String] = [], keeps: [String] = [], since: Int? = nil, until: Int? = nil
  ) {
    self.id = id
    self.kind = kind
    self.label = label
    self.parent = parent
    self.codes = codes
    self.qid = qid
    self.names = names
    self.support = support
    self.keeps = keeps
    self.since = since
    self.until = until
  }
}

/// One weighted rule of a topic, as written.
package struct TopicRule: Sendable, Hashable {
  package var query: String
  package var weight: Float
  /// Language of the passages it is tried in; nil when it names only actors and so works in every language.
  package var language: String?

  package init(query: String, weight: Float, language: String? = "en") {
    self.query = query
    self.weight = weight
    self.language = language
  }
}

/// One topic, or a group of topics when it has no rules.
package struct TopicEntry: Sendable, Hashable {
  package var id: String
  package var label: String
  package var parent: String?
  package var iptc: String?
  /// "close", "broad" or "none".
  package var iptcMatch: String
  package var plover: [String]
  package var cameo: [String]
  package var threshold: Float
  package var rules: [TopicRule]
  package var exclude: [String]

  package init(
    id: String, label: String, parent: String? = nil, iptc: String? = nil, iptcMatch: String = "none", plover: [String] = [],
    cameo: [String] = [], threshold: Float = 3, rules: [TopicRule] = [], exclude: [String] = []
  ) {
    self.id = id
    self.label = label
    self.parent = parent
    self.iptc = iptc
    self.iptcMatch = iptcMatch
    self.plover = plover
    self.cameo = cameo
    self.threshold = threshold
    self.rules = rules
    self.exclude = exclude
  }
}

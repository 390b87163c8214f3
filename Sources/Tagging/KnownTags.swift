// An article of which only some passages are read again: those in which something can stand that a change of the registry is about. What
// the others say is known from the last time, and holds as long as nothing that decides about doubtful names has changed in the article:
// which actors are named beyond doubt, and whom these support.

/// The tags of a passage that is not read again, in numbers of the registry in force.
package struct KnownTags: Sendable {
  package enum Standing: Sendable {
    /// Named beyond doubt: where it stands.
    case strong
    /// By a surname that the article decided about.
    case surname
    /// By a name that something else in the article supports.
    case weak

    /// - Parameter rule: of a mention.
    package init(rule: String) {
      self = rule == "weak" ? .weak : rule == NameType.surname.rawValue ? .surname : .strong
    }
  }

  package struct Mention: Sendable {
    package var actor: Int32
    /// Bytes in the passage's text.
    package var start: Int32
    package var standing: Standing

    package init(actor: Int32, start: Int32, standing: Standing) {
      self.actor = actor
      self.start = start
      self.standing = standing
    }
  }

  package var mentions: [Mention]
  package var topics: [(topic: Int32, score: Float)]

  package init(mentions: [Mention], topics: [(topic: Int32, score: Float)]) {
    self.mentions = mentions
    self.topics = topics
  }
}

/// Who was named in the passages that are read again.
package struct FormerMention: Sendable {
  package var id: String
  package var standing: KnownTags.Standing

  package init(id: String, standing: KnownTags.Standing) {
    self.id = id
    self.standing = standing
  }
}

/// Whether passages that are not read again say what they said.
struct KnownPassagesCheck {
  let registry: Registry
  /// Actors above those whose circumstances the change is about, before and after it, by their ids.
  let families: [String: Set<String>]
  /// Named beyond doubt in what did not change; and those who count as support for others there.
  private var strong: Set<Int32> = []
  private var sources: Set<Int32> = []

  init(_ registry: Registry, families: [String: Set<String>]) {
    self.registry = registry
    self.families = families
  }

  mutating func add(_ known: KnownTags) {
    for mention in known.mentions {
      switch mention.standing {
      case .strong:
        strong.insert(mention.actor)
        sources.insert(mention.actor)
      case .surname: sources.insert(mention.actor)
      case .weak: break
      }
    }
  }

  /// - Parameters:
  ///   - candidates: of the units that were read, those of the title and of headings above other passages too.
  ///   - former: mentions of the passages that were read, as they were.
  mutating func holds(_ candidates: [Candidate], _ table: borrowing WordTable, former: [FormerMention]) -> Bool {
    var nowStrong: Set<Int32> = []
    var nowSources: Set<Int32> = []
    for candidate in candidates {
      let isStrong = candidate.acceptance == .strong
      if table.units[Int(candidate.unit)].kind == .passage {
        if isStrong { nowStrong.insert(candidate.actor) }
        if isStrong || (candidate.acceptance == .surname && candidate.isAccepted) { nowSources.insert(candidate.actor) }
      } else if isStrong {
        strong.insert(candidate.actor)
        sources.insert(candidate.actor)
      }
    }
    var thenStrong: Set<Int32> = []
    var thenSources: Set<Int32> = []
    // Of what supported the others and is no more, or is otherwise than it was: all above it.
    var above: Set<String> = []
    for mention in former where mention.standing != .weak {
      guard let number = registry.ownActorIndex(mention.id) else {
        guard let family = families[mention.id] else { return false }
        above.formUnion(family)
        continue
      }
      if mention.standing == .strong { thenStrong.insert(Int32(number)) }
      thenSources.insert(Int32(number))
    }
    let names = registry.names
    for actor in nowStrong.symmetricDifference(thenStrong) where !strong.contains(actor) && names.decidesForOthers[Int(actor)] {
      return false
    }
    for actor in nowSources.union(thenSources) {
      if let family = families[registry.actors[Int(actor)].id] {
        above.formUnion(family)
      } else if nowSources.contains(actor) == thenSources.contains(actor) || sources.contains(actor) {
        continue
      }
      var at = actor
      var steps = 0
      while at >= 0, steps <= registry.actors.count {
        if names.hasDoubtfulNames[Int(at)] { return false }
        at = names.parents[Int(at)]
        steps += 1
      }
    }
    return !above.contains { id in registry.ownActorIndex(id).map { names.hasDoubtfulNames[$0] } ?? false }
  }
}

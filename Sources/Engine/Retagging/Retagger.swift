// Tags stored articles again, reading of each only the passages that a change of the registry can have touched, where these decide.
import Tagging
import TextAnalysis

/// An article under other tags than the index has.
struct RetaggedArticle: Sendable {
  var tagged: TaggedArticle
  /// As it will be stored.
  var data: [UInt8]
  var contentHash: UInt64
  /// What it was made from.
  var found: FoundArticle
  /// What is to be done for it, where the database has the tags of what it was made from. Nil where that is not known.
  var edit: ArticleEdit?
}

/// Carries a preparer across the suspension points of one task. Sendable because one task at a time uses it, one step after the other.
struct Retagger: @unchecked Sendable {
  private let preparer: Preparer

  init(_ preparer: Preparer) { self.preparer = preparer }

  /// Of the registry it tags by.
  var fingerprint: String { preparer.registryFingerprint }

  /// Tags an article again; nil when nothing about it changes.
  /// - Parameters:
  ///   - changes: see `TagChange.families` and `TagChange.trained`.
  ///   - snapshot: in which the article was found; nil where that was elsewhere.
  func retag(
    _ found: FoundArticle, _ changes: (families: [String: Set<String>], trained: Set<String>) = ([:], []), in snapshot: Snapshot? = nil
  ) -> RetaggedArticle? {
    let stored = found.stored
    if found.touched.passages == .ifTrained, !hasOrGets(changes.trained, stored) { return nil }
    let tagged = some(of: stored, found.touched.passages, changes.families) ?? preparer.retag(stored)
    let encoded = found.bytes.withUnsafeBufferPointer { bytes in
      ArticleBytes(bytes)?.encoded(tagged.record, passages: tagged.passages.map(\.record)) {
        tagged.passages[$0].isKept ? nil : EntityPlaces.encoded(tagged.passages[$0].tags.entities)
      }
    }
    guard let data = encoded else { return nil }
    let edit = snapshot.flatMap { ArticleEdit(from: found, to: tagged, $0) }
    if let edit, edit.isEmpty, data == found.bytes { return nil }
    return RetaggedArticle(tagged: tagged, data: data, contentHash: tagged.contentHash(data), found: found, edit: edit)
  }

  /// Whether a passage has one of some topics, or is given it by the topic's trained layer.
  private func hasOrGets(_ topics: Set<String>, _ stored: StoredArticle) -> Bool {
    stored.passages.contains { $0.topics.contains { topics.contains($0.id) } } || preparer.mayGive(topics, stored)
  }

  func prepare(_ stored: StoredArticle) -> PreparedArticle {
    preparer.prepare(
      stored.article, path: stored.record.path, origin: Origin(name: stored.record.origin, label: stored.record.originLabel))
  }

  /// - Returns: nil where the whole article has to be read.
  func some(of stored: StoredArticle, _ touched: TouchedPassages, _ families: [String: Set<String>]) -> TaggedArticle? {
    guard case .some(var numbers) = touched else { return nil }
    // Actors that only the title names are the first passage's.
    if let first = stored.passages.first, first.hasUnnamedEntities { numbers.insert(1) }
    guard numbers.count < stored.passages.count else { return nil }
    var known: [KnownTags?] = []
    var former: [FormerMention] = []
    for passage in stored.passages {
      if numbers.contains(passage.number) {
        // What a heading named is not stored.
        guard passage.heading == nil, !passage.mayHaveNamesInDoubt else { return nil }
        for mention in passage.mentions {
          former.append(FormerMention(id: passage.entities[mention.entity], standing: KnownTags.Standing(rule: mention.rule)))
        }
        known.append(nil)
      } else {
        guard !passage.mayHaveNamesInDoubt, let tags = KnownTags(passage, preparer.registry) else { return nil }
        known.append(tags)
      }
    }
    return preparer.retag(stored, known: known, former: former, families: families)
  }
}

extension KnownTags {
  /// - Returns: nil where the registry does not have all of it.
  fileprivate init?(_ passage: PassageRecord, _ registry: Registry) {
    var actors: [Int32] = []
    for id in passage.entities {
      guard let number = registry.actorIndex(id), registry.actors[number].id == id else { return nil }
      actors.append(Int32(number))
    }
    self.init(
      mentions: passage.mentions.map {
        Mention(actor: actors[$0.entity], start: Int32($0.start), standing: Standing(rule: $0.rule))
      }, topics: [])
    for topic in passage.topics {
      guard let number = registry.topicIndex(topic.id), registry.topics[number].id == topic.id else { return nil }
      topics.append((Int32(number), topic.score))
    }
  }
}

extension PassageRecord {
  fileprivate var hasUnnamedEntities: Bool { Set(mentions.map(\.entity)).count < entities.count }

  /// Whether it is written in capitals, where a name in capitals, which is sure elsewhere, is not, and has any.
  fileprivate var mayHaveNamesInDoubt: Bool {
    mentions.contains { Self.mayBeInCapitals($0.alias) } && mayBeAllCapitals
  }

  /// Whether a letter of a name is a capital that no small letter follows.
  private static func mayBeInCapitals(_ alias: String) -> Bool {
    var isCapital = false
    for scalar in alias.unicodeScalars {
      if scalar.isASCII {
        if isCapital, !(0x61...0x7A).contains(scalar.value) { return true }
        isCapital = (0x41...0x5A).contains(scalar.value)
        continue
      }
      if isCapital, !scalar.properties.isLowercase { return true }
      isCapital = scalar.properties.isUppercase
    }
    return isCapital
  }

  /// Whether three words of five may be written in capitals: of the runs of letters and digits, those with a small ASCII letter are not.
  private var mayBeAllCapitals: Bool {
    var runs = 0
    var small = 0
    var isInside = false
    var isSmall = false
    for byte in text {
      let letter = byte | 0x20
      let isPart = byte >= 0x80 || (letter >= 0x61 && letter <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
      if isPart {
        if !isInside { runs += 1 }
        if byte >= 0x61, byte <= 0x7A { isSmall = true }
      } else if isInside {
        if isSmall { small += 1 }
        isSmall = false
      }
      isInside = isPart
    }
    if isSmall { small += 1 }
    return (runs - small) * 5 > runs * 3
  }
}

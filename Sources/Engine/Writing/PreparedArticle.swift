// An article ready to be written: analysed, tagged and laid out as documents, with nothing left to do but to number it.
import Articles
import Tagging
import TextAnalysis
import Xapian

/// The configured source that a file belongs to.
package struct Origin: Sendable, Equatable {
  package var name: String
  /// Shown as the source of articles that name no publisher.
  package var label: String?

  package init(name: String, label: String? = nil) {
    self.name = name
    self.label = label
  }
}

package struct PreparedArticle: Sendable {
  var record: ArticleRecord
  /// The whole article, encoded.
  var data: [UInt8]
  /// Of everything the article was made from, the rules of tagging and of analysis included.
  var contentHash: UInt64
  var passages: [PreparedPassage]
  /// Fingerprint of the registry that its tags are from.
  var taggedBy: String

  package var id: String { record.id }
  /// Ids of its places.
  var places: Set<String> { Set(passages.flatMap(\.places)) }
  /// Bytes of text about, for bounds on what is under way.
  package var byteCount: Int { data.count }
  /// The article as it will be read back.
  var stored: StoredArticle? { data.withUnsafeBufferPointer { ArticleBytes($0).flatMap { StoredArticle($0) } } }
}

struct PreparedPassage: Sendable {
  /// Terms alone; the columns are added when the values have their numbers.
  var document: Document
  /// The same as tables have it; nil where it is not for an index, or cannot be laid out.
  var laidOut: LaidOutDocument?
  var actors: [String]
  var places: [String]
  var topics: [String]
  var language: String
}

/// An article as the tagger reads it.
struct TaggingInput {
  var title: WordStream?
  var passages: [TaggingPassage]
  var year: Int?
  var publishers: [String]

  /// - Parameters:
  ///   - known: by passage, what is known of those that are not to be read; empty where all are.
  ///   - wanted: terms that are looked for, where these are not all.
  init(_ article: Article, analyzer: Analyzer, known: [KnownTags?] = [], wanted: FirstLetters? = nil) {
    title = article.title.map { analyzer.analyze($0, language: article.language, wanted: wanted) }
    passages = article.passages.enumerated().map { number, passage in
      let known = known.isEmpty ? nil : known[number]
      return TaggingPassage(
        words: known == nil ? analyzer.analyze(passage.text, language: passage.language, wanted: wanted) : WordStream(),
        text: passage.text, heading: passage.heading.map { analyzer.analyze($0, language: passage.language, wanted: wanted) },
        language: passage.language, known: known)
    }
    year = article.date.flatMap { DayRange(iso: $0.isoString) }.map { CalendarDay.date($0.first).year }
    publishers = [article.publisher, article.publisherShort].compactMap { $0 }
  }
}

/// An article with its tags, before any words of it are laid out as terms.
struct TaggedArticle: Sendable {
  struct Passage: Sendable {
    var record: PassageRecord
    var tags: TagTerms
    /// Whether it was not read again: its record is what it was, and its actors stand where they stood.
    var isKept = false
  }

  var record: ArticleRecord
  var text: ArticleText
  var passages: [Passage]

  /// Ids of its places.
  var places: Set<String> {
    var places: Set<String> = []
    for passage in passages { for entity in passage.tags.entities where entity.field == .place { places.insert(entity.id) } }
    return places
  }

  /// The whole article.
  /// - Parameter places: those of its terms.
  func encoded(places: ArticlePlaces) -> [UInt8] {
    StoredArticle(record: record, text: text, passages: passages.map(\.record), places: places).encoded()
  }

  /// A hash of everything the article was made from, the rules of tagging and of analysis included.
  /// - Parameter data: the whole article.
  func contentHash(_ data: [UInt8]) -> UInt64 {
    var hash = ContentDigest()
    hash.add(data)
    // Whether something is an actor or a place is said by the registry, not by the records.
    for passage in passages { for entity in passage.tags.entities where entity.field == .place { hash.add(Array(entity.id.utf8)) } }
    return hash.value
  }
}

/// Analyses and tags articles. One per thread: analyser and tagger keep their memory between articles.
package final class Preparer {
  private let analyzer: Analyzer
  private let tagger: Tagger
  private let look: TrainedLook
  private var places = ArticlePlacesWriter()
  let registry: Registry
  /// Whether the articles are to be written.
  private let laysOut: Bool
  var registryFingerprint: String { registry.fingerprint }

  package convenience init(registry: Registry, analysis: AnalysisOptions) {
    self.init(registry: registry, analysis: analysis, laysOut: false)
  }

  private init(registry: Registry, analysis: AnalysisOptions, laysOut: Bool) {
    self.registry = registry
    self.laysOut = laysOut
    analyzer = Analyzer(options: analysis)
    tagger = Tagger(registry: registry)
    look = TrainedLook(registry: registry)
  }

  /// Prepares articles for the index that a snapshot is of.
  convenience init(_ snapshot: Snapshot) {
    self.init(registry: snapshot.registry, analysis: snapshot.analysis.options, laysOut: true)
  }

  /// - Parameter path: as it is shown; with the record key it decides the id.
  package func prepare(_ article: Article, path: String, origin: Origin) -> PreparedArticle {
    let input = TaggingInput(article, analyzer: analyzer)
    let text = ArticleText(
      text: article.text,
      removed: article.removed.map { .init(start: $0.start, end: $0.end, label: $0.label, reason: $0.reason, excerpt: $0.excerpt) })
    let tagged = tag(article, input, path: path, origin: origin, text: text)
    let shared = PassageTerms.ofArticle(tagged.record, analyzer: analyzer)
    let title = input.title.map { TitleWords($0) }
    let passages = zip(input.passages, tagged.passages).map { words, passage in
      let document = shared.document(
        body: words.words, heading: words.heading.map { TitleWords($0) }, title: title, tags: passage.tags, passage: passage.record)
      return PreparedPassage(
        document: document,
        // What cannot be laid out is refused when it is written.
        laidOut: laysOut ? try? LaidOutDocument(document) : nil, actors: passage.tags.actors, places: passage.tags.places,
        topics: passage.tags.topics, language: passage.record.language)
    }
    let data = tagged.encoded(places: places.encoded(passages.lazy.map(\.document)))
    return PreparedArticle(
      record: tagged.record, data: data, contentHash: tagged.contentHash(data), passages: passages, taggedBy: registry.fingerprint)
  }

  /// Of the terms of an article that is tagged and not written, those that tagging reads.
  private var wanted: FirstLetters? { registry.hasTrainedLayers ? nil : FirstLetters.none }

  /// Tags an article of the index again.
  func retag(_ stored: StoredArticle) -> TaggedArticle {
    let article = stored.article
    return tag(
      article, TaggingInput(article, analyzer: analyzer, wanted: wanted), path: stored.record.path,
      origin: Origin(name: stored.record.origin, label: stored.record.originLabel), text: stored.text)
  }

  /// Whether the trained layers of some topics may give them to an article of the index.
  func mayGive(_ topics: Set<String>, _ stored: StoredArticle) -> Bool {
    let input = TaggingInput(stored.article, analyzer: analyzer)
    return look.mayGive(topics, title: input.title, passages: input.passages)
  }

  /// Tags an article of the index again, reading some of its passages only.
  /// - Parameters:
  ///   - known: by passage, what is known of those that are not to be read.
  ///   - former: mentions of the others.
  ///   - families: see `TagChange.families`.
  /// - Returns: nil where all passages have to be read.
  func retag(
    _ stored: StoredArticle, known: [KnownTags?], former: [FormerMention], families: [String: Set<String>]
  ) -> TaggedArticle? {
    let article = stored.article
    let input = TaggingInput(article, analyzer: analyzer, known: known, wanted: wanted)
    let tags = tagger.retag(
      title: input.title, passages: input.passages, former: former, families: families, year: input.year, publishers: input.publishers)
    guard let tags else { return nil }
    if input.passages.first?.known != nil, !Self.namedInTitleAlone(tags, input, Self.named(tags, input)).isEmpty { return nil }
    return tagged(
      article, input, tags, path: stored.record.path,
      origin: Origin(name: stored.record.origin, label: stored.record.originLabel), text: stored.text, kept: stored.passages)
  }

  private func tag(_ article: Article, _ input: TaggingInput, path: String, origin: Origin, text: ArticleText) -> TaggedArticle {
    let tags = tagger.tag(title: input.title, passages: input.passages, year: input.year, publishers: input.publishers)
    return tagged(article, input, tags, path: path, origin: origin, text: text, kept: [])
  }

  /// - Parameter kept: the passages as they are stored, for those of which the tags are known.
  private func tagged(
    _ article: Article, _ input: TaggingInput, _ tags: ArticleTags, path: String, origin: Origin, text: ArticleText, kept: [PassageRecord]
  ) -> TaggedArticle {
    var record = self.record(of: article, tags: tags, path: path, origin: origin)
    let salient = Set(record.actors.filter(\.salient).map(\.id))
    // Actors that only the title names belong to the first passage, and those that only a heading names to none; an article without
    // passages has no tags: what an article lists can be found.
    let named = Self.named(tags, input)
    let beyond = Self.namedInTitleAlone(tags, input, named)
    let listed = named.union(beyond)
    if listed.count != record.actors.count {
      record.actors = zip(record.actors, tags.actors).compactMap { listed.contains($1.actor) ? $0 : nil }
    }
    if input.passages.isEmpty { record.topics = [] }
    var passages: [TaggedArticle.Passage] = []
    passages.reserveCapacity(input.passages.count)
    for (index, words) in input.passages.enumerated() {
      if words.known != nil {
        let tags = TagTerms(ofKept: kept[index], registry, salient: salient)
        passages.append(TaggedArticle.Passage(record: kept[index], tags: tags, isKept: true))
        continue
      }
      var stored = passageRecord(article.passages[index], words, tags.passages[index], article: record.id, number: index + 1)
      if index == 0 { stored.entities += beyond.map { registry.actors[Int($0)].id } }
      let terms = TagTerms(tags.passages[index], beyond: index == 0 ? beyond : [], of: registry, salient: salient)
      passages.append(TaggedArticle.Passage(record: stored, tags: terms))
    }
    return TaggedArticle(record: record, text: text, passages: passages)
  }

  /// Actors that any passage names.
  private static func named(_ tags: ArticleTags, _ input: TaggingInput) -> Set<Int32> {
    var named: Set<Int32> = []
    for passage in tags.passages { for mention in passage.mentions { named.insert(mention.actor) } }
    for passage in input.passages { if let known = passage.known { for mention in known.mentions { named.insert(mention.actor) } } }
    return named
  }

  private static func namedInTitleAlone(_ tags: ArticleTags, _ input: TaggingInput, _ named: Set<Int32>) -> [Int32] {
    // A title names few.
    let titled = tags.titleMentions.map(\.actor)
    return input.passages.isEmpty || titled.isEmpty ? [] : tags.actors.map(\.actor).filter { !named.contains($0) && titled.contains($0) }
  }

  private func record(of article: Article, tags: ArticleTags, path: String, origin: Origin) -> ArticleRecord {
    ArticleRecord(
      id: StableHash.articleID(path: path, key: article.key), key: article.key, kind: article.kind, path: path,
      origin: origin.name, originLabel: origin.label, title: article.title, date: article.date?.isoString, authors: article.authors,
      publisher: article.publisher, publisherShort: article.publisherShort, url: article.url, language: article.language.rawValue,
      keywords: article.keywords, quality: article.quality, passages: article.passages.count,
      actors: tags.actors.map {
        ArticleRecord.Actor(id: registry.actors[Int($0.actor)].id, mentions: Int($0.mentions), salient: $0.isSalient)
      },
      topics: tags.topics.map { ArticleRecord.Topic(id: registry.topics[Int($0.topic)].id, score: $0.score) })
  }

  private func passageRecord(
    _ passage: Passage, _ input: TaggingPassage, _ tags: PassageTags, article: String, number: Int
  ) -> PassageRecord {
    var entities: [String] = []
    var numbers: [Int32: Int] = [:]
    let mentions = tags.mentions.map { mention in
      let entity =
        numbers[mention.actor]
        ?? {
          entities.append(registry.actors[Int(mention.actor)].id)
          numbers[mention.actor] = entities.count - 1
          return entities.count - 1
        }()
      return StoredMention(
        entity: entity, start: Int(mention.start), end: Int(mention.end), alias: mention.alias, rule: mention.rule)
    }
    return PassageRecord(
      article: article, number: number, heading: passage.heading, start: passage.start, end: passage.end, line: passage.line,
      language: passage.language.rawValue, text: passage.text,
      offsets: passage.offsets,
      entities: entities, mentions: mentions,
      topics: tags.topics.map { topic in
        StoredTopic(
          id: registry.topics[Int(topic.topic)].id, score: topic.score,
          evidence: topic.matches.map {
            .init(start: Int($0.start), end: Int($0.end), rule: $0.storedRule, weight: $0.weight)
          })
      })
  }
}

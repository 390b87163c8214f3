// What distinguishes an article or passage from the rest of the index: its words, actors and topics, each with a weight. A word counts
// by how often it is there, with less and less gain for each further time, and by how few passages have it (Robertson and Spärck Jones,
// Simple, proven approaches to text retrieval, 1994); what only this article has says nothing about others and is left out. The numbers
// below were chosen by how well articles on one story and paragraphs of one article find each other in three public collections, where
// 50 words did no better than 30, and counting the tags of actors did better than leaving them out.
import ArasAPI
import Glibc
import Tagging
import TextAnalysis
import Xapian

struct SimilarProfile {
  struct Item {
    /// As in the index.
    var term: [UInt8]
    /// For words: as it is written, in lower case. For actors and topics: the id.
    var text: String
    /// How much the source speaks of it: greater than 0, at most `saturation` + 1.
    var frequency: Double
    /// How few passages have it.
    var rarity: Double
    var weight: Double { frequency * rarity }
  }

  /// The most distinctive first.
  private(set) var words: [Item] = []
  private(set) var actors: [(item: Item, field: Field)] = []
  private(set) var topics: [Item] = []

  static let mostWords = 30
  static let mostActors = 8
  static let mostTopics = 5
  /// What an occurrence in the title counts, in occurrences in the text; that of the article's title for one passage of it; in a heading.
  private static let titleCount = 3.0
  private static let titleCountOfPassage = 1.0
  private static let headingCount = 1.0
  /// As k3 of BM25: the gain of each further time, here the least that gives the single rare word no say over the words of the subject.
  private static let saturation = 3.0
  static let topicWeight = 0.5

  private let passageCount: Int

  init(of source: SimilarSource, view: DatabaseView, analyzer: Analyzer, snapshot: Snapshot) {
    passageCount = snapshot.columns.passageCount
    words = Self.best(words(source, view, analyzer), Self.mostWords, \.self)
    actors = Self.best(actors(source, view, snapshot.registry), Self.mostActors, \.item)
    topics = Self.best(topics(source, view), Self.mostTopics, \.self)
  }

  private static func best<Element>(_ all: [Element], _ count: Int, _ item: (Element) -> Item) -> [Element] {
    Array(all.sorted { (item($1).weight, item($0).text) < (item($0).weight, item($1).text) }.prefix(count))
  }

  private static func saturated(_ count: Double) -> Double { count * (saturation + 1) / (count + saturation) }

  /// The logarithm of the odds that a passage does not have it, never below 0.
  private func rarity(_ documents: UInt32) -> Double {
    let documents = Double(documents)
    return log(1 + max(0, Double(passageCount) - documents + 0.5) / (documents + 0.5))
  }

  // MARK: Words

  private struct Count {
    var count = 0.0
    var text: String
    /// Passages of the source's article that have it.
    var own: Set<Int> = []
  }

  private func words(_ source: SimilarSource, _ view: DatabaseView, _ analyzer: Analyzer) -> [Item] {
    var counts: [[UInt8]: Count] = [:]
    func add(_ stream: WordStream, _ language: Language, _ amount: Double, passage: Int?) {
      for i in stream.words.indices where !analyzer.isStopWord(stream, at: i, language: language) && Self.isTelling(stream, i) {
        let term = Array(stream.term(i))
        counts[term, default: Count(text: String(decoding: stream.exact(i), as: UTF8.self))].count += amount
        if let passage { counts[term]?.own.insert(passage) }
      }
    }
    for (index, passage) in source.passages.enumerated() {
      let language = Language(rawValue: passage.language)
      let isAsked = source.asked.contains(index)
      add(source.words[index], language, isAsked ? 1 : 0, passage: index)
      if let heading = passage.heading {
        add(analyzer.analyze(heading, language: language), language, isAsked ? Self.headingCount : 0, passage: index)
      }
    }
    if let title = source.record.title {
      let language = Language(rawValue: source.record.language)
      let amount = source.isPassage ? Self.titleCountOfPassage : Self.titleCount
      // The words of the title are in every passage's document.
      for index in source.passages.indices {
        add(analyzer.analyze(title, language: language), language, index == source.asked.lowerBound ? amount : 0, passage: index)
      }
    }
    return counts.compactMap { term, count in
      guard count.count > 0 else { return nil }
      let documents = view.frequency(term)
      guard Int(documents) > count.own.count else { return nil }
      return Item(term: term, text: count.text, frequency: Self.saturated(count.count), rarity: rarity(documents))
    }
  }

  /// A single letter and a number of one or two digits tell nothing.
  private static func isTelling(_ stream: WordStream, _ i: Int) -> Bool {
    let exact = stream.exact(i)
    if stream.words[i].flags.contains(.hasDigit) { return exact.count > 2 }
    return exact.count { $0 & 0xC0 != 0x80 } > 1
  }

  // MARK: Tags

  private func actors(_ source: SimilarSource, _ view: DatabaseView, _ registry: Registry) -> [(item: Item, field: Field)] {
    var mentions: [String: Int] = [:]
    for index in source.asked {
      let passage = source.passages[index]
      for mention in passage.mentions { mentions[passage.entities[mention.entity], default: 0] += 1 }
      // An actor that the title alone names is listed without a mention.
      for id in passage.entities where mentions[id] == nil { mentions[id] = 1 }
    }
    return mentions.compactMap { id, count in
      guard let entry = registry.actor(id) else { return nil }
      let field: Field = entry.kind == .place ? .place : .actor
      let term = Term.entity(field, id)
      return (Item(term: term, text: id, frequency: Self.saturated(Double(count)), rarity: rarity(view.frequency(term))), field)
    }
  }

  private func topics(_ source: SimilarSource, _ view: DatabaseView) -> [Item] {
    var scores: [String: Double] = [:]
    for index in source.asked {
      for topic in source.passages[index].topics { scores[topic.id, default: 0] += Double(topic.score) }
    }
    return scores.map { id, score in
      let term = Term.entity(.topic, id)
      return Item(term: term, text: id, frequency: Self.saturated(score), rarity: rarity(view.frequency(term)))
    }
  }
}

extension SimilarProfile {
  var isEmpty: Bool { words.isEmpty && actors.isEmpty }

  /// The weighted alternative of words and actors. The weighting scheme adds how rare each is, so only the frequency goes into the query.
  /// Topics are terms without a frequency, which weigh nothing in Xapian: `bonus` adds them.
  var query: Query {
    let parts =
      words.map { Query.scale(.term($0.term), $0.frequency) }
      + actors.map { Query.scale(.term($0.item.term), $0.item.frequency) }
    return parts.isEmpty ? .none : .or(parts)
  }

  /// By number of a topic in the facet dictionary: what a passage's weight gains by having it.
  func bonus(_ dictionary: FacetDictionary) -> [UInt32: Float] {
    var bonus: [UInt32: Float] = [:]
    for topic in topics {
      if let number = dictionary.number(of: topic.text, in: .topic) { bonus[number] = Float(topic.weight * Self.topicWeight) }
    }
    return bonus
  }

  var marks: [MarkRule] {
    words.map { .word(WordMatcher(terms: [$0.term])) } + (actors.isEmpty ? [] : [.entity(Set(actors.map(\.item.text)))])
  }

  /// The same in the query language, so that it can be read, changed and asked again.
  var node: QueryNode? {
    let nodes: [QueryNode] =
      words.map { .word(QueryWord(text: $0.text)) }
      + actors.map { .field($0.field, .value(QueryValue($0.item.text))) }
      + topics.map { .field(.topic, .value(QueryValue($0.text))) }
    return nodes.count > 1 ? .or(nodes) : nodes.first
  }
}

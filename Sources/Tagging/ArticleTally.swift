// Adds up an article: mentions and salience of its actors, scores of its passages' topics and of its own.

struct ArticleTally {
  private let registry: Registry
  private let passageCount: Int
  private var mentions: [Int32: (count: Int32, isSalient: Bool)] = [:]
  private var heading: (passage: Int, topics: [(topic: Int32, evidence: [TopicEvidence])]) = (-1, [])
  private var passage: [(topic: Int32, evidence: [TopicEvidence])] = []
  private var article: [Int32: (passages: Int, score: Float, title: Float)] = [:]

  /// An article of at most so many passages has the topics of any of them.
  private static let shortArticle = 3
  /// What evidence in a heading counts in each passage below it.
  static let headingShare: Float = 0.5

  init(registry: Registry, passages: Int) {
    self.registry = registry
    passageCount = passages
  }

  mutating func count(_ mention: Mention, _ unit: Unit, isInFirstSentence: Bool) {
    var entry = mentions[mention.actor] ?? (0, false)
    entry.count += 1
    if unit.kind != .passage || isInFirstSentence || entry.count >= 2 { entry.isSalient = true }
    mentions[mention.actor] = entry
  }

  mutating func add(_ topic: Int32, _ evidence: [TopicEvidence], _ unit: Unit) {
    switch unit.kind {
    case .title: article[topic, default: (0, 0, 0)].title += evidence.reduce(0) { $0 + $1.weight }
    case .heading:
      if heading.passage != unit.passage { heading = (unit.passage, []) }
      heading.topics.append((topic, evidence))
    case .passage: passage.append((topic, evidence))
    }
  }

  /// The topics of a passage after its heading and text have been added.
  /// - Parameter trained: topics that the trained layers give the passage.
  mutating func topics(ofPassage number: Int, trained: [TopicMatch] = []) -> [TopicMatch] {
    defer { passage.removeAll(keepingCapacity: true) }
    var matches = passage.map { TopicMatch(topic: $0.topic, score: 0, matches: $0.evidence) }
    if heading.passage == number {
      for (topic, evidence) in heading.topics {
        let halved = evidence.map { item in
          var item = item
          item.weight *= Self.headingShare
          item.inHeading = true
          return item
        }
        if let index = matches.firstIndex(where: { $0.topic == topic }) {
          for item in halved where matches[index].matches.lazy.filter({ $0.rule == item.rule }).count < 2 {
            matches[index].matches.append(item)
          }
        } else {
          matches.append(TopicMatch(topic: topic, score: 0, matches: halved))
        }
      }
    }
    for index in matches.indices { matches[index].score = matches[index].matches.reduce(0) { $0 + $1.weight } }
    // Rules and trained layer see the same words: the one that is surer counts, not both.
    for layer in trained {
      if let index = matches.firstIndex(where: { $0.topic == layer.topic }) {
        matches[index].score = max(matches[index].score, layer.score)
        matches[index].matches += layer.matches
      } else {
        matches.append(layer)
      }
    }
    matches.removeAll { $0.score < registry.topicIndex.thresholds[Int($0.topic)] }
    matches.sort { $0.score == $1.score ? $0.topic < $1.topic : $0.score > $1.score }
    for match in matches {
      article[match.topic, default: (0, 0, 0)].passages += 1
      article[match.topic, default: (0, 0, 0)].score += match.score
    }
    return matches
  }

  func actors() -> [ArticleActor] {
    mentions.map { ArticleActor(actor: $0.key, mentions: $0.value.count, isSalient: $0.value.isSalient) }
      .sorted { $0.mentions == $1.mentions ? $0.actor < $1.actor : $0.mentions > $1.mentions }
  }

  /// Topics of the whole: of two passages, of the title, or of any passage of a short article.
  func articleTopics() -> [ArticleTopic] {
    var topics: [ArticleTopic] = []
    for (topic, entry) in article {
      let inTitle = entry.title >= registry.topicIndex.thresholds[Int(topic)]
      let needed = passageCount <= Self.shortArticle || entry.title > 0 ? 1 : 2
      if inTitle || entry.passages >= needed { topics.append(ArticleTopic(topic: topic, score: entry.score + entry.title)) }
    }
    return topics.sorted { $0.score == $1.score ? $0.topic < $1.topic : $0.score > $1.score }
  }
}

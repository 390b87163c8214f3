// Adds up an article: mentions and salience of its actors, scores of its passages' topics and of its own. Most of what is counted comes
// to nothing (a topic with evidence, but too little), so it is counted as numbers, and only what is told is made of them.

struct ArticleTally {
  private struct ActorCount {
    var mentions: Int32 = 0
    var isSalient = false
  }

  private struct TopicCount {
    var isListed = false
    var passages = 0
    var score: Float = 0
    var title: Float = 0
  }

  /// By number of the actor and of the topic, and those of which the article has any.
  private var actorCounts: [ActorCount] = []
  private var actors: [Int32] = []
  private var topicCounts: [TopicCount] = []
  private var topics: [Int32] = []
  private var passageCount = 0
  /// What was found in the last heading, counted as it counts below it, and the passage that it stands above.
  private var heading: (passage: Int, findings: TopicFindings) = (-1, TopicFindings())
  /// Of the topic at hand.
  private var pieces: [TopicPiece] = []

  /// An article of at most so many passages has the topics of any of them.
  private static let shortArticle = 3
  /// What evidence in a heading counts in each passage below it.
  static let headingShare: Float = 0.5

  /// Forgets the article before.
  mutating func begin(_ registry: Registry, passages: Int) {
    for actor in actors { actorCounts[Int(actor)] = ActorCount() }
    for topic in topics { topicCounts[Int(topic)] = TopicCount() }
    actors.removeAll(keepingCapacity: true)
    topics.removeAll(keepingCapacity: true)
    if actorCounts.count != registry.actors.count { actorCounts = Array(repeating: ActorCount(), count: registry.actors.count) }
    if topicCounts.count != registry.topics.count { topicCounts = Array(repeating: TopicCount(), count: registry.topics.count) }
    passageCount = passages
    heading.passage = -1
  }

  mutating func count(_ mention: Mention, _ unit: Unit, isInFirstSentence: Bool) {
    count(mention.actor, isProminent: unit.kind != .passage || isInFirstSentence)
  }

  private mutating func count(_ actor: Int32, isProminent: Bool) {
    let number = Int(actor)
    if actorCounts[number].mentions == 0 { actors.append(actor) }
    actorCounts[number].mentions += 1
    if isProminent || actorCounts[number].mentions >= 2 { actorCounts[number].isSalient = true }
  }

  /// Takes in what is known of a passage.
  /// - Parameter firstSentence: where the first sentence of the article ends, if this passage has it.
  mutating func add(known: KnownTags, firstSentence: Int32) {
    for mention in known.mentions { count(mention.actor, isProminent: mention.start < firstSentence) }
    for topic in known.topics { count(topic.topic, topic.score) }
  }

  private mutating func count(_ topic: Int32, _ score: Float) {
    list(topic)
    topicCounts[Int(topic)].passages += 1
    topicCounts[Int(topic)].score += score
  }

  /// Takes in what the title has.
  mutating func add(title findings: TopicFindings) {
    for (topic, range) in findings.topics {
      list(topic)
      topicCounts[Int(topic)].title += findings.pieces[range].reduce(0) { $0 + $1.weight }
    }
  }

  /// Takes in what the heading of a passage has.
  mutating func add(heading findings: TopicFindings, ofPassage passage: Int) {
    heading = (passage, findings)
    for index in findings.pieces.indices { Self.halve(&heading.findings.pieces[index]) }
  }

  static func halve(_ piece: inout TopicPiece) {
    piece.weight *= headingShare
    piece.inHeading = true
  }

  private mutating func list(_ topic: Int32) {
    guard !topicCounts[Int(topic)].isListed else { return }
    topicCounts[Int(topic)].isListed = true
    topics.append(topic)
  }

  /// The topics of a passage, whose heading has been added.
  /// - Parameter trained: topics that the trained layers give the passage.
  mutating func topics(ofPassage passage: Int, _ findings: TopicFindings, trained: [TopicMatch], _ index: TopicIndex) -> [TopicMatch] {
    let hasHeading = heading.passage == passage && !heading.findings.topics.isEmpty
    var matches: [TopicMatch] = []
    for (topic, range) in findings.topics {
      pieces.removeAll(keepingCapacity: true)
      pieces.append(contentsOf: findings.pieces[range])
      if hasHeading { addHeading(topic) }
      tell(topic, trained, index, &matches)
    }
    if hasHeading {
      for (topic, range) in heading.findings.topics where !findings.topics.contains(where: { $0.topic == topic }) {
        pieces.removeAll(keepingCapacity: true)
        pieces.append(contentsOf: heading.findings.pieces[range])
        tell(topic, trained, index, &matches)
      }
    }
    // Rules and trained layer see the same words: the one that is surer counts, not both.
    for layer in trained {
      if let index = matches.firstIndex(where: { $0.topic == layer.topic }) {
        matches[index].score = max(matches[index].score, layer.score)
        matches[index].matches += layer.matches
      } else {
        matches.append(layer)
      }
    }
    matches.removeAll { $0.score < index.thresholds[Int($0.topic)] }
    matches.sort { $0.score == $1.score ? $0.topic < $1.topic : $0.score > $1.score }
    for match in matches { count(match.topic, match.score) }
    return matches
  }

  /// Adds what the heading has for a topic to what the passage has; text and heading together show a rule twice at most.
  private mutating func addHeading(_ topic: Int32) {
    guard let range = heading.findings.topics.first(where: { $0.topic == topic })?.pieces else { return }
    for piece in heading.findings.pieces[range] where pieces.lazy.filter({ $0.rule == piece.rule }).count < 2 { pieces.append(piece) }
  }

  /// Tells the topic at hand where the passage has enough of it, or may have with what was learnt.
  private func tell(_ topic: Int32, _ trained: [TopicMatch], _ index: TopicIndex, _ matches: inout [TopicMatch]) {
    let score = pieces.reduce(0) { $0 + $1.weight }
    guard score >= index.thresholds[Int(topic)] || trained.contains(where: { $0.topic == topic }) else { return }
    matches.append(TopicMatch(topic: topic, score: score, matches: pieces.map { index.evidence($0) }))
  }

  func articleActors() -> [ArticleActor] {
    actors.map { ArticleActor(actor: $0, mentions: actorCounts[Int($0)].mentions, isSalient: actorCounts[Int($0)].isSalient) }
      .sorted { $0.mentions == $1.mentions ? $0.actor < $1.actor : $0.mentions > $1.mentions }
  }

  /// Topics of the whole: of two passages, of the title, or of any passage of a short article.
  func articleTopics(_ index: TopicIndex) -> [ArticleTopic] {
    var found: [ArticleTopic] = []
    for topic in topics {
      let entry = topicCounts[Int(topic)]
      let inTitle = entry.title >= index.thresholds[Int(topic)]
      let needed = passageCount <= Self.shortArticle || entry.title > 0 ? 1 : 2
      if inTitle || entry.passages >= needed { found.append(ArticleTopic(topic: topic, score: entry.score + entry.title)) }
    }
    return found.sorted { $0.score == $1.score ? $0.topic < $1.topic : $0.score > $1.score }
  }
}

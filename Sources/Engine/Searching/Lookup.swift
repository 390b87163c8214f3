// What is asked for by name rather than searched: an article or a passage by id, and the entries of the registry with their counts.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

struct Lookup {
  let view: DatabaseView
  let snapshot: Snapshot

  // MARK: Articles and passages

  /// The article of an id, and the passage where the id is that of one.
  func article(_ id: String) throws -> (article: StoredArticle, passage: PassageRecord?) {
    let parts = id.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let id = String(parts[0])
    guard let stored = try view.article(id) else {
      throw APIError.notFound("there is no article \"\(id)\"; ids are those that a search shows")
    }
    guard parts.count == 2 else { return (stored, nil) }
    guard let number = Int(parts[1]), let passage = stored.passages.first(where: { $0.number == number }) else {
      throw APIError.notFound("article \"\(id)\" has no passage \(parts[1]); it has \(stored.passages.count)")
    }
    return (stored, passage)
  }

  func get(_ request: GetRequest) throws -> GetResult {
    let (stored, passage) = try article(request.id)
    return result(
      stored, passages: passage.map { [$0] } ?? stored.passages, text: passage?.text ?? stored.text.text, removed: request.removed)
  }

  private func result(_ stored: StoredArticle, passages: [PassageRecord], text: [UInt8], removed: Bool) -> GetResult {
    let single = passages.count == 1 && passages.count < stored.passages.count ? passages.first : nil
    return GetResult(
      article: stored.record.summary, text: String(decoding: text, as: UTF8.self),
      passages: passages.map {
        ArticlePassage(
          id: $0.id, heading: $0.heading, start: $0.start, end: $0.end, line: $0.line, lang: $0.language, actors: $0.entities,
          topics: $0.topics.map(\.id))
      },
      mentions: passages.flatMap { passage in
        passage.mentions.map {
          let range = passage.offsets.articleRange($0.start..<$0.end)
          return ArticleMention(
            actor: passage.entities[$0.entity], start: range.lowerBound, end: range.upperBound, alias: $0.alias, rule: $0.rule,
            passage: passage.id)
        }
      },
      topicEvidence: passages.flatMap { passage in
        passage.topics.map { topic in
          TopicEvidence(
            topic: topic.id, passage: passage.id, score: Double(topic.score),
            matches: topic.evidence.map {
              // Evidence in the heading or the title has no place in the passage: it stands at its beginning.
              let range =
                $0.end <= passage.text.count && Tagging.TopicEvidence.isInText(storedRule: $0.rule)
                ? passage.offsets.articleRange($0.start..<$0.end) : passage.start..<passage.start
              return TopicRuleMatch(start: range.lowerBound, end: range.upperBound, rule: $0.rule, weight: Double($0.weight))
            })
        }
      },
      removed: removed
        ? stored.text.removed.filter { span in single.map { span.start < $0.end && $0.start < span.end } ?? true }
          .map { RemovedText(start: $0.start, end: $0.end, label: $0.label, reason: $0.reason, excerpt: $0.excerpt) } : nil)
  }

  // MARK: The registry

  func actors(_ request: ListRequest) throws -> ActorsResult {
    let needle = Fold.folded(request.query)
    let registry = snapshot.registry
    let counts = Dictionary(uniqueKeysWithValues: [FacetColumn.actor, .place].map { ($0, snapshot.wholeCounts($0, .article)) })
    var rows: [(entry: ActorEntry, rank: Int, articles: Int, passages: Int)] = []
    for entry in registry.actors {
      guard let rank = rank(needle, id: entry.id, label: entry.label, names: entry.names.map(\.text)) else { continue }
      let column: FacetColumn = entry.kind == .place ? .place : .actor
      let number = snapshot.dictionary.number(of: entry.id, in: column)
      rows.append(
        (
          entry, rank, number.map { counts[column]?.articles[Int($0)] ?? 0 } ?? 0,
          number.map { counts[column]?.passages[Int($0)] ?? 0 } ?? 0
        ))
    }
    rows.sort { ($0.rank, $1.articles, $0.entry.label) < ($1.rank, $0.articles, $1.entry.label) }
    let shown = try rows.prefix(request.limit).map { row in
      let field: Field = row.entry.kind == .place ? .place : .actor
      let mentions = try view.termFacts(Term.entity(field, row.entry.id)).occurrences
      return ActorInfo(
        id: row.entry.id, label: row.entry.label, kind: row.entry.kind.rawValue, parent: row.entry.parent,
        codes: ArasAPI.ActorCodes(iso2: row.entry.codes.iso2, iso3: row.entry.codes.iso3, cameo: row.entry.codes.cameo),
        qid: row.entry.qid,
        names: row.entry.names.map { RegistryName(text: $0.text, lang: $0.language, type: $0.weak ? "weak" : $0.type.rawValue) },
        articles: row.articles, passages: row.passages, mentions: Int(mentions))
    }
    return ActorsResult(actors: shown, distinct: rows.count, other: max(0, rows.count - shown.count))
  }

  func topics(_ request: ListRequest) throws -> TopicsResult {
    let needle = Fold.folded(request.query)
    let registry = snapshot.registry
    let counts = snapshot.wholeCounts(.topic, .article)
    var rows: [(info: TopicInfo, rank: Int)] = []
    for entry in registry.topics {
      guard let rank = rank(needle, id: entry.id, label: entry.label, names: []) else { continue }
      let number = snapshot.dictionary.number(of: entry.id, in: .topic)
      rows.append(
        (
          TopicInfo(
            id: entry.id, label: entry.label, parent: entry.parent, codes: TopicCodes(iptc: entry.iptc),
            articles: number.map { counts.articles[Int($0)] } ?? 0, passages: number.map { counts.passages[Int($0)] } ?? 0,
            trained: registry.topicIndex(entry.id).flatMap { registry.trainedLayer(ofTopic: $0)?.method.rawValue }), rank
        ))
    }
    rows.sort { ($0.rank, $1.info.articles, $0.info.label) < ($1.rank, $0.info.articles, $1.info.label) }
    return TopicsResult(matching: rows.map(\.info), limit: request.limit)
  }

  /// 0 where the id, the label or a name is what was asked, 1 where the id or label begins like it, 2 where a name does, 3 where a word
  /// of one of them does; nil for none.
  private func rank(_ needle: [UInt8], id: String, label: String, names: [String]) -> Int? {
    if needle.isEmpty { return 0 }
    var best: Int?
    for (index, text) in ([id, label] + names).enumerated() {
      let folded = Fold.folded(text)
      let rank: Int
      if folded == needle {
        rank = 0
      } else if folded.starts(with: needle) {
        rank = index < 2 ? 1 : 2
      } else if contains(folded, [0x20] + needle) || contains(folded, [0x2D] + needle) {
        rank = 3
      } else {
        continue
      }
      best = min(best ?? rank, rank)
    }
    return best
  }

  private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

// Why an article has a tag, or has it not: the stored text is tagged once more, and this time everything that was looked at is kept.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

struct Grounds {
  let view: DatabaseView
  let snapshot: Snapshot

  func why(_ request: WhyRequest, _ analyzer: Analyzer) throws -> WhyResult {
    let (stored, passage) = try Lookup(view: view, snapshot: snapshot).article(request.id)
    let registry = snapshot.registry
    let article = TaggingInput(stored.article, analyzer: analyzer)
    let tagger = Tagger(registry: registry)
    let name = stored.record
    func result(_ field: String, _ id: String, _ label: String, tagged: Bool, salient: Bool?, threshold: Double?, _ grounds: [Ground])
      -> WhyResult
    {
      WhyResult(
        id: request.id, title: name.title, path: name.path, field: field, tag: id, label: label, tagged: tagged, salient: salient,
        threshold: threshold, grounds: grounds.filter { passage == nil || $0.passage == passage?.id })
    }
    if let id = registry.resolveActor(request.tag).first, let index = registry.actorIndex(id) {
      let entry = registry.actors[index]
      let trials = tagger.trials(
        of: index, title: article.title, passages: article.passages, year: article.year, publishers: article.publishers)
      let listed = name.actors.first { $0.id == id }
      return result(
        entry.kind == .place ? "place" : "actor", id, entry.label,
        tagged: passage.map { $0.entities.contains(id) } ?? (listed != nil || stored.passages.contains { $0.entities.contains(id) }),
        salient: listed?.salient ?? false, threshold: nil,
        trials.map { trial in
          ground(
            trial.place, Int(trial.start)..<Int(trial.end), stored, rule: trial.alias, type: trial.rule, accepted: trial.isAccepted,
            trial.reason)
        })
    }
    if let id = registry.resolveTopic(request.tag).first, let index = registry.topicIndex(id) {
      let entry = registry.topics[index]
      let layer = trained(tagger, index, entry, article, stored)
      let found = tagger.grounds(
        of: index, title: article.title, passages: article.passages, year: article.year, publishers: article.publishers)
      return result(
        "topic", id, entry.label,
        tagged: passage.map { $0.topics.contains { $0.id == id } } ?? name.topics.contains { $0.id == id }, salient: nil,
        threshold: Double(entry.threshold),
        found.map { item in
          var ground = ground(
            item.place, Int(item.evidence.start)..<Int(item.evidence.end), stored, rule: item.evidence.rule, type: "topic", accepted: true,
            item.evidence.inHeading ? "a rule of the topic, counted half in a heading" : "a rule of the topic")
          ground.weight = Double(item.evidence.weight)
          return ground
        } + layer)
    }
    throw APIError.notFound("there is no actor, place or topic \"\(request.tag)\"; aras actors and aras topics list them")
  }

  func ground(
    _ place: NameTrial.Place, _ range: Range<Int>, _ stored: StoredArticle, rule: String, type: String, accepted: Bool, _ reason: String
  ) -> Ground {
    func words(_ text: [UInt8]) -> String { String(decoding: text[range.clamped(to: 0..<text.count)], as: UTF8.self) }
    switch place {
    case .title:
      return Ground(
        place: .title, passage: nil, start: nil, end: nil, line: nil, text: words(Array((stored.record.title ?? "").utf8)), rule: rule,
        type: type, accepted: accepted, reason: reason)
    case .heading(let index):
      let passage = stored.passages[index]
      return Ground(
        place: .heading, passage: passage.id, start: nil, end: nil, line: nil, text: words(Array((passage.heading ?? "").utf8)), rule: rule,
        type: type, accepted: accepted, reason: reason)
    case .passage(let index):
      let passage = stored.passages[index]
      let place = passage.offsets.articleRange(range.clamped(to: 0..<passage.text.count))
      let before = stored.text.text[min(passage.start, place.lowerBound)..<place.lowerBound]
      return Ground(
        place: .text, passage: passage.id, start: place.lowerBound, end: place.upperBound,
        line: passage.line + before.count { $0 == UInt8(ascii: "\n") }, text: words(passage.text), rule: rule, type: type,
        accepted: accepted, reason: reason)
    }
  }
}

// From ranked numbers to hits as they are sent: records fetched, snippets cut, marks set.
import ArasAPI
import Xapian

extension Search {
  func run(began: UInt64) throws -> SearchResult {
    var found = try find(best: bestWanted)
    let counting = beginCounting(found)
    let page = try page(request.limit == 0 && request.cursor == nil ? HitList() : rescore(list(found), found), found)
    if request.explain {
      found.explainer = try HitExplainer(self, found, documents: page.hits.flatMap { $0.passages.map { found.groups.documents[$0] } })
    }
    var snippets = SnippetMaker(found.plan.marks, options: request.snippets, view: view)
    let hits = try page.hits.compactMap { try hit($0, found, &snippets) }
    let total = total(found)
    let echo = try echo(found, total)
    try view.check()
    return SearchResult(
      revision: snapshot.revision, query: echo, total: total, offset: page.offset, limit: request.limit, cursor: page.cursor,
      tookUs: Int((Clock.now - began) / 1000), timedOut: found.timedOut, match: found.plan.match, relaxed: found.relaxed, hits: hits,
      facets: facets(found, counting),
      explain: request.explain ? try QueryExplainer(self, found, total, echo.corrections).explanation() : nil)
  }

  private func hit(_ ranked: PageHit, _ found: Found, _ snippets: inout SnippetMaker) throws -> Hit? {
    var passages: [PassageHit] = []
    for index in ranked.passages {
      let document = found.groups.documents[index]
      guard let record = try view.passage(document) else { continue }
      let score = weight(index, found)
      passages.append(
        PassageHit(
          record, score: score, snippets: snippets.snippets(of: PassageText(record, analyzer, wanted: snippets.wanted)),
          explain: try found.explainer?.lines(of: document, score: score)))
    }
    guard let record = try view.articleRecord(of: found.groups.documents[found.groups.range(ranked.group).lowerBound]) else { return nil }
    let best = request.sort == .relevance ? ranked.key.primary : 0
    return Hit(
      article: record.summary, score: best, passagesMatched: ranked.passagesMatched, passages: passages,
      explain: found.explainer?.lines(of: ranked, score: best, found))
  }
}

extension PassageHit {
  init(_ record: PassageRecord, score: Double, snippets: [Snippet], explain: [ExplainedTerm]?) {
    self.init(
      id: record.id, heading: record.heading, score: score, start: record.start, end: record.end, line: record.line,
      actors: record.entities, topics: record.topics.map(\.id), snippets: snippets, explain: explain)
  }
}

extension ArticleRecord {
  /// The article as it stands in a hit.
  var summary: ArticleSummary {
    ArticleSummary(
      id: id, key: key, title: title, date: date, datePrecision: datePrecision.flatMap { DatePrecision(rawValue: $0) }, source: source,
      authors: authors, lang: language, path: path, url: url,
      actors: actors.map { ArasAPI.ArticleActor(id: $0.id, mentions: $0.mentions, salient: $0.salient) },
      topics: topics.map { ArasAPI.ArticleTopic(id: $0.id, score: Double($0.score)) })
  }
}

// From ranked numbers to hits as they are sent: records fetched, snippets cut, marks set.
import ArasAPI
import Xapian

extension Search {
  func run(began: UInt64) throws -> SearchResult {
    let found = try find()
    let ranked = request.limit == 0 && request.cursor == nil ? RankedHits(hits: []) : try rescore(rank(found), found)
    let page = try page(ranked, found)
    var snippets = SnippetMaker(found.plan.marks, options: request.snippets, analyzer: analyzer, view: view)
    let hits = try page.hits.compactMap { try hit($0, found, &snippets) }
    let total = total(found)
    let echo = try echo(found, total)
    try view.check()
    return SearchResult(
      revision: snapshot.revision, query: echo, total: total, offset: page.offset, limit: request.limit, cursor: page.cursor,
      tookUs: Int((Clock.now - began) / 1000), timedOut: found.timedOut, match: found.plan.match, relaxed: found.relaxed, hits: hits,
      facets: facets(found), explain: request.explain ? try explanation(found) : nil)
  }

  private func hit(_ ranked: RankedHit, _ found: Found, _ snippets: inout SnippetMaker) throws -> Hit? {
    var passages: [PassageHit] = []
    var article: String?
    for index in ranked.passages {
      let document = found.groups.documents[index]
      guard let record = try view.passage(document) else { continue }
      article = record.article
      passages.append(
        try passageHit(record, document: document, score: score(found, index), found, snippets: snippets.snippets(of: record)))
    }
    if article == nil {
      // No passage is shown (`per_group: 0`): the article is still known by any of its passages.
      let index = found.groups.range(ranked.group).lowerBound
      article = try view.passage(found.groups.documents[index])?.article
    }
    guard let article, let record = ArticleRecord(encoded: try view.metadata(ArticleRecord.key(article))) else { return nil }
    let best = request.sort == .relevance ? ranked.key.primary : 0
    return Hit(article: record.summary, score: best, passagesMatched: ranked.passagesMatched, passages: passages)
  }

  private func score(_ found: Found, _ index: Int) -> Double { found.weights.isEmpty ? 0 : Double(found.weights[index]) }

  func passageHit(
    _ record: PassageRecord, document: UInt32, score: Double, _ found: Found, snippets: [Snippet]
  ) throws -> PassageHit {
    return PassageHit(
      id: record.id, heading: record.heading, score: score, start: record.start, end: record.end, line: record.line,
      actors: record.entities, topics: record.topics.map(\.id), snippets: snippets,
      explain: request.explain ? try explainedTerms(document, found) : nil)
  }

  // MARK: Explaining

  private func explainedTerms(_ document: UInt32, _ found: Found) throws -> [ExplainedTerm] {
    try view.matchingTerms(found.plan.query, document).map { term in
      let matches = try view.matches(
        .filter(.term(term), documentQuery(document)), Self.weighting, wantWeights: true, deadline: deadline)
      let weight = zip(matches.documents, matches.weights).first { $0.0 == document }.map { Double($0.1) } ?? 0
      let (text, field) = TermDescription.describe(term)
      return ExplainedTerm(term: text, weight: weight, field: field)
    }
  }

  private func documentQuery(_ document: UInt32) throws -> Query {
    guard let record = try view.passage(document) else { return .none }
    return .term(Term.value(Field.id.valuePrefix, record.id.utf8))
  }

  /// How many match each clause by itself.
  private func explanation(_ found: Found) throws -> QueryExplanation {
    var clauses: [ClauseCount] = []
    for node in found.parsed.root?.clauseNodes ?? [] {
      var planner = makePlanner()
      let query = planner.run(ParsedQuery(root: node, warnings: []), match: .all).query
      try view.check()
      let groups = ArticleGroups(
        documents: try view.matches(query, .boolean, wantWeights: false, deadline: deadline).documents, columns: snapshot.columns)
      clauses.append(ClauseCount(clause: node.description, articles: groups.count, passages: groups.documents.count))
    }
    return QueryExplanation(query: found.parsed.root?.description ?? "*", clauses: clauses)
  }
}

extension QueryNode {
  /// What stands side by side at the top of the query.
  var clauseNodes: [QueryNode] {
    switch self {
    case .clauses(let clauses): clauses.map(\.node)
    case .and(let nodes), .or(let nodes): nodes
    default: [self]
    }
  }
}

/// Terms of the index as people read them.
enum TermDescription {
  static func describe(_ term: [UInt8]) -> (text: String, field: String?) {
    let prefixes: [(String, String?)] =
      Field.allCases.flatMap { field in
        [field.wordPrefix, field.valuePrefix.isEmpty ? nil : field.valuePrefix].compactMap { $0 }.map { ($0, field.rawValue as String?) }
      } + [
        (Schema.exactPrefix, nil), (Schema.foldedPrefix, nil), (Schema.salientPrefix, Field.actor.rawValue), (Schema.presencePrefix, nil),
      ]
    let text = String(decoding: term, as: UTF8.self)
    let found = prefixes.filter { text.hasPrefix($0.0) }.max { $0.0.utf8.count < $1.0.utf8.count }
    guard let found, let first = term.first, (0x41...0x5A).contains(first) else { return (plain(text), nil) }
    return (plain(String(text.dropFirst(found.0.count))), found.1)
  }

  /// Without the tag of the language.
  private static func plain(_ text: String) -> String {
    guard let colon = text.firstIndex(of: ":"), text.distance(from: text.startIndex, to: colon) <= 3 else { return text }
    return String(text[text.index(after: colon)...])
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

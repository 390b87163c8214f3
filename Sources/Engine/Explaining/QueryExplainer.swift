// Which part of a search finds how much, and what it would find without it: every part is left out once, and the search run again.
import ArasAPI
import Xapian

struct QueryExplainer {
  let search: Search
  let found: Search.Found
  let total: Total
  let corrections: [Correction]
  private let exclusions: [(text: String, documents: DocumentBits)]

  /// Parts that are looked at.
  private static let mostParts = 32
  /// What is found is too much from this share of the index on, if it is more than some.
  private static let muchOfTheIndex = 4
  private static let some = 100

  init(_ search: Search, _ found: Search.Found, _ total: Total, _ corrections: [Correction]) throws {
    self.search = search
    self.found = found
    self.total = total
    self.corrections = corrections
    var exclusions: [(String, DocumentBits)] = []
    for (field, value) in search.request.exclude.entries {
      var one = Filters()
      one[field] = value
      guard let documents = try search.filterResolver.excluded(one) else { continue }
      exclusions.append((Self.text(field, value), documents))
    }
    self.exclusions = exclusions
  }

  func explanation() throws -> QueryExplanation {
    var isComplete = true
    var counts: [ClauseCount] = []
    for part in (found.plan.root ?? found.parsed.root)?.parts(match: found.plan.match) ?? [] {
      guard counts.count < Self.mostParts, Clock.now < search.deadline else {
        isComplete = false
        break
      }
      counts.append(try count(part))
    }
    counts += filterCounts() + exclusionCounts()
    let query = (found.plan.root ?? found.parsed.root)?.description ?? "*"
    return QueryExplanation(query: query, clauses: counts, blame: isComplete ? blame(counts) : [], isComplete: isComplete)
  }

  // MARK: Parts of the query

  private func count(_ part: QueryPart) throws -> ClauseCount {
    let own = try passages(of: part.node, .all).groups
    let without = try passages(of: part.rest, found.plan.match)
    return ClauseCount(
      clause: part.text, kind: part.kind, occurrence: part.occurrence, articles: own.count, passages: own.documents.count,
      without: without.isComplete ? accepted(without.groups) : nil,
      didYouMean: own.documents.isEmpty ? corrections.filter { part.text.contains($0.from) }.map(\.to) : [])
  }

  private func passages(of node: QueryNode?, _ match: MatchMode) throws -> (groups: ArticleGroups, isComplete: Bool) {
    var planner = search.makePlanner()
    let plan = planner.run(ParsedQuery(root: node, warnings: []), match: match)
    try search.view.check()
    let matches = try search.matches(plan.query, ranked: false)
    return (ArticleGroups(documents: matches.documents, columns: search.snapshot.columns), !matches.timedOut && !plan.isPartial)
  }

  /// What the filters and exclusions leave.
  private func accepted(_ groups: ArticleGroups) -> MatchCount {
    count(groups) { document in
      !exclusions.contains { $0.documents.contains(document) } && found.filters.allSatisfy { $0.accepts(document) }
    }
  }

  private func count(_ groups: ArticleGroups, where accepts: (_ document: UInt32) -> Bool) -> MatchCount {
    var count = MatchCount(articles: 0, passages: 0)
    for group in 0..<groups.count {
      let passages = groups.range(group).count { accepts(groups.documents[$0]) }
      count.passages += passages
      if passages > 0 { count.articles += 1 }
    }
    return count
  }

  // MARK: Filters

  private static func text(_ field: FilterField, _ value: FilterValue) -> String {
    let any = value.any.joined(separator: " OR ")
    let all = value.all.joined(separator: " AND ")
    return "\(field.rawValue):" + [any, all].filter { !$0.isEmpty }.joined(separator: " AND ")
  }

  private func filterCounts() -> [ClauseCount] {
    found.filters.enumerated().map { bit, filter in
      let accepted = groups(filter.accepted)
      let value = search.request.filters[filter.field] ?? FilterValue()
      return ClauseCount(
        clause: Self.text(filter.field, value), kind: .filter, occurrence: .required, articles: accepted.count,
        passages: accepted.documents.count, without: self.accepted(except: 1 << UInt32(bit)))
    }
  }

  /// What was found, but for some of the filters.
  private func accepted(except: UInt32) -> MatchCount {
    var count = MatchCount(articles: 0, passages: 0)
    for group in 0..<found.groups.count {
      let passages = found.groups.range(group).count { found.accepts($0, except: except) }
      count.passages += passages
      if passages > 0 { count.articles += 1 }
    }
    return count
  }

  private func exclusionCounts() -> [ClauseCount] {
    exclusions.enumerated().map { index, exclusion in
      let others = exclusions.enumerated().filter { $0.offset != index }.map(\.element.documents)
      let without = count(found.groups) { document in
        !others.contains { $0.contains(document) } && found.filters.allSatisfy { $0.accepts(document) }
      }
      let excluded = groups(exclusion.documents)
      return ClauseCount(
        clause: exclusion.text, kind: .exclude, occurrence: .excluded, articles: excluded.count, passages: excluded.documents.count,
        without: without)
    }
  }

  private func groups(_ documents: DocumentBits) -> ArticleGroups {
    ArticleGroups(documents: documents.documents, columns: search.snapshot.columns)
  }

  // MARK: Blame

  private func blame(_ counts: [ClauseCount]) -> [Blame] {
    // Of a window or a phrase whose words are there, not the clause is to blame but the nearness that it asks for.
    let loose = counts.indices.filter { index in
      index + 1 < counts.count && [.window, .phrase].contains(counts[index + 1].kind) && (counts[index + 1].without?.passages ?? 0) > 0
    }
    let clauses = counts.indices.filter { !loose.contains($0) }.map { counts[$0] }
    let unmatched = clauses.filter { $0.kind == .clause && $0.occurrence != .excluded && $0.passages == 0 }.map { part in
      let meant = part.didYouMean.map { "\"\($0)\"" }.joined(separator: " or ")
      return Blame(
        code: .noMatch, clause: part.clause,
        message: "\(part.clause) is in no passage" + (meant.isEmpty ? "" : "; did you mean \(meant)?"))
    }
    if total.passages > 0 { return unmatched + tooMuch(counts) }
    // To leave out the only part there is, is no advice.
    let narrow = (counts.count > 1 ? clauses : []).filter { ($0.without?.passages ?? 0) > 0 }.sorted {
      ($0.without?.passages ?? 0) > ($1.without?.passages ?? 0)
    }
    let removable = narrow.map { part in
      Blame(
        code: .tooNarrow, clause: part.clause,
        message: "\(Self.name(part)) removes all: without it, \(Self.passages(part.without?.passages ?? 0)) match")
    }
    if !unmatched.isEmpty || !removable.isEmpty { return unmatched + removable }
    guard counts.count > 1 else { return [] }
    return [
      Blame(code: .together, clause: "", message: "each part matches something, but no passage has them together, even with one left out")
    ]
  }

  private func tooMuch(_ counts: [ClauseCount]) -> [Blame] {
    let all = search.snapshot.columns.passageCount
    guard total.passages > Self.some, total.passages > all / Self.muchOfTheIndex else { return [] }
    // Of alternatives the broadest lets so much in; of what is required even the narrowest does.
    let optional = counts.filter { $0.kind == .clause && $0.occurrence == .optional }
    if let broadest = optional.max(by: { $0.passages < $1.passages }) {
      let rest = broadest.without.map { "; without it, \(Self.passages($0.passages)) match" } ?? ""
      return [
        Blame(
          code: .tooBroad, clause: broadest.clause,
          message: "\(broadest.clause) alone matches \(broadest.passages) of \(all) passages\(rest)")
      ]
    }
    let required = counts.filter { ($0.kind == .clause || $0.kind == .filter) && $0.occurrence == .required }
    guard let narrowest = required.min(by: { $0.passages < $1.passages }) else { return [] }
    let what = required.count > 1 ? "even the narrowest part, \(narrowest.clause)," : narrowest.clause
    return [Blame(code: .tooBroad, clause: narrowest.clause, message: "\(what) matches \(narrowest.passages) of \(all) passages")]
  }

  private static func name(_ part: ClauseCount) -> String {
    switch part.kind {
    case .clause, .window: part.clause
    case .phrase: "that \(part.clause) is a phrase"
    case .filter: "the filter \(part.clause)"
    case .exclude: "leaving out \(part.clause)"
    }
  }

  private static func passages(_ count: Int) -> String { count == 1 ? "1 passage" : "\(count) passages" }
}

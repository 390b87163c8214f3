// When corrections are offered: where a query finds nothing or next to nothing, and what they make of it finds more.
import ArasAPI

extension Search {
  /// Passages up to which a query finds next to nothing.
  static let nextToNothing = 2

  func corrections(_ found: Found, _ total: Total) throws -> [Correction] {
    guard let root = found.parsed.root, !found.timedOut else { return [] }
    let isFound = total.passages > Self.nextToNothing && !found.relaxed
    // Ranked by any of its words, a query finds something though one of its words is nowhere.
    guard !isFound || found.plan.match == .any else { return [] }
    guard let vocabulary = try vocabularies.vocabulary(view, snapshot) else { return [] }
    let planner = makePlanner()
    let corrector = Corrector(
      queryText: request.q,
      surroundings: Surroundings(view: view, analyzer: analyzer, languages: planner.languages), registry: snapshot.registry,
      vocabulary: vocabulary, names: vocabularies.names(snapshot.registry), language: planner.queryLanguage,
      passages: snapshot.columns.passageCount)
    let offered = corrector.corrections(root, whollyUnknown: isFound)
    // Where everything that has any of the words is found already, a word put right has to find something by itself.
    if isFound { return try offered.filter { try outcome(of: $0.to).passages > 0 } }
    if try findsMore(offered, than: found, total) { return offered }
    return offered.count > 1 ? try offered.filter { try findsMore([$0], than: found, total) } : []
  }

  /// Whether the same search would find the same again while the index stays as it is: corrections come from a vocabulary that may still
  /// be read.
  func isSettled(_ result: SearchResult) -> Bool {
    let isFound = result.total.passages > Self.nextToNothing && !result.relaxed && result.match != .any
    return !result.timedOut && (isFound || vocabularies.isCurrent(snapshot))
  }

  private func findsMore(_ corrections: [Correction], than found: Found, _ total: Total) throws -> Bool {
    guard !corrections.isEmpty else { return false }
    let other = try outcome(of: Self.applying(corrections, to: request.q))
    return found.relaxed && !other.relaxed ? other.passages > 0 : other.passages > total.passages
  }

  /// What the same search finds with another query text.
  private func outcome(of text: String) throws -> (passages: Int, relaxed: Bool) {
    var request = self.request
    request.q = text
    request.syntax = .lenient
    let search = Search(
      request: request, snapshot: snapshot, view: view, analyzer: analyzer, vocabularies: vocabularies, today: today, deadline: deadline)
    let found = try search.find(best: 1)
    return (search.total(found).passages, found.relaxed)
  }

  /// The query text with what was offered in place of what was typed.
  static func applying(_ corrections: [Correction], to text: String) -> String {
    var bytes = Array(text.utf8)
    for correction in corrections.sorted(by: { $0.offset > $1.offset }) {
      let range = correction.offset..<(correction.offset + correction.length)
      if range.upperBound <= bytes.count { bytes.replaceSubrange(range, with: correction.to.utf8) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

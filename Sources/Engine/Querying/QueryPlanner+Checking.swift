// What the terms of the index can say only about a passage as a whole - that it has this written form, that these words stand in its
// body - is checked word by word in the passages that come into question, by the rules that marks are made by.
import TextAnalysis
import Xapian

extension QueryPlanner {
  /// The query, less the passages in which the rule holds nowhere.
  /// - Parameter query: matches every passage in which the rule holds, and perhaps more.
  mutating func checked(_ query: Query, _ rule: MarkRule, _ context: Context) -> Query {
    guard query != .none else { return query }
    noteAskingIndex()
    var accepted: [Query] = []
    var refused: [Query] = []
    var reader = ZoneReader(view: database, analyzer: analyzer, rule: rule)
    // Half of the time that is left for planning. What is not checked by then counts as it is, and the answer is marked as partial.
    let now = Clock.now
    let end = end.map { $0 > now ? now + ($0 - now) / 2 : now }
    let candidates = database.documents(query, deadline: end)
    if candidates.timedOut { plan.isPartial = true }
    for (count, document) in candidates.documents.enumerated() {
      if count & 63 == 63, let end, Clock.now > end {
        plan.isPartial = true
        break
      }
      guard let passage = database.record(document) else { continue }
      let id = Query.term(Term.value(Field.id.valuePrefix, passage.id.utf8))
      if reader.holds(passage, context.scope) { accepted.append(id) } else { refused.append(id) }
    }
    if refused.isEmpty { return query }
    if accepted.isEmpty, !plan.isPartial { return .none }
    return refused.count <= accepted.count || plan.isPartial ? .andNot(query, Self.either(refused)) : .filter(query, Self.either(accepted))
  }
}

/// Applies a rule to the texts that a passage is found by: its own, its heading and the title of its article.
private struct ZoneReader {
  let view: DatabaseView
  let analyzer: Analyzer
  /// The last article's, since passages of an article follow each other.
  private var title: (article: String, words: WordStream?)?
  private var marker: Marker

  init(view: DatabaseView, analyzer: Analyzer, rule: MarkRule) {
    self.view = view
    self.analyzer = analyzer
    marker = Marker([rule])
  }

  mutating func holds(_ passage: PassageRecord, _ scope: Field?) -> Bool {
    let language = Language(rawValue: passage.language)
    if scope == nil || scope == .text {
      let words = analyzer.analyze(passage.text, language: language)
      if marker.holds(words, in: passage) { return true }
    }
    if scope == nil || scope == .heading, let heading = passage.heading {
      if marker.holds(analyzer.analyze(heading, language: language), in: nil) { return true }
    }
    if scope == nil || scope == .title, let words = titleWords(passage.article) {
      return marker.holds(words, in: nil)
    }
    return false
  }

  private mutating func titleWords(_ article: String) -> WordStream? {
    if let title, title.article == article { return title.words }
    let record = view.articleRecord(article)
    let words = record.flatMap { record in record.title.map { analyzer.analyze($0, language: Language(rawValue: record.language)) } }
    title = (article, words)
    return words
  }
}

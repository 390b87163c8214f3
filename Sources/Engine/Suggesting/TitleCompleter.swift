// Titles of which a word and what follows begins like the text typed.
import ArasAPI
import TextAnalysis

struct TitleCompleter {
  let typed: TypedText
  let titles: TitleList
  let view: DatabaseView
  let limit: Int

  /// Beginnings of titles that are looked at, and articles of one title.
  private static let mostStarts = 1500
  private static let mostArticles = 500
  /// From two letters on: behind one, any title is as good as another.
  private static let shortest = 2

  func completions() -> [RankedSuggestion] {
    guard FormList.scalars(typed.key).count >= Self.shortest else { return [] }
    var groups: [ArraySlice<UInt8>: (titles: [Int], isFirst: Bool)] = [:]
    titles.starts.forEachText(with: typed.key, limit: Self.mostStarts) { title, isFirst in
      var group = groups[titles.starts.key(title)] ?? ([], false)
      if group.titles.last != title { group.titles.append(title) }
      if isFirst { group.isFirst = true }
      groups[titles.starts.key(title)] = group
    }
    let best = groups.sorted { a, b in
      if a.value.isFirst != b.value.isFirst { return a.value.isFirst }
      if a.value.titles.count != b.value.titles.count { return a.value.titles.count > b.value.titles.count }
      return a.key.count != b.key.count ? a.key.count < b.key.count : a.key.lexicographicallyPrecedes(b.key)
    }
    var found: [RankedSuggestion] = []
    for (place, group) in best.prefix(2 * limit).enumerated() where found.count < limit {
      guard let suggestion = suggestion(Set(group.value.titles), key: group.key) else { continue }
      found.append(RankedSuggestion(suggestion: suggestion, bits: -Double(place)))
    }
    return found
  }

  /// The articles of now that have the title; nil when there are none.
  private func suggestion(_ group: Set<Int>, key: ArraySlice<UInt8>) -> Suggestion? {
    var newest: ArticleRecord?
    var articles = 0
    var passages = 0
    for title in group.sorted().prefix(Self.mostArticles) {
      guard let record = view.articleRecord(titles.article(title)), record.passages > 0, let text = record.title,
        PhraseKey.of(text, longest: StartList.longest).elementsEqual(key)
      else { continue }
      articles += 1
      passages += record.passages
      if newest == nil || record.date ?? "" > newest?.date ?? "" { newest = record }
    }
    guard let newest, let title = newest.title else { return nil }
    return Suggestion(text: title, kind: .title, id: newest.id, articles: articles, passages: passages)
  }
}

// Titles of which a word and what follows begins like the text typed.
import ArasAPI
import TextAnalysis

struct TitleCompleter {
  let typed: TypedText
  let titles: TitleList
  let view: DatabaseView
  let columns: Columns
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
    var newest: (id: String, title: String, first: Int)?
    var articles = 0
    var passages = 0
    for title in group.sorted().prefix(Self.mostArticles) {
      let id = titles.article(title)
      guard let entry = view.entryNoting(id), entry.passages > 0, let text = entry.title,
        PhraseKey.of(text, longest: StartList.longest).elementsEqual(key)
      else { continue }
      articles += 1
      passages += entry.passages
      let first = columns.days(ofArticle: entry.ordinal)?.first ?? Int.min
      if newest.map({ first > $0.first }) ?? true { newest = (id, text, first) }
    }
    guard let newest else { return nil }
    return Suggestion(text: newest.title, kind: .title, id: newest.id, articles: articles, passages: passages)
  }
}

// Titles of which a word and what follows begins like the text typed.
import ArasAPI
import TextAnalysis

struct TitleCompleter {
  let typed: TypedText
  let titles: TitleList
  let view: DatabaseView
  let columns: Columns
  /// Titles that are wanted.
  let limit: Int

  /// Beginnings of titles that are looked at, and articles of one title.
  private static let mostStarts = 1500
  private static let mostArticles = 500
  /// From two letters on: behind one, any title is as good as another.
  private static let shortest = 2

  func completions() -> [RankedSuggestion] {
    guard FormList.scalars(typed.key).count >= Self.shortest else { return [] }
    // A title is met at each of its words that begins so.
    var isFirst: [Int: Bool] = [:]
    titles.starts.forEachText(with: typed.key, limit: Self.mostStarts) { title, begins in
      if begins { isFirst[title] = true } else if isFirst[title] == nil { isFirst[title] = false }
    }
    var found: [RankedSuggestion] = []
    for (place, title) in best(isFirst, 2 * limit).enumerated() where found.count < limit {
      guard let suggestion = suggestion(title) else { continue }
      found.append(RankedSuggestion(suggestion: suggestion, bits: -Double(place)))
    }
    return found
  }

  /// Those that begin so before others, of more articles before those of fewer, short before long.
  private func best(_ isFirst: [Int: Bool], _ most: Int) -> [Int] {
    func rank(_ title: Int, _ isFirst: Bool) -> (Int, Int, Int, Int) {
      (isFirst ? 0 : 1, -titles.articleCount(title), titles.starts.key(title).count, title)
    }
    var best: [(Int, Int, Int, Int)] = []
    for (title, isFirst) in isFirst {
      let rank = rank(title, isFirst)
      if best.count == most, let last = best.last, rank >= last { continue }
      best.insert(rank, at: best.partitioningIndex { $0 > rank })
      if best.count > most { best.removeLast() }
    }
    return best.map(\.3)
  }

  /// The articles of now that have the title; nil when there are none.
  private func suggestion(_ title: Int) -> Suggestion? {
    let key = titles.starts.key(title)
    var newest: (id: String, title: String, first: Int)?
    var articles = 0
    var passages = 0
    for id in titles.articles(title).prefix(Self.mostArticles) {
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

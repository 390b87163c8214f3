// A search result as text for people: a title line per article, `path:line: snippet` lines that editors can follow, the
// facets as bars, and a line of totals.
import ArasAPI

/// Renders results as text.
package struct TextRenderer: Sendable {
  package var theme: Theme
  /// Columns of the terminal.
  package var width: Int
  /// Whether titles are cut to the width; a file or another program gets them whole.
  package var cutsTitles: Bool

  package init(theme: Theme, width: Int, cutsTitles: Bool = true) {
    self.theme = theme
    self.width = max(20, width)
    self.cutsTitles = cutsTitles
  }

  package func search(_ result: SearchResult) -> String {
    var out = ""
    for hit in result.hits { out += self.hit(hit) + "\n" }
    // Where nothing was found, a facet is worth its lines only if it has another value to offer.
    let isNothing = result.total.passages == 0 && result.total.articles == 0
    let facets = self.facets(result.facets, leavingOutEmpty: isNothing)
    if !facets.isEmpty { out += facets + "\n" }
    if !isNothing { out += totals(result) + "\n" }
    if let explanation = result.explain { out += self.explanation(explanation, total: result.total) }
    return out
  }

  private func hit(_ hit: Hit) -> String {
    let article = hit.article
    var facts = [article.date, article.source].compactMap { $0 }.map { Visible.text($0) }
    if hit.passagesMatched > hit.passages.count { facts.append("\(hit.passagesMatched) passages match") }
    let about = facts.joined(separator: " · ")
    let room = max(16, width - (about.isEmpty ? 0 : TextWidth.columns(of: about) + 2))
    let title = Visible.text(article.title ?? article.key ?? article.path)
    var out = theme.apply(.title, cutsTitles ? TextWidth.cut(title, to: room) : title)
    if !about.isEmpty { out += "  " + theme.apply(.faint, about) }
    out += "\n"
    let path = Visible.text(article.path)
    for passage in hit.passages {
      out += lines(of: passage, path)
      if let terms = passage.explain { out += explained(terms, score: passage.score) }
    }
    if hit.passages.isEmpty { out += theme.apply(.path, path) + "\n" }
    if let terms = hit.explain { out += explained(terms, score: hit.score) }
    return out
  }

  /// A line per snippet.
  private func lines(of passage: PassageHit, _ path: String) -> String {
    guard !passage.snippets.isEmpty else {
      return place(path, passage.line) + theme.apply(.faint, Visible.text(passage.heading ?? passage.id)) + "\n"
    }
    return passage.snippets.map { place(path, $0.line) + SnippetText(theme: theme).render($0) + "\n" }.joined()
  }

  /// The lines of a passage that a standing query matches.
  package func match(_ match: MatchNotification) -> String { lines(of: match.passage, Visible.text(match.article.path)) }

  private func place(_ path: String, _ line: Int) -> String {
    theme.apply(.path, path) + ":" + theme.apply(.line, String(line)) + ": "
  }

  private func totals(_ result: SearchResult) -> String {
    var text = self.totals(result.total)
    if !result.hits.isEmpty {
      let first = result.offset + 1
      let last = result.offset + result.hits.count
      text += first == last ? " · showing \(first)" : " · showing \(first)–\(last)"
    }
    return text + " · \(Decimal.rounded(Double(result.tookUs) / 1000, digits: result.tookUs < 10_000 ? 1 : 0)) ms"
  }

  package func totals(_ total: Total) -> String {
    let about = total.exact ? "" : "at least "
    return about + Self.count(total.articles, "article") + ", " + Self.count(total.passages, "passage")
  }

  static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}

// One article, or one passage of it, as text: what is known about it, then its text with the mentions of actors marked.
import ArasAPI

extension TextRenderer {
  package func show(_ result: GetResult) -> String {
    let article = result.article
    var out = theme.apply(.title, Visible.text(article.title ?? article.key ?? article.path)) + "\n"
    let line = result.passages.first?.line ?? 1
    out += theme.apply(.path, Visible.text(article.path)) + ":" + theme.apply(.line, String(line)) + "\n"
    out += fact("id", article.id)
    out += fact("key", article.key)
    out += fact("date", article.date)
    out += fact("source", article.source)
    out += fact("authors", article.authors.joined(separator: ", "))
    out += fact("lang", article.lang)
    out += fact("url", article.url)
    out += fact("actors", article.actors.map { "\($0.id) \($0.mentions)\($0.salient ? "*" : "")" }.joined(separator: ", "))
    out += fact("topics", article.topics.map { "\($0.id) \(Decimal.rounded($0.score, digits: 1))" }.joined(separator: ", "))
    let base = result.passages.count == 1 ? offset(of: result) : 0
    let marks = result.mentions.map { Mark(start: $0.start - base, end: $0.end - base, kind: .actor, id: $0.actor) }
    out += "\n" + SnippetText(theme: theme).render(result.text, marks: marks, keepsLines: true)
    if !result.text.hasSuffix("\n") { out += "\n" }
    if let removed = result.removed, !removed.isEmpty {
      out += "\n" + theme.apply(.title, "not searched") + "\n"
      for part in removed {
        out += "  bytes \(part.start)–\(part.end)  \(Visible.text(part.label)): \(Visible.text(part.reason))\n"
      }
    }
    return out
  }

  /// A passage's text is the passage alone, while its offsets are the article's.
  private func offset(of result: GetResult) -> Int {
    guard let passage = result.passages.first, passage.end - passage.start == result.text.utf8.count else { return 0 }
    return passage.start
  }

  private func fact(_ name: String, _ value: String?) -> String {
    guard let value, !value.isEmpty else { return "" }
    return theme.apply(.faint, TextWidth.pad(name, to: 9)) + Visible.text(value) + "\n"
  }
}

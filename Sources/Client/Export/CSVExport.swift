// A table by RFC 4180 (comma, quotation marks, CR LF) in UTF-8: a row per passage, also where the entries are articles.
//
// Text of articles is written by strangers, and spreadsheets run a cell that begins like a formula. Such a cell gets an apostrophe before
// it (the advice of OWASP on CSV injection), which spreadsheets do not show. The exact text is in the other formats.
import ArasAPI

struct CSVExport: ExportWriter {
  private static let header = [
    "id", "article", "key", "title", "authors", "source", "date", "lang", "path", "url", "heading", "line", "start", "end", "score",
    "actors", "topics", "text",
  ]

  func begin() -> [UInt8] { Array(Self.row(Self.header).utf8) }

  func hit(_ hit: Hit) -> [UInt8] {
    let article = hit.article
    let head = [
      article.id, article.key ?? "", article.title ?? "", article.authors.joined(separator: "; "), article.source ?? "",
      article.date ?? "", article.lang, article.path, article.url ?? "",
    ].map(Self.inert)
    if hit.passages.isEmpty {
      return Array(Self.row([Self.inert(article.id)] + head + ["", "", "", "", String(hit.score), "", "", ""]).utf8)
    }
    return Quote.of(hit).flatMap { quote in
      let place = [String(quote.line), String(quote.start), String(quote.end), String(quote.passage.score)]
      let tags = [quote.passage.actors, quote.passage.topics].map { Self.inert($0.joined(separator: "; ")) }
      return Array(
        Self.row(
          [Self.inert(quote.passage.id)] + head + [Self.inert(quote.passage.heading ?? "")] + place + tags + [Self.inert(quote.text)]
        ).utf8)
    }
  }

  private static func row(_ fields: [String]) -> String { String(CSV.row(fields).dropLast()) + "\r\n" }

  /// The text with an apostrophe before it where a spreadsheet would read a formula: `=`, `+`, `-`, `@`, also full-width ones and behind
  /// blanks, a tab or a line end.
  static func inert(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    if first == "\t" || first == "\r" || first == "\n" { return "'" + text }
    guard let sign = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return text }
    return "=+-@＝＋－＠".unicodeScalars.contains(sign) ? "'" + text : text
  }
}

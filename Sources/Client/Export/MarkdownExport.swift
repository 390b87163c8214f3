// Quotes to read and to paste into a report: each a block quote with a citation line under it. With articles as entries, a heading each
// and its quotes below.
import ArasAPI

struct MarkdownExport: ExportWriter {
  var unit: Unit
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
  ]

  func hit(_ hit: Hit) -> [UInt8] {
    var out = unit == .article ? "## \(Self.escaped(hit.article.shownTitle))\n\n\(Self.reference(hit.article))\n\n" : ""
    for quote in Quote.of(hit) {
      if !quote.quoted.isEmpty { out += Self.blockquote(quote.quoted) + "\n" }
      out += "— " + (unit == .article ? "" : Self.reference(hit.article) + " ")
      out += Self.code("\(hit.article.path):\(quote.line)") + " " + Self.code(quote.passage.id) + "\n\n"
    }
    if hit.passages.isEmpty { out += Self.code(hit.article.path) + " " + Self.code(hit.article.id) + "\n\n" }
    return Array(out.utf8)
  }

  /// Authors, “title”, *source*, date.
  private static func reference(_ article: ArticleSummary) -> String {
    var title = "“\(escaped(article.shownTitle))”"
    if let url = article.url, isLink(url) { title = "[\(title)](<\(url)>)" }
    var parts = [article.authors.map(escaped).joined(separator: ", "), title]
    if let source = article.source { parts.append("*\(escaped(source))*") }
    let date = article.dateParts
    let month = date.count > 1 && months.indices.contains(date[1] - 1) ? months[date[1] - 1] + " " : ""
    if let year = date.first { parts.append((date.count > 2 ? "\(date[2]) " : "") + month + String(year)) }
    return parts.filter { !$0.isEmpty }.joined(separator: ", ") + "."
  }

  private static func isLink(_ url: String) -> Bool {
    (url.hasPrefix("https://") || url.hasPrefix("http://"))
      && url.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "<" && $0 != ">" && $0 != "\\" }
  }

  /// Paragraphs are parted by blank lines, as in the text; lines of a paragraph are joined.
  private static func blockquote(_ text: String) -> String {
    var paragraphs: [[String]] = [[]]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if words.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(words) }
    }
    let lines = paragraphs.filter { !$0.isEmpty }.map { "> " + escaped($0.joined(separator: " ")) + "\n" }
    return lines.joined(separator: ">\n")
  }

  /// The text so that no sign of it is read as markup.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in Visible.text(text).unicodeScalars {
      if "\\`*_[]<>&#|~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    // At the beginning of a line these make a list: "- ", "+ ", "1. ", "1) ".
    if let first = out.first, first == "-" || first == "+" { return "\\" + out }
    let digits = out.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, let sign = out[digits.endIndex...].first, sign == "." || sign == ")" {
      return digits + "\\" + out[digits.endIndex...]
    }
    return out
  }

  private static func code(_ text: String) -> String {
    let shown = Visible.text(text)
    return shown.contains("`") ? "`` \(shown) ``" : "`\(shown)`"
  }
}

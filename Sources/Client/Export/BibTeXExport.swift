// References as BibTeX entries in UTF-8. Braces must pair even where they are escaped, so that a brace of a text becomes a command.
// A name that is no person's, or whose order is unknown, stands in braces of its own and is taken whole. Keys hold the article's id, so
// they are unique in any number of exports.
import ArasAPI

struct BibTeXExport: ExportWriter {
  var unit: Unit
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  func hit(_ hit: Hit) -> [UInt8] {
    let quotes = Quote.of(hit)
    if unit == .article { return Array(entry(hit.article, id: hit.article.id, quotes).utf8) }
    return quotes.flatMap { Array(entry(hit.article, id: $0.passage.id, [$0]).utf8) }
  }

  private func entry(_ article: ArticleSummary, id: String, _ quotes: [Quote]) -> String {
    var out = "@\(article.source == nil ? "misc" : "article"){\(Self.key(article, id: id))"
    func field(_ name: String, _ value: String) { out += ",\n  \(name) = \(value)" }
    if !article.authors.isEmpty { field("author", "{" + article.authors.map(Self.author).joined(separator: " and ") + "}") }
    field("title", "{{" + Self.escaped(article.shownTitle) + "}}")
    if let source = article.source { field("journal", "{" + Self.escaped(source) + "}") }
    let date = article.dateParts
    if let year = date.first { field("year", "{\(year)}") }
    if date.count > 1, Self.months.indices.contains(date[1] - 1) { field("month", Self.months[date[1] - 1]) }
    if date.count > 2 { field("day", "{\(date[2])}") }
    if let url = article.url { field("url", "{" + Self.escapedURL(url) + "}") }
    field("language", "{" + Self.escaped(article.lang) + "}")
    let places = quotes.map { "\(article.path):\($0.line), \($0.passage.id)" }
    field("note", "{" + (places.isEmpty ? ["\(article.path), \(article.id)"] : places).map(Self.escaped).joined(separator: "; ") + "}")
    let texts = quotes.map(\.quoted).filter { !$0.isEmpty }.map(Self.escaped)
    if !texts.isEmpty { field("abstract", "{" + texts.joined(separator: "\n\n") + "}") }
    return out + "\n}\n\n"
  }

  /// The first author's or the source's name in plain letters, the year, the id.
  private static func key(_ article: ArticleSummary, id: String) -> String {
    let name =
      switch article.authors.first.map({ PersonName($0) }) {
      case .person(let family, _): family
      case .literal(let name): name
      case nil: article.source ?? ""
      }
    let letters = String(name.lowercased().unicodeScalars.filter { (0x61...0x7A).contains($0.value) }.map { Character($0) }.prefix(16))
    let year = article.dateParts.first.map { String($0) } ?? ""
    let word = letters + year
    // The sign of a passage's number begins a comment in some programs.
    return (word.isEmpty ? "aras" : word) + "-" + id.replacing("#", with: "-")
  }

  private static func author(_ written: String) -> String {
    switch PersonName(written) {
    case .person(let family, let given): "\(escaped(family)), \(escaped(given))"
    case .literal(let name): "{" + escaped(name) + "}"
    }
  }

  /// The text with the signs that TeX reads as its own made to stand for themselves, and without control characters.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out += "\\textbackslash{}"
      case "{": out += "\\textbraceleft{}"
      case "}": out += "\\textbraceright{}"
      case "~": out += "\\textasciitilde{}"
      case "^": out += "\\textasciicircum{}"
      case "#", "$", "%", "&", "_": out += "\\" + String(Character(scalar))
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default: if scalar.value >= 0x20, scalar.value != 0x7F { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }

  /// An address is taken as it is, but what would end or unbalance the field.
  static func escapedURL(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "{": out += "%7B"
      case "}": out += "%7D"
      case "\\": out += "%5C"
      default: if scalar.value > 0x20, scalar.value != 0x7F { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }
}

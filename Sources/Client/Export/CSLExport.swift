// References as CSL-JSON (the citation style language's data, schema 1.0.2), which Zotero, Pandoc and others read: one array of items.
// An item is a newspaper article where its source is known, else a web page, else a document. When the page was read is not known, so
// there is no `accessed`. What was quoted is the abstract; the note tells where it stands.
import ArasAPI

struct CSLExport: ExportWriter {
  var unit: Unit
  private var isFirst = true

  init(unit: Unit) { self.unit = unit }

  func begin() -> [UInt8] { Array("[".utf8) }
  func end() -> [UInt8] { Array((isFirst ? "]\n" : "\n]\n").utf8) }

  mutating func hit(_ hit: Hit) -> [UInt8] {
    let quotes = Quote.of(hit)
    if unit == .article { return item(hit.article, id: hit.article.id, quotes) }
    return quotes.flatMap { item(hit.article, id: $0.passage.id, [$0]) }
  }

  private mutating func item(_ article: ArticleSummary, id: String, _ quotes: [Quote]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", id)
      writer.field("type", article.source != nil ? "article-newspaper" : article.url != nil ? "webpage" : "document")
      writer.field("title", article.shownTitle)
      if !article.authors.isEmpty {
        writer.key("author")
        writer.array { list in for author in article.authors { list.object { Self.author(author, to: &$0) } } }
      }
      writer.fieldIfPresent("container-title", article.source)
      if !article.dateParts.isEmpty {
        writer.key("issued")
        writer.object { $0.field("date-parts", [article.dateParts]) }
      }
      writer.fieldIfPresent("URL", article.url)
      writer.field("language", article.lang)
      let texts = quotes.map(\.quoted).filter { !$0.isEmpty }
      if !texts.isEmpty { writer.field("abstract", texts.joined(separator: "\n\n")) }
      let places = quotes.map { "\(article.path):\($0.line) (bytes \($0.start)–\($0.end), \($0.passage.id))" }
      writer.field("note", (places.isEmpty ? ["\(article.path) (\(article.id))"] : places).joined(separator: "\n"))
    }
    defer { isFirst = false }
    return Array((isFirst ? "\n" : ",\n").utf8) + writer.bytes
  }

  private static func author(_ name: String, to writer: inout JSONWriter) {
    switch PersonName(name) {
    case .person(let family, let given):
      writer.field("family", family)
      writer.field("given", given)
    case .literal(let name):
      writer.field("literal", name)
    }
  }
}

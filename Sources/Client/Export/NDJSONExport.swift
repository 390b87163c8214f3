// One JSON object a line, with the names of the wire: flat where an entry is a passage, with a list of passages where it is an article.
// Nothing is changed or cut: this is the form for programs.
import ArasAPI

struct NDJSONExport: ExportWriter {
  var unit: Unit

  func hit(_ hit: Hit) -> [UInt8] {
    if unit == .article {
      return line { writer in
        writer.field("id", hit.article.id)
        Self.article(hit.article, to: &writer)
        writer.field("score", hit.score)
        writer.field("passages_matched", hit.passagesMatched)
        writer.key("passages")
        writer.array { list in
          for quote in Quote.of(hit) { list.object { Self.quote(quote, to: &$0) } }
        }
      }
    }
    return Quote.of(hit).flatMap { quote in
      line { writer in
        Self.quote(quote, to: &writer)
        writer.field("article", hit.article.id)
        Self.article(hit.article, to: &writer)
      }
    }
  }

  private func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(body)
    return writer.bytes + [0x0A]
  }

  private static func article(_ article: ArticleSummary, to writer: inout JSONWriter) {
    writer.field("key", article.key)
    writer.field("title", article.title)
    writer.field("authors", article.authors)
    writer.field("source", article.source)
    writer.field("date", article.date)
    writer.field("date_precision", article.datePrecision)
    writer.field("lang", article.lang)
    writer.field("path", article.path)
    writer.field("url", article.url)
  }

  private static func quote(_ quote: Quote, to writer: inout JSONWriter) {
    writer.field("id", quote.passage.id)
    writer.field("heading", quote.passage.heading)
    writer.field("line", quote.line)
    writer.field("start", quote.start)
    writer.field("end", quote.end)
    writer.field("text", quote.text)
    if !quote.cuts.isEmpty { writer.field("cuts", quote.cuts) }
    writer.field("score", quote.passage.score)
    writer.field("actors", quote.passage.actors)
    writer.field("topics", quote.passage.topics)
  }
}

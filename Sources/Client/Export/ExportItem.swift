// What is exported of a hit: an article with the passages of it that are shown, each with its text and its place.
import ArasAPI

/// Is a format of `aras export`.
package enum ExportFormat: String, Sendable, CaseIterable {
  case ndjson, csv
  case cslJSON = "csl-json"
  case bibtex, markdown

  /// What an entry is unless it is asked for otherwise: references are to articles, the rest quotes passages.
  package var unit: Unit {
    switch self {
    case .ndjson, .csv, .markdown: .passage
    case .cslJSON, .bibtex: .article
    }
  }

  package func makeWriter(_ unit: Unit) -> any ExportWriter {
    switch self {
    case .ndjson: NDJSONExport(unit: unit)
    case .csv: CSVExport()
    case .cslJSON: CSLExport(unit: unit)
    case .bibtex: BibTeXExport(unit: unit)
    case .markdown: MarkdownExport(unit: unit)
    }
  }
}

/// Writes hits one after the other, so that an export of any length takes the memory of one page.
package protocol ExportWriter {
  /// What stands before the first hit.
  mutating func begin() -> [UInt8]
  mutating func hit(_ hit: Hit) -> [UInt8]
  /// What stands after the last hit.
  mutating func end() -> [UInt8]
}

extension ExportWriter {
  package func begin() -> [UInt8] { [] }
  package func end() -> [UInt8] { [] }
}

/// Is a stretch of an article as it is quoted: a whole passage, or a snippet of it.
struct Quote {
  var passage: PassageHit
  var text: String
  /// UTF-8 bytes of the article's text.
  var start: Int
  var end: Int
  var line: Int
  /// Places of `text` at which the article has something more.
  var cuts: [SnippetCut] = []
  /// The text as people quote it: with an ellipsis where the passage goes on.
  var quoted: String

  /// The quotes of a hit, in the order of the text, whichever passage ranks first.
  static func of(_ hit: Hit) -> [Quote] {
    hit.passages.sorted { $0.start < $1.start }.map { passage in
      guard let snippet = passage.snippets.first else {
        return Quote(passage: passage, text: "", start: passage.start, end: passage.end, line: passage.line, quoted: "")
      }
      return Quote(
        passage: passage, text: snippet.text, start: snippet.start, end: snippet.end, line: snippet.line, cuts: snippet.cuts,
        quoted: (snippet.moreBefore ? "… " : "") + snippet.text + (snippet.moreAfter ? " …" : ""))
    }
  }
}

extension ArticleSummary {
  /// Year, month and day, as many as are known.
  var dateParts: [Int] {
    guard let date else { return [] }
    let parts = date.split(separator: "-").map { Int($0) }
    guard !parts.isEmpty, parts.count <= 3 else { return [] }
    let known = parts.compactMap { $0 }
    return known.count == parts.count ? known : []
  }

  /// The title, or what else the article is known by.
  var shownTitle: String { title ?? key ?? path }
}

// Which reader a file needs, told by its name first and by its first bytes where the name says nothing.

/// The formats that articles come in.
package enum FileFormat: String, Sendable, CaseIterable {
  case text, markdown, html, csv
  case jsonLines = "jsonl"

  /// Tells the format of a file; nil when neither its name nor its first bytes are known.
  package static func sniff(path: String, head: some Collection<UInt8>) -> FileFormat? {
    switch fileExtension(of: path) {
    case "txt", "text", "asc": return looksLikeHTML(head) ? .html : .text
    case "md", "markdown", "mkd", "mdown": return .markdown
    case "html", "htm", "xhtml", "shtml": return .html
    case "jsonl", "ndjson", "jsonlines": return .jsonLines
    case "csv", "tsv": return .csv
    case "": return looksLikeHTML(head) ? .html : .text
    default: return nil
    }
  }

  /// The part of the last component after its last dot, in lower case.
  static func fileExtension(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// Whether the bytes start as a page does: a doctype or an html element after blanks, a mark of the encoding or comments.
  private static func looksLikeHTML(_ head: some Collection<UInt8>) -> Bool {
    var text = Substring(String(decoding: head.prefix(1024), as: UTF8.self).lowercased())
    text = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return ["<!doctype html", "<html", "<head>", "<body"].contains { text.hasPrefix($0) }
  }
}

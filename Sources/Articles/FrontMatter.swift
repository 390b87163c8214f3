// The block of fields at the head of a Markdown file between two lines of `---` (YAML) or `+++` (TOML): the simple forms that people
// write by hand, lists included.

struct FrontMatter {
  /// The index of the first line after it.
  let end: Int
  private var fields: [(key: String, values: [String])] = []

  init?(lines: [PlainTextReader.Line], bytes: UnsafeBufferPointer<UInt8>) {
    func text(_ line: PlainTextReader.Line) -> String { String(decoding: bytes[line.start..<line.end], as: UTF8.self) }
    guard let first = lines.firstIndex(where: { !$0.isBlank }), first <= 1 else { return nil }
    let fence = text(lines[first])
    guard fence == "---" || fence == "+++" else { return nil }
    let limit = min(lines.count, first + 300)
    guard let close = lines[(first + 1)..<limit].firstIndex(where: { [fence, "..."].contains(text($0)) }) else { return nil }
    end = close + 1
    for line in lines[(first + 1)..<close] where !line.isBlank {
      let content = text(line)
      if content.hasPrefix("- "), !fields.isEmpty {
        fields[fields.count - 1].values.append(Self.plain(String(content.dropFirst(2))))
        continue
      }
      guard let mark = content.firstIndex(of: fence == "+++" ? "=" : ":"), line.indent == 0 || fields.isEmpty else { continue }
      let key = Names.lower(Names.collapsed(String(content[..<mark])))
      let value = Names.collapsed(String(content[content.index(after: mark)...]))
      fields.append((key, Self.values(value)))
    }
    guard !fields.isEmpty else { return nil }
  }

  /// Fills in what the fields tell.
  func fill(_ metadata: inout Metadata) {
    for (key, values) in fields {
      guard let first = values.first else { continue }
      switch key {
      case "title", "headline": metadata.setTitle(first, "front matter")
      case "date", "published", "publish_date", "pubdate", "publishdate", "created":
        metadata.setDate(Record.day(first, dayFirst: true), "front matter")
      case "author", "authors", "by": metadata.setAuthors(values.count > 1 ? values : Names.authors(ofField: first), "front matter")
      case "source", "publisher", "site", "outlet": metadata.setPublisher(first, "front matter")
      case "url", "link", "canonical", "canonical_url", "original": metadata.setURL(first, "front matter")
      case "lang", "language", "locale": metadata.setLanguage(first, "front matter")
      case "tags", "keywords", "categories", "topics":
        metadata.addKeywords(values.count > 1 ? values : Names.keywords(ofField: first), "front matter")
      default: break
      }
    }
  }

  private static func values(_ text: String) -> [String] {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return text.isEmpty ? [] : [plain(text)] }
    return text.dropFirst().dropLast().split(separator: ",").map { plain(Names.collapsed(String($0))) }.filter { !$0.isEmpty }
  }

  private static func plain(_ text: String) -> String {
    var text = Names.collapsed(text)
    for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      text = String(text.dropFirst().dropLast())
    }
    return text
  }
}

// A file of plain text: decoded, cut into blocks, handed to the common pipeline.

enum PlainText {
  static func article(_ bytes: [UInt8], path: String, options: ExtractionOptions) throws -> Article {
    let decoded = try Decoding.decode(bytes)
    let blocks = PlainTextReader.blocks(of: decoded.text)
    guard !blocks.isEmpty else { throw ExtractionError(reason: "empty: the file holds no text") }
    var draft = Draft(kind: FileFormat.text.rawValue, text: decoded.text, blocks: blocks)
    draft.note(decoded)
    draft.readFileName(path)
    return Assembler.article(of: draft, options: options)
  }
}

extension Draft {
  /// Notes how the bytes were read.
  mutating func note(_ decoded: DecodedText) {
    if decoded.isRepaired { quality.insert("repaired-encoding") }
    if decoded.encoding != "utf-8" { metadata.note("encoding", decoded.encoding, "bytes", nil) }
  }

  /// Keeps the date in the file's name, which counts when the document tells none.
  mutating func readFileName(_ path: String) {
    let name = String(path.split(separator: "/").last ?? "")
    fileNameDate = DateReader.dates(in: String(name.map { $0 == "_" ? " " : $0 })).first { found in
      guard case .certain(let date) = found.value else { return false }
      return date.precision == .day && (1900...2199).contains(date.year)
    }.flatMap { DateReader.certain($0.value, dayFirst: true) }
  }
}

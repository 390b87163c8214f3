// The door of this target: the bytes of a file go in, articles come out one at a time.
import TextAnalysis

/// What the user may set about extraction.
package struct ExtractionOptions: Sendable {
  /// Our name of a record's field (`key`, `title`, `text`, `date`, `url`, `source`, `authors`, `lang`, `keywords`) → its name in the records.
  package var fields: [String: String] = [:]
  /// The publisher of articles that name none themselves.
  package var publisher: String?
  /// Short names of publishers and the names they stand for.
  package var publisherNames: [String: String] = [:]
  /// Whether capitalised words that look like a person's name are something else, as a place or an actor of the registry.
  package var isNotAuthor: @Sendable (String) -> Bool = { _ in false }
  /// The language of articles whose own is not clear.
  package var language: Language?
  /// Passages below this many words are joined to their neighbour.
  package var shortestPassage = 40
  /// Passages above this many words are split at sentence ends.
  package var longestPassage = 220

  package init() {}
}

/// A stretch of a file of records that can be read by itself: whole records, and what of the file has to be known for it.
package struct RecordPart: Sendable {
  var bytes: Range<Int>
  /// Counted from 1.
  var firstLine: Int
  /// How dates are written that can be read in two ways.
  var dayFirst: Bool?
}

/// Makes articles of the bytes of a file. Holds no state: one may serve many threads.
package struct ArticleExtractor: Sendable {
  package var options: ExtractionOptions

  package init(options: ExtractionOptions = .init()) {
    self.options = options
  }

  /// Extracts the articles of a file, calling `each` once for an article, in order.
  ///
  /// A file of records may hold bad ones; they are reported to `badRecord` and the rest goes on. An error thrown by `each` ends the
  /// work and is passed on; `ExtractionError` says why the file as a whole gives nothing.
  /// - Parameter format: what the file is; nil to tell from the name and the first bytes.
  package func extract(
    _ bytes: [UInt8], path: String, format: FileFormat? = nil, badRecord: (BadRecord) -> Void = { _ in },
    each: (Article) throws -> Void
  ) throws {
    guard !bytes.isEmpty else { throw ExtractionError(reason: "empty file") }
    guard let format = format ?? FileFormat.sniff(path: path, head: bytes.prefix(1024)) else {
      throw ExtractionError(
        reason: "unknown format '.\(FileFormat.fileExtension(of: path))': name a format for this source in the configuration")
    }
    switch format {
    case .text: try each(PlainText.article(bytes, path: path, options: options))
    case .markdown: try each(Markdown.article(bytes, path: path, options: options))
    case .html: try each(HTMLFile.article(bytes, path: path, options: options))
    case .jsonLines: try JSONLines.read(bytes, options: options, badRecord: badRecord, each: each)
    case .csv: try CSVFile.read(bytes, path: path, options: options, badRecord: badRecord, each: each)
    }
  }

  /// Cuts a file of records, so that its parts can be read at once, each by `extract(_:of:)`.
  /// - Parameter size: bytes of a part, about.
  /// - Returns: nil for what has to be read as a whole.
  package func parts(of bytes: [UInt8], path: String, format: FileFormat? = nil, size: Int) -> [RecordPart]? {
    guard bytes.count > size, format ?? FileFormat.sniff(path: path, head: bytes.prefix(1024)) == .jsonLines else { return nil }
    return JSONLines.parts(bytes, of: size, options: options)
  }

  /// Extracts the articles of a part of a file, as `extract` does of a whole one.
  package func extract(
    _ part: RecordPart, of bytes: [UInt8], badRecord: (BadRecord) -> Void, each: (Article) throws -> Void
  ) throws {
    try bytes.withUnsafeBufferPointer { try JSONLines.read(part, of: $0, options: options, badRecord: badRecord, each: each) }
  }
}

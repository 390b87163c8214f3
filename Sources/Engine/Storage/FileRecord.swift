// What the index knows of a file: by which content it was indexed, and why it was not, if it was not.

/// How a file looked when it was read: a file that looks the same is not read again.
package struct FileFingerprint: Sendable, Equatable {
  /// Bytes.
  package var size: Int64
  /// Nanoseconds since 1970.
  package var modified: Int64
  /// Time of the last change of content, attributes or name, nanoseconds since 1970.
  package var changed: Int64
  /// Number in its file system.
  package var inode: UInt64
  /// Of the content.
  package var hash: UInt64

  /// What a file has whose articles are not all written yet: no file looks like it.
  static let unfinished = FileFingerprint(size: -1, modified: 0, hash: 0)

  package init(size: Int64, modified: Int64, changed: Int64 = 0, inode: UInt64 = 0, hash: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.hash = hash
  }
}

/// A file as the index knows it.
package struct FileState: Sendable, Equatable {
  /// As it is shown: the path of its source, and below it.
  package var path: String
  /// Name of its source.
  package var source: String
  package var fingerprint: FileFingerprint
  /// Articles indexed from it.
  package var articles: Int
  /// Why the file, or a part of it, is not indexed.
  package var failure: String?
  /// False when the daemon ended in the middle of the file.
  package var isComplete: Bool { fingerprint != .unfinished }
  /// Seconds since 1970 at which it was indexed or failed.
  package var indexedAt: Int64

  package init(path: String, source: String, fingerprint: FileFingerprint, articles: Int, failure: String?, indexedAt: Int64) {
    self.path = path
    self.source = source
    self.fingerprint = fingerprint
    self.articles = articles
    self.failure = failure
    self.indexedAt = indexedAt
  }

  static let keyPrefix = Array("F".utf8)

  static func key(_ path: String) -> [UInt8] { keyPrefix + Array(StableHash.articleID(path: path, key: nil).utf8) }

  /// Keys of the lists of the file's articles: a file of a million records has many.
  static func articlesKey(_ path: String, chunk: Int) -> [UInt8] {
    Array("L\(StableHash.articleID(path: path, key: nil))/\(CalendarDay.padded(chunk, 6))".utf8)
  }

  func encoded(articleChunks: Int) -> [UInt8] {
    var out = ByteWriter()
    out.string(path)
    out.string(source)
    out.signed(Int(fingerprint.size))
    out.signed(Int(fingerprint.modified))
    out.signed(Int(fingerprint.changed))
    out.number(fingerprint.inode)
    out.number(fingerprint.hash)
    out.number(articles)
    out.optional(failure)
    out.signed(Int(indexedAt))
    out.number(articleChunks)
    return out.bytes
  }

  static func decoded(_ bytes: [UInt8]) -> (state: FileState, articleChunks: Int)? {
    guard !bytes.isEmpty else { return nil }
    var input = ByteReader(bytes)
    let state = FileState(
      path: input.string(), source: input.string(),
      fingerprint: FileFingerprint(
        size: Int64(input.signed()), modified: Int64(input.signed()), changed: Int64(input.signed()),
        inode: UInt64(bitPattern: Int64(input.number())), hash: UInt64(bitPattern: Int64(input.number()))),
      articles: input.number(), failure: input.optional(), indexedAt: Int64(input.signed()))
    let chunks = input.number()
    return input.failed ? nil : (state, chunks)
  }
}

// What the database itself says of an article: which one it is, and where the rest of it is stored. It is committed together with the
// passages, so that it always says what they say.

/// A place in the segments of an `ArticleStore`.
struct ArticlePlace: Sendable, Hashable {
  /// Number of the segment, from 1.
  var segment: UInt32
  /// Bytes from the beginning of the segment.
  var offset: UInt64

  private static let offsetBits: UInt64 = 40

  /// As one number; 0 is no place.
  var packed: UInt64 { UInt64(segment) << Self.offsetBits | offset }

  init(segment: UInt32, offset: UInt64) {
    self.segment = segment
    self.offset = offset
  }

  init?(packed: UInt64) {
    guard packed != 0 else { return nil }
    segment = UInt32(truncatingIfNeeded: packed >> Self.offsetBits)
    offset = packed & (1 << Self.offsetBits - 1)
  }
}

struct ArticleEntry: Sendable, Equatable {
  /// Row of the article in the columns.
  var ordinal: UInt32
  var passages: Int
  /// Of everything the article was made from, the rules of tagging and of analysis included: equal means nothing to write.
  var contentHash: UInt64
  var place: ArticlePlace
  /// Bytes that the article takes there.
  var byteCount: Int
  /// All titles are read when what can be typed is gathered: it is here so that this does not go through the articles.
  var title: String?

  static let keyPrefix = Array("A".utf8)

  static func key(_ id: String) -> [UInt8] { keyPrefix + Array(id.utf8) }

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.number(ordinal)
    out.number(passages)
    out.number(contentHash)
    out.number(place.packed)
    out.number(byteCount)
    out.optional(title)
    return out.bytes
  }

  init(ordinal: UInt32, passages: Int, contentHash: UInt64, place: ArticlePlace, byteCount: Int, title: String?) {
    self.ordinal = ordinal
    self.passages = passages
    self.contentHash = contentHash
    self.place = place
    self.byteCount = byteCount
    self.title = title
  }

  init?<Bytes: RandomAccessCollection>(encoded: Bytes) where Bytes.Element == UInt8, Bytes.Index == Int {
    guard !encoded.isEmpty else { return nil }
    var input = ByteReader(encoded)
    ordinal = UInt32(truncatingIfNeeded: input.number())
    passages = input.number()
    contentHash = UInt64(bitPattern: Int64(input.number()))
    guard let place = ArticlePlace(packed: UInt64(bitPattern: Int64(input.number()))) else { return nil }
    self.place = place
    byteCount = input.number()
    title = input.optional()
    if input.failed || byteCount < 0 { return nil }
  }
}

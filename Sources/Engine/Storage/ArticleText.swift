// The text of a stored article.

/// The text of an article, as extracted, and what was left out of it.
struct ArticleText: Sendable, Equatable {
  struct Removed: Sendable, Equatable {
    var start: Int
    var end: Int
    var label: String
    var reason: String
    /// What was left out, where it is not in the text: parts of a page.
    var excerpt: String?
  }

  var text: [UInt8]
  var removed: [Removed]

  init(text: [UInt8], removed: [Removed]) {
    self.text = text
    self.removed = removed
  }

  static func encode(_ removed: [Removed], into out: inout ByteWriter) {
    out.list(removed) {
      $0.number($1.start)
      $0.number($1.end)
      $0.string($1.label)
      $0.string($1.reason)
      $0.optional($1.excerpt)
    }
  }

  static func removed(_ input: inout ByteCursor) -> [Removed] {
    input.list { Removed(start: $0.number(), end: $0.number(), label: $0.string(), reason: $0.string(), excerpt: $0.optional()) }
  }
}

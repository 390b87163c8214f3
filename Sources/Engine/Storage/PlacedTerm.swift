// The hash by which the places of a term are looked up.

/// A term to be looked up, worked out once for many passages.
struct PlacedTerm: Sendable {
  enum Kind: Sendable {
    /// A word of the body; those of the heading and of the title stand behind it.
    case word
    /// A word in the field of titles.
    case title
    /// A word in another field.
    case field
    /// An actor or a place.
    case entity
  }

  let kind: Kind
  /// Of the whole term; of a title's word without its prefix, since the same word stands among those of the passage.
  let hash: UInt64

  private static let entityPrefixes = [Field.actor, .place].map { Array($0.valuePrefix.utf8) }
  private static let titlePrefix = Array((Field.title.wordPrefix ?? "").utf8)
  private static let titleMark: UInt64 = 0xA5A5_5A5A_C3C3_3C3C

  init(_ term: [UInt8]) { self = term.withUnsafeBufferPointer { PlacedTerm($0) } }

  init(_ term: UnsafeBufferPointer<UInt8>) {
    kind = Self.kind(term)
    var hash = StableHash()
    hash.add(kind == .title ? UnsafeBufferPointer(rebasing: term.dropFirst(Self.titlePrefix.count)) : term)
    self.hash = hash.value
  }

  @inline(__always)
  private static func kind(_ term: UnsafeBufferPointer<UInt8>) -> Kind {
    // Words are lower-case: a look at one byte tells most.
    guard let first = term.first, first >= 0x41, first <= 0x5A else { return .word }
    if term.starts(with: titlePrefix) { return .title }
    return entityPrefixes.contains { term.starts(with: $0) } ? .entity : .field
  }

  /// What tells it from every other term.
  var own: UInt64 { kind == .title ? Self.ofTitle(hash) : hash }

  /// What tells a word of the title from the same word among those of the passage.
  static func ofTitle(_ hash: UInt64) -> UInt64 { hash ^ titleMark }
}

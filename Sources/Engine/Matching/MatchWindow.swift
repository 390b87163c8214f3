// A query is matched window by window: 4,096 documents at a time, as bits and scores that stay in the processor's cache. (Lucene's
// BooleanScorer works in the same way.)

/// Which documents of a window match, and with what weight. The scores of documents that do not match are 0.
final class MatchWindow {
  static let size = 4096
  static let words = size / 64

  let bits: UnsafeMutablePointer<UInt64>
  let scores: UnsafeMutablePointer<Double>

  init() {
    bits = .allocate(capacity: Self.words)
    bits.initialize(repeating: 0, count: Self.words)
    scores = .allocate(capacity: Self.size)
    scores.initialize(repeating: 0, count: Self.size)
  }

  deinit {
    bits.deallocate()
    scores.deallocate()
  }

  /// The first document of the window that a document is in.
  static func base(of document: UInt32) -> UInt32 { document & ~UInt32(size - 1) }

  @inline(__always)
  func set(_ place: Int) { bits[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63) }

  /// Takes a match out, and its score.
  func unset(_ place: Int) {
    bits[place &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: place & 63))
    scores[place] = 0
  }

  /// How many documents match.
  var count: Int { (0..<Self.words).reduce(0) { $0 + bits[$1].nonzeroBitCount } }

  var isEmpty: Bool {
    var any: UInt64 = 0
    for word in 0..<Self.words { any |= bits[word] }
    return any == 0
  }

  func clear() {
    for word in 0..<Self.words where bits[word] != 0 {
      bits[word] = 0
      (scores + word * 64).update(repeating: 0, count: 64)
    }
  }

  /// Calls `body` with each document that matches, by its place in the window.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for word in 0..<Self.words {
      var left = bits[word]
      while left != 0 {
        body(word * 64 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
  }

  /// Adds what another window matches, and its scores.
  func unite(_ other: MatchWindow) {
    for word in 0..<Self.words where other.bits[word] != 0 {
      bits[word] |= other.bits[word]
      add(other, word)
    }
  }

  /// Keeps what another window matches too, and adds its scores.
  func intersect(_ other: MatchWindow) {
    for word in 0..<Self.words where bits[word] != 0 {
      let lost = bits[word] & ~other.bits[word]
      bits[word] &= other.bits[word]
      zero(lost, word)
      if bits[word] != 0 { addKept(other, word) }
    }
  }

  /// Keeps what another window matches too (or what it does not), with the scores as they are.
  func keep(_ other: MatchWindow, matching: Bool) {
    for word in 0..<Self.words where bits[word] != 0 {
      let kept = matching ? other.bits[word] : ~other.bits[word]
      zero(bits[word] & ~kept, word)
      bits[word] &= kept
    }
  }

  /// Keeps what is among some documents, 64 of them a word from the first of the window on.
  func keep(_ documents: Slice<UnsafeBufferPointer<UInt64>>) {
    for word in 0..<Self.words where bits[word] != 0 {
      let kept = word < documents.count ? documents[documents.startIndex + word] : 0
      zero(bits[word] & ~kept, word)
      bits[word] &= kept
    }
  }

  /// Adds the scores of another window where this one matches.
  func addScores(_ other: MatchWindow) {
    for word in 0..<Self.words where bits[word] & other.bits[word] != 0 { addKept(other, word) }
  }

  /// Adds what another window matches; a document that both match gets the greater of the scores.
  func uniteGreatest(_ other: MatchWindow) {
    for word in 0..<Self.words where other.bits[word] != 0 {
      bits[word] |= other.bits[word]
      for place in (word * 64)..<(word * 64 + 64) { scores[place] = max(scores[place], other.scores[place]) }
    }
  }

  private func add(_ other: MatchWindow, _ word: Int) {
    for place in (word * 64)..<(word * 64 + 64) { scores[place] += other.scores[place] }
  }

  private func addKept(_ other: MatchWindow, _ word: Int) {
    var left = bits[word] & other.bits[word]
    while left != 0 {
      let place = word * 64 + left.trailingZeroBitCount
      scores[place] += other.scores[place]
      left &= left - 1
    }
  }

  private func zero(_ places: UInt64, _ word: Int) {
    var left = places
    while left != 0 {
      scores[word * 64 + left.trailingZeroBitCount] = 0
      left &= left - 1
    }
  }
}

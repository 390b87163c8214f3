// Words within an edit distance of one word, found in a sorted list of words without looking at all of them. The rows of the distance
// table are the states of a Levenshtein automaton: where no word that begins so can be near enough, the automaton says which is the
// first that can, and the list is entered there. (Schulz and Mihov, "Fast string correction with Levenshtein automata", 2002, have the
// automaton; the walk along a sorted list is Lucene's FuzzyTermsEnum of 4.0.)
//
// The distance is that of Damerau and Levenshtein in its restricted form (optimal string alignment): letters added, left out, replaced,
// or swapped with their neighbour.

struct FuzzyWalk {
  private let target: [UInt32]
  private let limit: Int
  /// Letters of the target, ascending.
  private let letters: [UInt32]
  /// A letter that is not in the target.
  private static let other = UInt32.max
  /// Scalars of the word looked at last, as far as it was read.
  private var path: [UInt32] = []
  /// `rows[d * width + j]`: distance of the first d scalars of the path to the first j of the target.
  private var rows: [UInt8]
  private let width: Int

  /// - Parameter limit: 1 or 2 as a rule; more makes the walk a scan.
  init(to target: some Sequence<Unicode.Scalar>, limit: Int) {
    // What no form of the index is as long as is near none of them.
    self.target = target.prefix(200).map(\.value)
    self.limit = limit
    letters = Set(self.target).sorted()
    width = self.target.count + 1
    rows = [UInt8](repeating: 0, count: (self.target.count + limit + 2) * width)
    for column in 0..<width { rows[column] = UInt8(clamping: column) }
  }

  /// What is known of a word, and where to look next.
  enum Verdict: Equatable {
    /// Within the limit.
    case near(distance: Int)
    /// Not near itself; the next word of the list may be.
    case far
    /// No word is near from this one up to the given one, which need not be in the list.
    case skip(to: [UInt8])
    /// This one is not near, and no word behind it.
    case end
  }

  /// Looks at a word; words have to come in ascending order.
  mutating func look(at word: UnsafeBufferPointer<UInt8>) -> Verdict {
    var depth = 0
    var at = 0
    while at < word.count {
      let (scalar, length) = Self.scalar(word, at)
      at += length
      if depth < path.count, path[depth] == scalar {
        depth += 1
        continue
      }
      path.removeSubrange(depth...)
      path.append(scalar)
      depth += 1
      if !step(depth, scalar) { return next() }
    }
    path.removeSubrange(depth...)
    let distance = Int(rows[depth * width + width - 1])
    return distance <= limit ? .near(distance: distance) : .far
  }

  /// Fills the row for `depth` scalars, the last of which is `scalar`; false where no word that begins so is near.
  private mutating func step(_ depth: Int, _ scalar: UInt32) -> Bool {
    guard depth < target.count + limit + 2 else { return false }
    let row = depth * width
    let above = row - width
    rows[row] = UInt8(clamping: depth)
    var best = depth
    for j in 1..<max(width, 1) {
      var cost = min(rows[above + j] &+ 1, rows[row + j - 1] &+ 1, rows[above + j - 1] &+ (target[j - 1] == scalar ? 0 : 1))
      if depth > 1, j > 1, scalar == target[j - 2], path[depth - 2] == target[j - 1] { cost = min(cost, rows[above - width + j - 2] &+ 1) }
      rows[row + j] = cost
      best = min(best, Int(cost))
    }
    return best <= limit
  }

  /// The first sequence of letters behind the path, whose last letter leads nowhere, that a near word can begin with.
  private mutating func next() -> Verdict {
    while let last = path.popLast() {
      let depth = path.count + 1
      guard let letter = firstLetter(after: last, depth) else { continue }
      path.append(letter)
      _ = step(depth, letter)
      complete()
      return .skip(to: Self.utf8(path))
    }
    return .end
  }

  /// The first letter after another with which the path goes on.
  private mutating func firstLetter(after last: UInt32, _ depth: Int) -> UInt32? {
    if step(depth, Self.other) {
      // Surrogates are no scalars.
      let following = last == 0xD7FF ? 0xE000 : last + 1
      return following <= 0x10FFFF ? following : nil
    }
    return letters.first { $0 > last && step(depth, $0) }
  }

  /// Extends the path as long as there is only a choice between letters of the target.
  private mutating func complete() {
    while Int(rows[path.count * width + width - 1]) > limit {
      let depth = path.count + 1
      guard !step(depth, Self.other), let letter = letters.first(where: { step(depth, $0) }) else { return }
      path.append(letter)
      _ = step(depth, letter)
    }
  }

  // MARK: Scalars

  /// The scalar at a byte; a byte that begins none stands for itself.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
    let head = bytes[at]
    let length = head < 0xC0 ? 1 : head < 0xE0 ? 2 : head < 0xF0 ? 3 : 4
    guard length > 1, at + length <= bytes.count else { return (UInt32(head), 1) }
    var value = UInt32(head) & (0x7F >> UInt32(length))
    for i in 1..<length { value = value << 6 | UInt32(bytes[at + i] & 0x3F) }
    return (value, length)
  }

  private static func utf8(_ scalars: [UInt32]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for value in scalars { text.append(Unicode.Scalar(value) ?? "\u{10FFFF}") }
    return Array(String(text).utf8)
  }
}

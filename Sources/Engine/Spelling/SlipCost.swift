// How unlikely it is that somebody who meant one word typed another, in bits. The model is that of the noisy channel (Kernighan, Church,
// Gale: "A spelling correction program based on a noisy channel model", COLING 1990; Brill and Moore, ACL 2000), with a few kinds of slips
// instead of learnt tables, so that it holds in any script: a letter left out or two swapped can happen in few ways and so says much, a
// letter that is simply another can happen in many.

struct SlipCost {
  /// A letter of the word left out: one of a handful of places. (Any other letter in its place, or one too many, is also one of some
  /// thirty letters, which is what those cost more.)
  static let omission = 5.0
  /// One of two equal letters left out, or a letter struck twice.
  static let doubling = 4.0
  /// A letter too many.
  static let insertion = 10.0
  static let substitution = 10.0
  static let swap = 5.0
  /// What is saved where one letter is taken for another that is like it.
  static let vowelForVowel = 2.0
  static let alike = 4.0
  static let neighbours = 1.5
  static let twins = 8.0
  /// A vowel too few or too many.
  static let vowel = 1.0
  /// Slips in the first letter are rarer.
  static let first = 1.0

  private var rows: [[Double]] = [[], [], []]

  /// The bits of the likeliest way from the word meant to the word typed.
  mutating func bits(typed: [UInt32], meant: [UInt32]) -> Double {
    for row in rows.indices { rows[row] = [Double](repeating: .infinity, count: meant.count + 1) }
    rows[0][0] = 0
    for j in meant.indices { rows[0][j + 1] = rows[0][j] + Self.omission(meant, j) }
    for i in typed.indices {
      let row = (i + 1) % 3
      let above = i % 3
      rows[row][0] = rows[above][0] + Self.insertion(typed, i)
      for j in meant.indices {
        var best = rows[above][j] + Self.substitution(typed[i], meant[j], isFirst: j == 0)
        best = min(best, rows[above][j + 1] + Self.insertion(typed, i), rows[row][j] + Self.omission(meant, j))
        if i > 0, j > 0, typed[i] == meant[j - 1], typed[i - 1] == meant[j] {
          best = min(best, rows[(i + 2) % 3][j - 1] + Self.swap + (j == 1 ? Self.first : 0))
        }
        rows[row][j + 1] = best
      }
    }
    return rows[typed.count % 3][meant.count]
  }

  private static func omission(_ word: [UInt32], _ i: Int) -> Double {
    if isRepeated(word, i) { return doubling }
    return omission - (LetterKinds.isVowel(word[i]) ? vowel : 0) + (i == 0 ? first : 0)
  }

  private static func insertion(_ word: [UInt32], _ i: Int) -> Double {
    if isRepeated(word, i) { return doubling }
    return insertion - (LetterKinds.isVowel(word[i]) ? vowel : 0) + (i == 0 ? first : 0)
  }

  /// Whether a letter is the one before it again: of two alike one is the second, and without either of them both are gone.
  private static func isRepeated(_ word: [UInt32], _ i: Int) -> Bool { i > 0 && word[i - 1] == word[i] }

  private static func substitution(_ typed: UInt32, _ meant: UInt32, isFirst: Bool) -> Double {
    if typed == meant { return 0 }
    var saved = 0.0
    if LetterKinds.areTwins(typed, meant) {
      saved = twins
    } else if LetterKinds.areAlike(typed, meant) {
      saved = alike
    } else if LetterKinds.isVowel(typed), LetterKinds.isVowel(meant) {
      saved = vowelForVowel
    } else if LetterKinds.areNeighbours(typed, meant) {
      saved = neighbours
    }
    return substitution - saved + (isFirst ? first : 0)
  }
}

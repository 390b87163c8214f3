// What a word that is nowhere may have been meant to be: the words of the vocabulary a few letters away, the likeliest first.
import Glibc

/// A word that may have been meant.
struct Candidate: Sendable {
  /// As it is written.
  var spelling: [UInt8]
  /// Passages that have it.
  var count: UInt32
  /// Letters changed.
  var distance: Int
  /// Bits: how common the word is, less how unlikely the slip.
  var score: Double
  /// Bits of the slip alone.
  var slip: Double
}

struct Speller {
  let vocabulary: Vocabulary
  private var cost = SlipCost()

  /// Words that are weighed letter by letter.
  private static let mostWeighed = 60
  /// Bits that a letter of distance counts when those are chosen.
  private static let roughBits = 7.0
  /// Letters from which a word may differ by one, and by two.
  static let shortest = 3
  private static let shortestForTwo = 4
  /// Bits of a name of the registry that stands in the texts: it is likelier to be typed than its passages say.
  private static let nameInTexts = 1.0
  /// Bits of a name that no text has in these letters: its passages are those of its actor under all of the names that it has.
  private static let nameAlone = -3.0
  /// What is taken from a count. A form that few passages have is rarer than they say, since the forms that might as well be there and
  /// are not have their share, too (absolute discounting; Church and Gale, "A comparison of the enhanced Good-Turing and deleted estimation
  /// methods", 1991, find about 0.75).
  private static let discount = 0.75
  /// Bits of a difference in diacritics alone.
  private static let diacritics = 1.0

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// The words that may have been meant, the likeliest first; the word itself is not among them.
  /// - Parameters:
  ///   - key: the folded form of what was typed.
  ///   - spelling: its exact form.
  mutating func candidates(for key: [UInt8], spelling: [UInt8], limit: Int) -> [Candidate] {
    let typed = FormList.scalars(key)
    guard typed.count >= Self.shortest else { return [] }
    var rough: [NearForm] = []
    func collect(_ target: [UInt32], limit: Int) {
      for (list, isName) in [(vocabulary.words, false), (vocabulary.nameWords, true)] {
        list.forEachForm(within: limit, of: target) { form, distance in
          let score = Self.commonness(list.counts[form]) - Self.roughBits * Double(distance)
          if rough.count >= 4 * Self.mostWeighed {
            rough.sort { $0.score > $1.score }
            rough.removeLast(rough.count - Self.mostWeighed)
          }
          rough.append(NearForm(list: list, form: form, distance: distance, isName: isName, score: score))
        }
      }
    }
    if let unified = LetterKinds.unified(typed) { collect(unified, limit: 0) }
    collect(typed, limit: typed.count >= Self.shortestForTwo ? 2 : 1)
    rough.sort { $0.score > $1.score }
    var found: [Candidate] = []
    for near in rough.prefix(Self.mostWeighed) {
      let meant = FormList.scalars(near.list.key(near.form))
      guard !meant.contains(where: { $0 >= 0x30 && $0 <= 0x39 }), meant.count > 1 else { continue }
      let spelt = near.list.spelling(near.form)
      guard spelt != spelling, !found.contains(where: { $0.spelling == spelt }) else { continue }
      let count = near.list.counts[near.form]
      let slip = max(cost.bits(typed: typed, meant: meant), Self.diacritics)
      found.append(
        Candidate(
          spelling: spelt, count: count, distance: near.distance, score: Self.commonness(count) + bits(ofName: near) - slip, slip: slip))
    }
    found.sort { ($0.score, $1.spelling.count) > ($1.score, $0.spelling.count) }
    return Array(found.prefix(limit))
  }

  /// A form near what was typed, before its letters are compared.
  private struct NearForm {
    let list: FormList
    let form: Int
    let distance: Int
    let isName: Bool
    let score: Double
  }

  /// Bits that a form gains or loses by being a name.
  private func bits(ofName near: NearForm) -> Double {
    guard near.isName else { return 0 }
    return vocabulary.words.find(near.list.key(near.form)) == nil ? Self.nameAlone : Self.nameInTexts
  }

  private static func commonness(_ count: UInt32) -> Double { log2(Double(max(count, 1)) - discount) }
}

// How much each part of a query says: a word that few passages have tells more about a passage than one that most have.
import Glibc

enum MarkRarity {
  /// The weight of each rule, above 0: the logarithm of passages over passages that have the word; of a phrase or a window, the sum of
  /// its parts.
  static func weights(of rules: [MarkRule], in view: DatabaseView) -> [Double] {
    weights(of: rules, passages: view.documentCount) { view.frequency($0) }
  }

  /// - Parameters:
  ///   - passages: of the whole index.
  ///   - frequency: how many of them have a term.
  static func weights(of rules: [MarkRule], passages: @autoclosure () -> Int, frequency: ([UInt8]) -> UInt32) -> [Double] {
    // Nothing to weigh against each other.
    guard rules.count > 1 else { return rules.map { _ in 1 } }
    let passages = Double(max(1, passages()))
    func weight(_ documents: UInt32) -> Double { log(1 + passages / Double(max(1, documents))) }
    /// Enough of a fuzzy word's forms to tell whether it is rare.
    func forms(_ list: Set<[UInt8]>, _ prefix: String) -> UInt32 {
      list.prefix(32).reduce(UInt32(0)) { $0 &+ frequency(Term.value(prefix, $1)) }
    }
    func weight(_ matcher: WordMatcher) -> Double {
      // What a wildcard stands for is not counted again: it is taken for a word of a tenth of the passages.
      if matcher.prefix != nil { return log(11) }
      let plain = matcher.terms.reduce(UInt32(0)) { $0 &+ frequency($1) }
      return weight(max(plain, forms(matcher.exacts, Schema.exactPrefix), forms(matcher.folds, Schema.foldedPrefix)))
    }
    func weight(_ rule: MarkRule) -> Double {
      switch rule {
      case .word(let matcher): weight(matcher)
      case .phrase(let matchers, _): matchers.reduce(0) { $0 + weight($1) }
      case .near(let operands, _, _): operands.reduce(0) { $0 + weight($1) }
      case .entity(let ids):
        weight(
          ids.reduce(UInt32(0)) { max($0, frequency(Term.entity(.actor, $1)), frequency(Term.entity(.place, $1))) })
      case .any(let rules): rules.map(weight).max() ?? 0
      }
    }
    return rules.map(weight)
  }
}

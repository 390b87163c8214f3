// How rare terms are in the whole index, looked up once a commit for all standing queries: by it a search chooses its snippets, and so do
// they.
import Xapian

final class TermRarity {
  private let whole: WholeIndex
  private var frequencies: [[UInt8]: UInt32] = [:]
  private var passages: Int?

  init(_ whole: WholeIndex) { self.whole = whole }

  /// Rules as a search over the whole index has them, with their weights: without terms that no passage has.
  func weighed(_ rules: [MarkRule]) throws(XapianError) -> (rules: [MarkRule], weights: [Double]) {
    // A rule alone is weighed against nothing.
    guard rules.count > 1 else { return (rules, rules.map { _ in 1 }) }
    var failure: XapianError?
    func frequency(_ term: [UInt8]) -> UInt32 {
      if let known = frequencies[term] { return known }
      do throws(XapianError) {
        let found = try whole.ask { $0.frequency(term) }
        frequencies[term] = found
        return found
      } catch {
        failure = error
        return 0
      }
    }
    let passages: Int
    if let known = self.passages { passages = known } else { passages = try whole.ask { $0.documentCount } }
    self.passages = passages
    var distinct: [MarkRule] = []
    for rule in rules {
      let rule = rule.keeping { frequency($0) > 0 }
      if !distinct.contains(rule) { distinct.append(rule) }
    }
    let weights = MarkRarity.weights(of: distinct, passages: passages) { frequency($0) }
    if let failure { throw failure }
    return (distinct, weights)
  }
}

extension MarkRule {
  /// The rule without the terms of a word that are not wanted; where none of them is, with all.
  fileprivate func keeping(_ isWanted: ([UInt8]) -> Bool) -> MarkRule {
    func keeping(_ matcher: WordMatcher) -> WordMatcher {
      let kept = matcher.terms.filter(isWanted)
      if kept.isEmpty || kept.count == matcher.terms.count { return matcher }
      var matcher = matcher
      matcher.terms = kept
      return matcher
    }
    switch self {
    case .word(let matcher): return .word(keeping(matcher))
    case .phrase(let matchers, let slop): return .phrase(matchers.map(keeping), slop: slop)
    case .near(let operands, let distance, let ordered):
      return .near(operands.map { $0.keeping(isWanted) }, distance: distance, ordered: ordered)
    case .entity: return self
    case .any(let rules): return .any(rules.map { $0.keeping(isWanted) })
    }
  }
}

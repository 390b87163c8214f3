// DPH, the weight that is asked for a second opinion on the first hits: divergence from the hypergeometric distribution, without
// parameters (Amati, "Frequentist and Bayesian approach to information retrieval", ECIR 2006). It asks how dense a word is in a text
// where IneB2 asks how rare it is in the index; where both agree they are mostly right.
import Glibc

/// What a word says by its density.
struct HypergeometricDivergence {
  /// Words of a text of mean length, over the word's occurrences in it by chance.
  private let meanOverExpected: Double

  /// - Parameters:
  ///   - documents: passages in the index.
  ///   - occurrences: of the word in all of them.
  ///   - mean: words of a passage.
  init(documents: Double, occurrences: Double, mean: Double) { meanOverExpected = mean * documents / max(occurrences, 1) }

  /// The weight of so many occurrences in a text of so many words; 0 where the word is no denser than in the index.
  func weight(_ count: Double, length: Double) -> Double {
    let density = count / length
    guard count > 0, density < 1 else { return 0 }
    let rest = 1 - density
    let information = count * log2(density * meanOverExpected) + 0.5 * log2(2 * .pi * count * rest)
    return max(0, rest * rest / (count + 1) * information)
  }
}

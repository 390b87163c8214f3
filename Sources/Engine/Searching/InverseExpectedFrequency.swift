// IneB2, the weight that orders the first hits: divergence from randomness with the inverse expected document frequency as the
// information of a word, Bernoulli's after-effect and normalisation 2 (Amati and van Rijsbergen, "Probabilistic models of information
// retrieval based on measuring the divergence from randomness", ACM TOIS 20(4), 2002).
import Glibc

/// What a word says by its frequencies in the whole index.
struct InverseExpectedFrequency {
  private let information: Double

  /// - Parameters:
  ///   - documents: passages in the index.
  ///   - documentFrequency: passages with the word.
  ///   - occurrences: of the word in all of them.
  init(documents: Double, documentFrequency: Double, occurrences: Double) {
    let all = max(documents, 1)
    let frequency = min(max(documentFrequency, 1), all)
    // Passages that would have the word if its occurrences were strewn at random.
    let expected = all * (1 - pow(1 - 1 / all, max(occurrences, 1)))
    information = (occurrences + 1) / frequency * log2((all + 1) / (expected + 0.5))
  }

  /// The weight of so many occurrences; they are taken as they would be in a text of mean length (see `lengthFactor`).
  func weight(_ count: Double, lengthFactor: Double) -> Double {
    let normal = count * lengthFactor
    return normal / (normal + 1) * information
  }

  /// Normalisation 2 with c = 1.
  static func lengthFactor(_ length: Double, mean: Double) -> Double { log2(1 + mean / max(length, 1)) }
}

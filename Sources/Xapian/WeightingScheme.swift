// How a match gets its weight.

import CXapian

/// A formula for the weight of a term in a document, with its parameters.
public enum WeightingScheme: Sendable, Hashable {
  /// No weights: every match weighs 0. The cheapest.
  case boolean
  case bm25(k1: Double = 1, k2: Double = 0, k3: Double = 1, b: Double = 0.5, minNormLength: Double = 0.5)
  /// Lv and Zhai, Lower-bounding term frequency normalization (CIKM 2011).
  case bm25Plus(k1: Double = 1, k2: Double = 0, k3: Double = 1, b: Double = 0.5, minNormLength: Double = 0.5, delta: Double = 1)
  /// Amati's divergence from randomness with inverse expected document frequency, Bernoulli after-effect and normalisation 2.
  case ineB2(c: Double = 1)
  case pl2Plus(c: Double = 1, delta: Double = 0.8)
  /// Xapian's "ntn": wdf times the logarithm of the inverse document frequency.
  case tfIdf

  var parameters: CXWeighting {
    var weighting = CXWeighting()
    switch self {
    case .boolean: weighting.scheme = Int32(CX_WEIGHT_BOOLEAN)
    case .bm25(let k1, let k2, let k3, let b, let minNormLength):
      weighting.scheme = Int32(CX_WEIGHT_BM25)
      weighting.parameters = (k1, k2, k3, b, minNormLength, 0)
    case .bm25Plus(let k1, let k2, let k3, let b, let minNormLength, let delta):
      weighting.scheme = Int32(CX_WEIGHT_BM25_PLUS)
      weighting.parameters = (k1, k2, k3, b, minNormLength, delta)
    case .ineB2(let c):
      weighting.scheme = Int32(CX_WEIGHT_INEB2)
      weighting.parameters.0 = c
    case .pl2Plus(let c, let delta):
      weighting.scheme = Int32(CX_WEIGHT_PL2_PLUS)
      weighting.parameters.0 = c
      weighting.parameters.1 = delta
    case .tfIdf: weighting.scheme = Int32(CX_WEIGHT_TFIDF)
    }
    return weighting
  }
}

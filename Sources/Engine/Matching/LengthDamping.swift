import Xapian

/// What BM25 makes of the length of each document: the part of its divisor that is the same for all terms.
final class LengthDamping: Sendable {
  let scheme: WeightingScheme
  /// By document.
  let values: [Float]

  /// - Returns: nil for a scheme that is not BM25.
  init?(_ scheme: WeightingScheme, _ lengths: [UInt32], average: Double) {
    guard case .bm25(let k1, _, _, let b, let leastLength) = scheme else { return nil }
    self.scheme = scheme
    let perLength = average == 0 || b == 0 || k1 == 0 ? 0 : Float(1 / average)
    let (least, share, base) = (Float(leastLength), Float(k1 * b), Float(k1 * (1 - b)))
    values = lengths.map { max(Float($0) * perLength, least) * share + base }
  }
}

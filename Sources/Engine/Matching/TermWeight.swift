// Xapian's BM25, said a second time, so that a match in memory weighs what Xapian says it weighs (`BM25Weight` of 1.4; the tests hold both
// together).
import Glibc
import Xapian

struct TermWeight {
  private let top: Double
  private let lengthShare: Double
  private let base: Double
  private let perLength: Double
  private let leastLength: Double

  /// - Parameters:
  ///   - frequency: documents that have the term; for a synonym, Xapian's estimate.
  ///   - occurrences: in the query.
  /// - Returns: nil for a scheme that is not BM25 without k2: that is left to Xapian.
  init?(_ scheme: WeightingScheme, frequency: Int, occurrences: UInt32, factor: Double, _ lengths: DocumentLengths) {
    guard case .bm25(let k1, let k2, let k3, let b, let minNormLength) = scheme, k2 == 0 else { return nil }
    var odds = (Double(lengths.count) - Double(frequency) + 0.5) / (Double(frequency) + 0.5)
    if odds < 2 { odds = odds * 0.5 + 1 }
    var weight = Glibc.log(odds) * factor
    if k3 != 0 { weight *= (k3 + 1) * Double(occurrences) / (k3 + Double(occurrences)) }
    top = weight * (k1 + 1)
    let average = lengths.average
    perLength = average == 0 || b == 0 || k1 == 0 ? 0 : 1 / average
    leastLength = minNormLength
    lengthShare = k1 * b
    base = k1 * (1 - b)
  }

  /// The greatest score that any document can get.
  var most: Double { top }

  @inline(__always)
  func score(wdf: Double, length: UInt32) -> Double {
    let normal = max(Double(length) * perLength, leastLength)
    return top * wdf / (lengthShare * normal + base + wdf)
  }
}

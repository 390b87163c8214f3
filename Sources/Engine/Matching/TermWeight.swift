// Xapian's BM25, said a second time, so that a match in memory weighs what Xapian says it weighs (`BM25Weight` of 1.4; the tests hold both
// together).
import Glibc
import Xapian

struct TermWeight {
  private let top: Float

  /// - Parameters:
  ///   - frequency: documents that have the term; for a synonym, Xapian's estimate.
  ///   - occurrences: in the query.
  /// - Returns: nil for a scheme that is not BM25 without k2: that is left to Xapian.
  init?(_ scheme: WeightingScheme, frequency: Int, occurrences: UInt32, factor: Double, _ lengths: DocumentLengths) {
    guard case .bm25(let k1, let k2, let k3, _, _) = scheme, k2 == 0 else { return nil }
    var odds = (Double(lengths.count) - Double(frequency) + 0.5) / (Double(frequency) + 0.5)
    if odds < 2 { odds = odds * 0.5 + 1 }
    var weight = Glibc.log(odds) * factor
    if k3 != 0 { weight *= (k3 + 1) * Double(occurrences) / (k3 + Double(occurrences)) }
    top = Float(weight * (k1 + 1))
  }

  /// No document weighs more.
  var most: Float { top }

  /// - Parameter damping: of the document (`LengthDamping`).
  @inline(__always)
  func score(wdf: Float, damping: Float) -> Float { top * wdf / (damping + wdf) }
}

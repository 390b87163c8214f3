// Whether two runs over the same queries differ by more than chance: Fisher's randomisation test on paired differences, two-sided, as
// Smucker, Allan and Carterette recommend (A comparison of statistical significance tests for information retrieval evaluation, 2007).
// If the runs were equally good, each query's difference could as well have the other sign. The test counts how often differences with
// signs thrown at random have a mean at least as far from 0 as the one seen.

/// Is the comparison of one measure between two runs.
package struct PairedTest: Sendable, Equatable {
  /// Mean of this run less that of the other, over the queries that both have.
  package var difference: Double
  /// How likely a difference as great as this is by chance.
  package var p: Double
  package var better: Int
  package var worse: Int
  package var same: Int

  /// Up to this many differences every assignment of signs is tried.
  private static let fewDifferences = 16
  private static let trials = 20_000
  /// Differences below this are those of rounding.
  private static let least = 1e-12

  /// - Parameter differences: by query, this run less the other. The signs thrown are the same in every run of the test.
  package init(differences: [Double]) {
    better = differences.count { $0 > Self.least }
    worse = differences.count { $0 < -Self.least }
    same = differences.count - better - worse
    difference = differences.isEmpty ? 0 : differences.reduce(0, +) / Double(differences.count)
    let signed = differences.filter { abs($0) > Self.least }
    let seen = abs(signed.reduce(0, +)) - Self.least
    if signed.isEmpty {
      p = 1
    } else if signed.count <= Self.fewDifferences {
      let all = 1 << signed.count
      let extreme = (0..<all).count { signs in
        abs(signed.enumerated().reduce(0) { $0 + (signs >> $1.offset & 1 == 0 ? $1.element : -$1.element) }) >= seen
      }
      p = Double(extreme) / Double(all)
    } else {
      var random = SignSource()
      let extreme = (0..<Self.trials).count { _ in
        var sum = 0.0
        for start in stride(from: 0, to: signed.count, by: 64) {
          var bits = random.next()
          for value in signed[start..<min(start + 64, signed.count)] {
            sum += bits & 1 == 0 ? value : -value
            bits >>= 1
          }
        }
        return abs(sum) >= seen
      }
      // The arrangement that was seen is one of those that chance makes.
      p = Double(extreme + 1) / Double(Self.trials + 1)
    }
  }
}

/// Throws signs: SplitMix64 (Steele, Lea and Flood 2014).
private struct SignSource {
  private var state: UInt64 = 0x4152_4153

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

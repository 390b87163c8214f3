// A linear support vector machine with squared hinge loss, trained in the dual one example at a time. Algorithm 1 of Hsieh, Chang, Lin,
// Keerthi and Sundararajan: "A dual coordinate descent method for large-scale linear SVM" (ICML 2008), for the L2 loss.

/// A vector of few values among many.
struct SparseVector: Sendable {
  var ids: [Int32] = []
  var values: [Float] = []

  func product(_ weights: [Double]) -> Double {
    var sum = 0.0
    for at in ids.indices { sum += weights[Int(ids[at])] * Double(values[at]) }
    return sum
  }
}

struct LinearMachine {
  private(set) var weights: [Double]
  private(set) var bias = 0.0

  func score(_ vector: SparseVector) -> Double { vector.product(weights) + bias }

  /// - Parameters:
  ///   - dimensions: ids of the vectors are below it.
  ///   - yesCost: what a mistake over an example of the class costs, against `noCost` for one of the rest.
  init(yes: [SparseVector], no: [SparseVector], dimensions: Int, yesCost: Double, noCost: Double, random: inout some RandomNumberGenerator)
  {
    weights = Array(repeating: 0, count: dimensions)
    let vectors = yes + no
    // The bias is the weight of a feature that is 1 in every example.
    let diagonals = vectors.indices.map { 1 / (2 * ($0 < yes.count ? yesCost : noCost)) }
    let squares = vectors.enumerated().map { number, vector in
      vector.values.reduce(1) { $0 + Double($1) * Double($1) } + diagonals[number]
    }
    var alphas = Array(repeating: 0.0, count: vectors.count)
    var order = Array(vectors.indices)
    for _ in 0..<Self.mostRounds {
      order.shuffle(using: &random)
      var worst = 0.0
      for number in order {
        let sign = number < yes.count ? 1.0 : -1.0
        let gradient = sign * score(vectors[number]) - 1 + diagonals[number] * alphas[number]
        let projected = alphas[number] == 0 ? min(gradient, 0) : gradient
        guard projected != 0 else { continue }
        worst = max(worst, abs(projected))
        let old = alphas[number]
        alphas[number] = max(old - gradient / squares[number], 0)
        let step = (alphas[number] - old) * sign
        let vector = vectors[number]
        for at in vector.ids.indices { weights[Int(vector.ids[at])] += step * Double(vector.values[at]) }
        bias += step
      }
      if worst < Self.tolerance { break }
    }
  }

  private static let mostRounds = 500
  private static let tolerance = 0.001
}

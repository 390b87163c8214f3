// Learns the trained layer of a topic from marked examples and a sample of the index.
//
// Weights come from the examples: their centroid when they are few, a linear machine when they are many. What is marked no stands
// against them; where less is marked no than eight times the yes, texts of the sample fill up, but for those that look like the topic
// themselves: nobody has read them. The threshold comes from the sample, too. In it the topic is as rare as it is in the index, which
// the marked examples do not tell: it is put where r² / q is greatest, r being the share of the examples found and q that of the
// sample (Lee and Liu: "Learning with positive and unlabeled examples using weighted logistic regression", ICML 2003), for which no
// text need be known not to have the topic. All of that is measured on examples that the weights were not learnt from.

import Glibc

package struct TopicTrainer {
  /// Why nothing can be learnt.
  package enum Refusal: Error, Sendable, Equatable {
    case tooFew(yes: Int)
    /// There is nothing to tell the topic from.
    case nothingElse(no: Int, sample: Int)
    /// No word tells the examples from the rest.
    case noDifference
  }

  /// What was learnt, with how well it does on examples that were held out.
  package struct Outcome: Sendable {
    package var method: TrainedTopic.Method
    package var weights: [TrainedTopic.Weight]
    /// Texts of the sample that were used as a no.
    package var sampled: Int
    /// Share of the examples marked yes that are found; of those marked no that are taken for one, nil without any.
    package var found: Double
    package var mistaken: Double?
    /// Share of the sample that gets the topic; nil without a sample.
    package var share: Double?
  }

  package static let fewest = 10
  package static let fewestForLinear = 50
  /// Texts that are no, for one that is yes; as many are taken of a sample. With half as many, the words that only seem to speak for the
  /// topic are not all met in another text.
  package static let balance = 8
  /// Below this nothing is learnt: there are too few texts to tell the topic from.
  private static let fewestOthers = 5
  private static let folds = 5
  /// How far a linear machine's threshold lies from its own boundary to the one measured on the sample.
  private static let trust = 0.75
  /// The same where the index is too small to be a sample.
  private static let littleTrust = 0.5
  private static let mostWeights = 2000
  /// What the others count against the mean of the examples (Rocchio's formula with its usual constants).
  private static let rocchio = 0.25
  private static let mostCentroidWeights = 400
  /// Brings the values of a usual text to a length of about one.
  private static let scale = 0.2

  private let vocabulary: TrainingVocabulary
  private let rarity: [Float]
  private var random = TrainingRandom(state: 0x5DEE_CE66)

  /// - Parameters:
  ///   - documents: passages of the index with a term.
  ///   - total: passages of the index.
  package init(vocabulary: TrainingVocabulary, total: Int, documents: (Int) -> Int) {
    self.vocabulary = vocabulary
    rarity = (0..<vocabulary.count).map { Float(log(Double(1 + total) / Double(1 + min(total, documents($0)))) + 1) }
  }

  package mutating func train(yes: [TrainingExample], no: [TrainingExample], sample: [TrainingExample]) throws(Refusal) -> Outcome {
    let yes = yes.filter { !$0.isEmpty }.map(vectors)
    guard yes.count >= Self.fewest else { throw .tooFew(yes: yes.count) }
    let no = no.filter { !$0.isEmpty }.map(vectors)
    let sample = sample.filter { !$0.isEmpty }.map(vectors).shuffled(using: &random)
    guard no.count + sample.count >= Self.fewestOthers else { throw .nothingElse(no: no.count, sample: sample.count) }
    let method: TrainedTopic.Method = yes.count >= Self.fewestForLinear ? .linear : .centroid
    var set = Divided(yes: yes, no: no)
    switch method {
    case .centroid: set.others = sample
    case .linear: divide(sample, into: &set)
    }
    return try learn(method, set)
  }

  // MARK: Vectors

  /// An example with the values of its features.
  struct Example {
    var whole: SparseVector
    var passages: [SparseVector]
    var isTagged: Bool

    /// That of the passage that speaks most for the topic, as an article gets a topic by one of its passages.
    func score(_ machine: Scale) -> Double { passages.lazy.map { machine.score($0) }.max() ?? machine.score(whole) }
  }

  private func vectors(_ example: TrainingExample) -> Example {
    Example(whole: vector(example.whole), passages: example.passages.map(vector), isTagged: example.isTagged)
  }

  private func vector(_ counts: TermCounts) -> SparseVector {
    let root = Float(max(1, counts.words)).squareRoot()
    return SparseVector(
      ids: counts.ids,
      values: zip(counts.ids, counts.counts).map { TrainedFeatures.damped(Int($1)) * rarity[Int($0)] * Float(Self.scale) / root })
  }

  // MARK: The texts to tell it from

  /// What is learnt from, and what is only compared with.
  struct Divided {
    var yes: [Example]
    var no: [Example]
    /// Of the sample, used as a no.
    var filling: [Example] = []
    /// The rest of the sample.
    var others: [Example] = []
  }

  /// Takes as many texts of the sample for a no as the marked ones fall short, leaving out what the centroid of the examples would take
  /// for the topic, and what its rules do.
  private mutating func divide(_ sample: [Example], into set: inout Divided) {
    let wanted = max(0, Self.balance * set.yes.count - set.no.count)
    guard wanted > 0, !sample.isEmpty else {
      set.others = sample
      return
    }
    var held: [Double] = []
    for fold in 0..<Self.folds {
      let machine = Scale(Self.centroid(part(set.yes, without: fold), sample, count: vocabulary.count), bias: 0)
      for number in stride(from: fold, to: set.yes.count, by: Self.folds) { held.append(set.yes[number].score(machine)) }
    }
    held.sort()
    let limit = held[held.count / 10]
    let machine = Scale(Self.centroid(set.yes, sample, count: vocabulary.count), bias: 0)
    for example in sample {
      if set.filling.count < wanted, !example.isTagged, example.score(machine) < limit {
        set.filling.append(example)
      } else {
        set.others.append(example)
      }
    }
  }

  private func part(_ examples: [Example], without fold: Int) -> [Example] {
    examples.indices.filter { $0 % Self.folds != fold }.map { examples[$0] }
  }

  // MARK: Weights

  /// Weights of features, and what is added to their sum.
  struct Scale {
    var weights: [Double]
    var bias: Double

    init(_ weights: [Double], bias: Double) {
      self.weights = weights
      self.bias = bias
    }

    func score(_ vector: SparseVector) -> Double { vector.product(weights) + bias }
  }

  private mutating func fit(_ method: TrainedTopic.Method, _ set: Divided) -> Scale {
    switch method {
    case .centroid: return Scale(Self.centroid(set.yes, set.no + set.others, count: vocabulary.count), bias: 0)
    case .linear:
      let no = set.no + set.filling
      let machine = LinearMachine(
        yes: set.yes.map(\.whole), no: no.map(\.whole), dimensions: vocabulary.count,
        yesCost: max(1, (Double(no.count) / Double(max(1, set.yes.count))).squareRoot()), noCost: 1, random: &random)
      return Scale(machine.weights, bias: machine.bias)
    }
  }

  private static func centroid(_ yes: [Example], _ others: [Example], count: Int) -> [Double] {
    var weights = Array(repeating: 0.0, count: count)
    for (examples, share) in [(yes, 1.0), (others, -rocchio)] {
      for example in examples {
        let vector = example.whole
        for at in vector.ids.indices { weights[Int(vector.ids[at])] += share * Double(vector.values[at]) / Double(examples.count) }
      }
    }
    let order = weights.indices.filter { weights[$0] > 0 }.sorted { weights[$0] > weights[$1] }
    var kept = Array(repeating: 0.0, count: count)
    for id in order.prefix(mostCentroidWeights) { kept[id] = weights[id] }
    return kept
  }

  // MARK: Threshold

  private mutating func learn(_ method: TrainedTopic.Method, _ set: Divided) throws(Refusal) -> Outcome {
    var yesScores: [Double] = []
    var noScores: [Double] = []
    var fillingScores: [Double] = []
    var otherScores = Array(repeating: 0.0, count: set.others.count)
    for fold in 0..<Self.folds {
      var learnt = set
      learnt.yes = part(set.yes, without: fold)
      learnt.no = part(set.no, without: fold)
      learnt.filling = part(set.filling, without: fold)
      let machine = fit(method, learnt)
      func held(_ examples: [Example]) -> [Double] {
        stride(from: fold, to: examples.count, by: Self.folds).map { examples[$0].score(machine) }
      }
      yesScores += held(set.yes)
      noScores += held(set.no)
      fillingScores += held(set.filling)
      for number in set.others.indices { otherScores[number] += set.others[number].score(machine) / Double(Self.folds) }
    }
    // A small index is no sample of anything; the marked examples stand in.
    let sampled = fillingScores + otherScores
    let isSample = sampled.count >= Self.fewestSample
    let background = isSample ? sampled : sampled + noScores
    var threshold = Self.threshold(yesScores, background)
    // The machine's own boundary is at 0. Between the two is better than either: the one knows the others, the other how rare the topic is.
    if method == .linear { threshold *= isSample ? Self.trust : Self.littleTrust }
    let machine = fit(method, set)
    // A text without any word of the topic must not have it, however the threshold came out.
    let usual = yesScores.reduce(0, +) / Double(yesScores.count) - machine.bias
    let needed = max(threshold - machine.bias, 0.1 * usual)
    guard needed > 0, needed.isFinite else { throw .noDifference }
    let weights = self.weights(machine, needed)
    guard weights.contains(where: { $0.weight > 0 }) else { throw .noDifference }
    let limit = needed + machine.bias
    func share(_ scores: [Double]) -> Double? {
      scores.isEmpty ? nil : Double(scores.count { $0 >= limit }) / Double(scores.count)
    }
    return Outcome(
      method: method, weights: weights, sampled: set.filling.count + (method == .centroid ? set.others.count : 0),
      found: share(yesScores) ?? 0, mistaken: share(noScores), share: share(sampled))
  }

  private static let fewestSample = 100
  private static let steps = 60

  /// The threshold with the greatest r² / q. The examples are few and r is read off a normal curve through their scores.
  static func threshold(_ examples: [Double], _ background: [Double]) -> Double {
    let mean = examples.reduce(0, +) / Double(examples.count)
    let variance = examples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(examples.count)
    let deviation = max(variance.squareRoot(), 1e-6)
    let low = min(examples.min() ?? 0, 0)
    let high = examples.max() ?? 0
    let sorted = background.sorted()
    var best = (value: -1.0, threshold: low)
    var below = 0
    for step in 0..<steps {
      let threshold = low + (high - low) * Double(step) / Double(steps - 1)
      while below < sorted.count, sorted[below] < threshold { below += 1 }
      let found = 0.5 * erfc((threshold - mean) / deviation / 2.0.squareRoot())
      let taken = Double(sorted.count - below + 2) / Double(sorted.count + 2)
      let value = found * found / taken
      if value > best.value { best = (value, threshold) }
    }
    return best.threshold
  }

  /// The weights that matter, in units of the threshold.
  private func weights(_ machine: Scale, _ needed: Double) -> [TrainedTopic.Weight] {
    let scaled = machine.weights.indices.map { machine.weights[$0] * Double(rarity[$0]) * Self.scale / needed }
    let least = 0.002 * (scaled.lazy.map { abs($0) }.max() ?? 0)
    let kept = scaled.indices.filter { abs(scaled[$0]) > max(least, 0.0001) }.sorted {
      abs(scaled[$0]) == abs(scaled[$1]) ? $0 < $1 : abs(scaled[$0]) > abs(scaled[$1])
    }
    return kept.prefix(Self.mostWeights).sorted { scaled[$0] == scaled[$1] ? $0 < $1 : scaled[$0] > scaled[$1] }
      .map { TrainedTopic.Weight(term: vocabulary.term($0), weight: Float(scaled[$0])) }
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same examples and the same index give the same weights.
package struct TrainingRandom: RandomNumberGenerator {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// Learning a topic: the machine, the threshold, and what comes of examples whose truth is known.
@Suite struct TopicTrainerTests {
  /// Objective of the primal: |w|² / 2 + the cost of each squared loss; the bias is one of the weights.
  static func objective(_ weights: [Double], _ bias: Double, _ yes: [SparseVector], _ no: [SparseVector], _ cost: Double) -> Double {
    var sum = weights.reduce(bias * bias / 2) { $0 + $1 * $1 / 2 }
    for (vectors, sign, cost) in [(yes, 1.0, cost), (no, -1.0, 1.0)] {
      for vector in vectors {
        let loss = max(0, 1 - sign * (vector.product(weights) + bias))
        sum += cost * loss * loss
      }
    }
    return sum
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `no step in any direction betters the machine`(_ seed: UInt64) {
    var random = TrainingRandom(state: seed)
    let dimensions = 12
    func vectors(_ count: Int, _ lean: Float) -> [SparseVector] {
      (0..<count).map { _ in
        let ids = (0..<Int32(dimensions)).filter { _ in Bool.random(using: &random) }
        return SparseVector(ids: ids, values: ids.map { Float.random(in: -1...1, using: &random) + ($0 < 4 ? lean : 0) })
      }
    }
    let (yes, no) = (vectors(30, 0.6), vectors(70, -0.2))
    let machine = LinearMachine(yes: yes, no: no, dimensions: dimensions, yesCost: 1.5, noCost: 1, random: &random)
    let best = Self.objective(machine.weights, machine.bias, yes, no, 1.5)
    for _ in 0..<300 {
      let size = pow(10, Double.random(in: -3...0, using: &random))
      let moved = machine.weights.map { $0 + Double.random(in: -size...size, using: &random) }
      let bias = machine.bias + Double.random(in: -size...size, using: &random)
      #expect(Self.objective(moved, bias, yes, no, 1.5) > best - 1e-4)
    }
  }

  @Test func `the threshold lies between what is apart, and higher where the topic is rare`() {
    let yes = [2.0, 2.2, 2.4, 1.9, 2.1]
    let apart = TopicTrainer.threshold(yes, Array(repeating: 0, count: 500))
    #expect(apart > 0 && apart < 2)
    let some = (0..<500).map { Double($0 % 100) / 50 }
    #expect(TopicTrainer.threshold(yes, some) > apart)
  }

  // MARK: Examples

  static let subjects: [[String]] = [
    ["tariff", "quota", "export", "import", "surplus", "deficit", "dumping", "steel", "customs", "trade", "duty", "protection"],
    ["trout", "salmon", "fleet", "net", "harbour", "catch", "trawler", "cod", "boat", "angler", "bait", "fishery"],
    ["violin", "opera", "concert", "tenor", "orchestra", "score", "stage", "choir", "soloist", "ballet", "cello", "aria"],
  ]
  static let filler = [
    "said", "week", "official", "report", "year", "month", "country", "people", "house", "street", "friday", "group", "plan", "sources",
  ]

  static func text(_ subject: Int, _ random: inout TrainingRandom, share: Double = 0.25) -> String {
    (0..<Int.random(in: 20...60, using: &random)).map { _ in
      (Double.random(in: 0..<1, using: &random) < share ? subjects[subject] : filler).randomElement(using: &random) ?? ""
    }.joined(separator: " ")
  }

  struct Bench {
    var vocabulary = TrainingVocabulary()
    let analyzer = Analyzer()

    mutating func examples(_ texts: [String], isTagged: Bool = false) -> [TrainingExample] {
      texts.map { vocabulary.example(title: nil, passages: [Shared.passage($0, analyzer: analyzer)], isTagged: isTagged) }
    }

    func train(_ yes: [TrainingExample], _ no: [TrainingExample], _ sample: [TrainingExample]) throws -> TopicTrainer.Outcome {
      let all = yes + no + sample
      var documents = Array(repeating: 0, count: vocabulary.count)
      for example in all { for id in example.whole.ids { documents[Int(id)] += 1 } }
      var trainer = TopicTrainer(vocabulary: vocabulary, total: all.count) { documents[$0] }
      return try trainer.train(yes: yes, no: no, sample: sample)
    }
  }

  /// F1 on texts that were not learnt from, a tenth of which are on the topic.
  static func quality(_ outcome: TopicTrainer.Outcome, _ random: inout TrainingRandom) throws -> Double {
    let layer = TrainedTopic(
      id: "t", label: "T", method: outcome.method, day: "2026-11-21", yes: 1, no: 1, sampled: 1, weights: outcome.weights)
    let registry = try TrainedTopicTests.registry(nil, layers: [layer])
    var (right, wrong, missed) = (0, 0, 0)
    for number in 0..<400 {
      let isYes = number % 10 == 0
      let found = !TrainedTopicTests.matches(registry, text(isYes ? 0 : 1 + number % 2, &random)).isEmpty
      if found, isYes { right += 1 } else if found { wrong += 1 } else if isYes { missed += 1 }
    }
    return 2 * Double(right) / Double(2 * right + wrong + missed)
  }

  @Test(arguments: [(10, 0, TrainedTopic.Method.centroid), (10, 10, .centroid), (50, 0, .linear), (50, 100, .linear)])
  func `a topic is learnt from examples, marked no or not`(_ count: Int, _ marked: Int, _ method: TrainedTopic.Method) throws {
    var random = TrainingRandom(state: UInt64(count + marked))
    var bench = Bench()
    let yes = bench.examples((0..<count).map { _ in Self.text(0, &random) })
    let no = bench.examples((0..<marked).map { Self.text(1 + $0 % 2, &random) })
    // One in twenty of the index is on the topic, and nobody said so.
    let sample = bench.examples((0..<600).map { Self.text($0 % 20 == 0 ? 0 : 1 + $0 % 2, &random) })
    let outcome = try bench.train(yes, no, sample)
    #expect(outcome.method == method && outcome.weights.count <= 2000)
    #expect(outcome.found >= 0.8 && (outcome.mistaken ?? 0) < 0.1 && (outcome.mistaken == nil) == (marked == 0))
    #expect((outcome.share ?? 0) > 0.02 && (outcome.share ?? 1) < 0.1)
    let first = String(decoding: outcome.weights.first?.term ?? [], as: UTF8.self)
    #expect(Self.subjects[0].contains { $0.hasPrefix(first.prefix(4)) }, "\(first)")
    #expect(try Self.quality(outcome, &random) > 0.9)
    #expect(try bench.train(yes, no, sample).weights == outcome.weights, "the same examples give the same weights")
  }

  @Test func `without an index what is marked no has to do`() throws {
    var random = TrainingRandom(state: 3)
    var bench = Bench()
    let yes = bench.examples((0..<60).map { _ in Self.text(0, &random) })
    let no = bench.examples((0..<30).map { Self.text(1 + $0 % 2, &random) })
    let outcome = try bench.train(yes, no, [])
    #expect(outcome.share == nil && outcome.sampled == 0)
    #expect(try Self.quality(outcome, &random) > 0.9)
  }

  @Test func `what has the topic already is no example of anything else`() throws {
    var random = TrainingRandom(state: 4)
    var bench = Bench()
    let yes = bench.examples((0..<50).map { _ in Self.text(0, &random) })
    let tagged = bench.examples((0..<150).map { _ in Self.text(2, &random) }, isTagged: true)
    let other = bench.examples((0..<150).map { _ in Self.text(1, &random) })
    let outcome = try bench.train(yes, [], tagged + other)
    #expect(outcome.sampled == 150)
    #expect(!outcome.weights.contains { $0.weight < 0 && $0.term.elementsEqual("violin".utf8) })
  }

  @Test func `too little is refused`() throws {
    var random = TrainingRandom(state: 5)
    var bench = Bench()
    let nine = bench.examples((0..<9).map { _ in Self.text(0, &random) })
    let ten = bench.examples((0..<10).map { _ in Self.text(0, &random) })
    let empty = bench.examples(["", "2021", "…"])
    let no = bench.examples((0..<20).map { _ in Self.text(1, &random) })
    #expect(throws: TopicTrainer.Refusal.tooFew(yes: 9)) { try bench.train(nine + empty, no, []) }
    #expect(throws: TopicTrainer.Refusal.nothingElse(no: 4, sample: 0)) { try bench.train(ten, Array(no.prefix(4)) + empty, empty) }
    #expect(try bench.train(ten, Array(no.prefix(5)), []).method == .centroid)
  }

  @Test func `an article is counted whole, and by passage as it is tagged`() {
    var vocabulary = TrainingVocabulary()
    let analyzer = Analyzer()
    let heading = "Fish"
    let example = vocabulary.example(
      title: analyzer.analyze("Trout", language: .english),
      passages: [
        Shared.passage("Trout swim 1999", heading: heading, analyzer: analyzer),
        Shared.passage("Cod", heading: heading, analyzer: analyzer),
      ])
    func counts(_ counts: TermCounts) -> [String: Int32] {
      Dictionary(
        zip(counts.ids, counts.counts).map { (String(decoding: vocabulary.term(Int($0)), as: UTF8.self), $1) }, uniquingKeysWith: { $1 })
    }
    #expect(counts(example.whole) == ["trout": 3, "swim": 1, "fish": 1, "cod": 1] && example.whole.words == 6)
    #expect(example.passages.map(counts) == [["trout": 3, "swim": 1, "fish": 1], ["cod": 1, "fish": 1, "trout": 2]])
    #expect(example.passages.map(\.words) == [5, 4])
  }
}

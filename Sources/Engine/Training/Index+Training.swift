// Learns a topic from marked examples. What costs time runs on a queue of its own: searches have the readers, and files the writer.
import ArasAPI
import Articles
import Dispatch
import Tagging
import TextAnalysis

/// What training made: the layer to store, and what to tell of it.
package struct Training: Sendable {
  package var topic: TrainedTopic
  /// Of the analysis that the weights are of.
  package var signature: String
  package var label: String
  package var isNew: Bool
  package var outcome: TopicTrainer.Outcome
}

extension Index {
  /// Texts of the index that a threshold is measured on, beside those taken for a no.
  private static let sampleSize = 1500
  /// Texts of the index that are read at most.
  private static let mostSampled = 6000
  private static let trainingQueue = DispatchQueue(label: "aras.training", qos: .utility)

  /// Learns the trained layer of a topic. It is not stored, and tags nothing yet.
  package func train(_ request: TrainRequest) async throws -> Training {
    let registry = self.registry
    let (id, entry) = try known(request.topic, registry)
    if let parent = request.parent, registry.topic(parent) == nil {
      throw APIError.invalidParams(
        "there is no topic \"\(parent)\" to be the parent; aras topics lists them", parameter: "parent",
        nearest: NearestName.of(parent, among: registry.topics.map(\.id)))
    }
    let texts = TrainingTexts(index: self, topic: id)
    var byID: (yes: [String], no: [String]) = ([], [])
    var given: (yes: [MarkedExample.Source], no: [MarkedExample.Source]) = ([], [])
    for example in request.examples {
      switch (example.source, example.isYes) {
      case (.id(let id), true): byID.yes.append(id)
      case (.id(let id), false): byID.no.append(id)
      case (.text, true): given.yes.append(example.source)
      case (.text, false): given.no.append(example.source)
      }
    }
    try Self.check(byID.yes, byID.no, yes: byID.yes.count + given.yes.count)
    let yes = try await texts.texts(ofIDs: byID.yes)
    let no = try await texts.texts(ofIDs: byID.no)
    let marked = byID.yes + byID.no
    let count = byID.yes.count + given.yes.count
    let filling = count >= TopicTrainer.fewestForLinear ? max(0, TopicTrainer.balance * count - byID.no.count - given.no.count) : 0
    let sample = try await texts.sample(
      min(Self.sampleSize + filling, Self.mostSampled), passages: byID.yes.count { $0.contains("#") } * 2 > count,
      excluding: Set(marked.map { String($0.prefix { $0 != "#" }) }))
    let options = analysisOptions
    let (givenYes, givenNo) = given
    let examples = await Self.onTrainingQueue {
      let analyzer = Analyzer(options: options)
      func read(_ sources: [MarkedExample.Source]) -> [TrainingText] {
        sources.compactMap { source in
          guard case .text(let text, let title, let language) = source else { return nil }
          return TrainingTexts.text(text, title: title, language: language, analyzer: analyzer)
        }
      }
      return Counted(yes: yes + read(givenYes), no: no + read(givenNo), sample: sample)
    }
    let (documents, total) = try await texts.frequencies(of: examples.terms)
    let (outcome, signature) = try await Self.onTrainingQueue {
      var trainer = TopicTrainer(vocabulary: examples.vocabulary, total: total) { documents[$0] }
      let outcome: TopicTrainer.Outcome
      do throws(TopicTrainer.Refusal) {
        outcome = try trainer.train(yes: examples.yes, no: examples.no, sample: examples.sample)
      } catch {
        throw Self.refused(error)
      }
      return (outcome, TrainedFeatures.signature(Analyzer(options: options)))
    }
    // A topic that only a trained layer makes carries its name with it.
    let earlier = registry.topicIndex(id).flatMap { registry.trainedLayer(ofTopic: $0) }
    let isOwn = entry == nil || earlier?.label != nil
    let label = request.label ?? entry?.label ?? Self.label(id)
    return Training(
      topic: TrainedTopic(
        id: id, label: isOwn ? label : nil, parent: isOwn ? request.parent ?? earlier?.parent : nil, method: outcome.method,
        day: Self.today, yes: examples.yes.count, no: examples.no.count, sampled: outcome.sampled,
        weights: outcome.weights),
      signature: signature, label: isOwn ? label : entry?.label ?? label, isNew: entry == nil, outcome: outcome)
  }

  /// The id of a topic, which need not be there yet.
  private func known(_ written: String, _ registry: Registry) throws(APIError) -> (id: String, entry: TopicEntry?) {
    if let index = registry.topicIndex(written) { return (registry.topics[index].id, registry.topics[index]) }
    guard TrainedTopic.isID(written) else {
      throw .invalidParams(
        "\"\(written)\" is no id of a topic; expected lower-case letters, digits and hyphens, such as gas-trade", parameter: "topic")
    }
    return (written, nil)
  }

  /// Fewer examples than training needs, and texts marked both ways, are told before anything is read.
  private static func check(_ yes: [String], _ no: [String], yes count: Int) throws(APIError) {
    if let both = Set(yes).intersection(no).sorted().first {
      throw .invalidParams("\"\(both)\" is marked yes and no; keep one of the two", parameter: "examples")
    }
    guard count >= TopicTrainer.fewest else { throw refused(.tooFew(yes: count)) }
  }

  private static func refused(_ refusal: TopicTrainer.Refusal) -> APIError {
    switch refusal {
    case .tooFew(let yes):
      .invalidParams(
        "\(yes) \(yes == 1 ? "example is" : "examples are") marked yes, and training needs \(TopicTrainer.fewest) with words in them; mark more, or write rules in a "
          + "file of topics", parameter: "examples")
    case .nothingElse(let no, let sample):
      .invalidParams(
        "there is nothing to tell the topic from: \(no) examples are marked no, and the index has \(sample) other texts; mark at least "
          + "five texts no", parameter: "examples")
    case .noDifference:
      .invalidParams(
        "no word tells the examples marked yes from the others; look whether the labels are right", parameter: "examples")
    }
  }

  private static var today: String {
    let (year, month, day) = CalendarDay.date(Clock.today)
    return ArticleDate(year: year, month: month, day: day)?.isoString ?? ""
  }

  /// `gas-trade` as it may be shown: Gas trade.
  private static func label(_ id: String) -> String {
    let words = id.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func onTrainingQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      trainingQueue.async { continuation.resume(with: Result { try body() }) }
    }
  }

  private static func onTrainingQueue<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      trainingQueue.async { continuation.resume(returning: body()) }
    }
  }
}

/// The texts of a training with their terms counted.
private struct Counted: Sendable {
  var vocabulary = TrainingVocabulary()
  var yes: [TrainingExample] = []
  var no: [TrainingExample] = []
  var sample: [TrainingExample] = []

  init(yes: [TrainingText], no: [TrainingText], sample: [TrainingText]) {
    func count(_ texts: [TrainingText], _ vocabulary: inout TrainingVocabulary) -> [TrainingExample] {
      texts.map { vocabulary.example(title: $0.title, passages: $0.passages, isTagged: $0.isTagged) }
    }
    self.yes = count(yes, &vocabulary)
    self.no = count(no, &vocabulary)
    self.sample = count(sample, &vocabulary)
  }

  var terms: [[UInt8]] { (0..<vocabulary.count).map { vocabulary.term($0) } }
}

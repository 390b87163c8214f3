// All that is known of one topic: its rules, and the layer that was trained beside them.
import ArasAPI
import Tagging

extension Lookup {
  func topic(_ request: TopicRequest) throws -> TopicResult {
    let registry = snapshot.registry
    guard let id = registry.resolveTopic(request.topic).first, let index = registry.topicIndex(id) else {
      let nearest = NearestName.of(request.topic, among: registry.topics.map(\.id))
      throw APIError.notFound(
        "there is no topic \"\(request.topic)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "") + " aras topics lists them")
    }
    let entry = registry.topics[index]
    guard let info = try topics(ListRequest(query: id, limit: 1_000_000)).topics.first(where: { $0.id == id }) else {
      throw APIError.notFound("there is no topic \"\(id)\"")
    }
    return TopicResult(
      topic: info, threshold: Double(entry.threshold),
      rules: entry.rules.map { TopicRuleInfo(rule: $0.query, weight: Double($0.weight), lang: $0.language) }, exclude: entry.exclude,
      children: registry.topics.filter { $0.parent == id }.map(\.id),
      layer: registry.trainedLayer(ofTopic: index).map { TrainedLayerInfo($0) })
  }
}

extension TrainedLayerInfo {
  /// Words that are named on either side.
  private static let named = 20

  package init(_ layer: TrainedTopic) {
    func named(_ weights: some Sequence<TrainedTopic.Weight>) -> [WeightedWord] {
      weights.map { WeightedWord(word: String(decoding: $0.term, as: UTF8.self), weight: Double($0.weight)) }
    }
    let ordered = layer.weights.sorted { $0.weight > $1.weight }
    self.init(
      method: layer.method.rawValue, trained: layer.day, yes: layer.yes, no: layer.no, sampled: layer.sampled,
      threshold: Double(layer.threshold), weights: layer.weights.count, top: named(ordered.prefix(Self.named).filter { $0.weight > 0 }),
      against: named(ordered.suffix(Self.named).filter { $0.weight < 0 }.reversed()))
  }
}

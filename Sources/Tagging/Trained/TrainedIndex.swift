// The trained layers of all topics as one table: a term leads to the topics that give it a weight. So a passage is scored for all of
// them in one pass over its words, and a word that no topic knows costs one look.

struct TrainedIndex: Sendable {
  /// Of each slot: the index of its topic, what a passage needs, and whether its topic has phrases that exclude.
  private(set) var topics: [Int32] = []
  private(set) var thresholds: [Float] = []
  private(set) var terms = FormTable()
  /// Where the weights of a term begin; one more than there are terms.
  private(set) var starts: [Int32] = [0]
  private(set) var slots: [Int32] = []
  private(set) var weights: [Float] = []

  var isEmpty: Bool { topics.isEmpty }

  /// - Parameter layers: with the index of the topic that each belongs to.
  init(_ layers: [(topic: Int, layer: TrainedTopic)] = []) {
    var rows: [[(slot: Int32, weight: Float)]] = []
    for (topic, layer) in layers {
      let slot = Int32(topics.count)
      topics.append(Int32(topic))
      thresholds.append(layer.threshold)
      for weight in layer.weights where weight.weight != 0 {
        let term = Int(terms.insert(weight.term))
        if term == rows.count { rows.append([]) }
        rows[term].append((slot, weight.weight))
      }
    }
    for row in rows {
      for (slot, weight) in row {
        slots.append(slot)
        weights.append(weight)
      }
      starts.append(Int32(slots.count))
    }
  }

  func slot(ofTopic topic: Int32) -> Int? { topics.firstIndex(of: topic) }

  /// What a slot gives a term; 0 for nothing.
  func weight(of term: Int32, in slot: Int) -> Float {
    for at in Int(starts[Int(term)])..<Int(starts[Int(term) + 1]) where slots[at] == Int32(slot) { return weights[at] }
    return 0
  }
}

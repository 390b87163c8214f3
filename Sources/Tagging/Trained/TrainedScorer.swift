// Adds up the trained weights of a passage's words for all topics at once, and says afterwards which words decided.

import TextAnalysis

/// The words that a passage is scored by.
struct TrainedContext {
  /// Ranges of the word table: of the passage, of its heading and of the article's title.
  var passage: Range<Int>
  var heading: Range<Int>
  var title: Range<Int>
}

/// What the trained layer of a topic says of a passage.
struct TrainedScore {
  var slot: Int
  var topic: Int32
  /// In units of the threshold: 1 or more has the topic.
  var score: Float
}

/// What one term of a passage adds to the score of a topic.
struct TrainedContribution {
  var term: Int32
  /// In units of the threshold.
  var share: Float
  /// The word of the table where it stands first: in the passage, else in its heading, else in the title.
  var word: Int
}

struct TrainedScorer {
  /// By term; zero between passages.
  private var counts: [Int32] = []
  /// By term that was touched: the word where it stands first.
  private var firsts: [Int32] = []
  private var touched: [Int32] = []
  private var sums: [Float] = []
  private(set) var results: [TrainedScore] = []

  /// Scores a passage; `results` are the topics that reach their threshold.
  mutating func score(_ context: TrainedContext, _ table: borrowing WordTable, _ index: TrainedIndex) {
    results.removeAll(keepingCapacity: true)
    let words = count(context, table, index)
    guard words > 0, !touched.isEmpty else { return clear() }
    for slot in sums.indices { sums[slot] = 0 }
    sums.withUnsafeMutableBufferPointer { sums in
      index.starts.withUnsafeBufferPointer { starts in
        index.slots.withUnsafeBufferPointer { slots in
          index.weights.withUnsafeBufferPointer { weights in
            for term in touched {
              let damped = TrainedFeatures.damped(Int(counts[Int(term)]))
              for at in Int(starts[Int(term)])..<Int(starts[Int(term) + 1]) { sums[Int(slots[at])] += damped * weights[at] }
            }
          }
        }
      }
    }
    let root = Float(words).squareRoot()
    for slot in sums.indices where sums[slot] >= index.thresholds[slot] * root {
      results.append(TrainedScore(slot: slot, topic: index.topics[slot], score: sums[slot] / (root * index.thresholds[slot])))
    }
    clear()
  }

  /// What each term adds to one topic, the most first, without the words that `excludes` says.
  mutating func contributions(
    to slot: Int, _ context: TrainedContext, _ table: borrowing WordTable, _ index: TrainedIndex, excludes: (Int) -> Bool = { _ in false }
  ) -> [TrainedContribution] {
    let words = count(context, table, index, excludes: excludes)
    defer { clear() }
    guard words > 0 else { return [] }
    let scale = 1 / (Float(words).squareRoot() * index.thresholds[slot])
    var found: [TrainedContribution] = []
    for term in touched {
      let weight = index.weight(of: term, in: slot)
      guard weight != 0 else { continue }
      let share = weight * TrainedFeatures.damped(Int(counts[Int(term)])) * scale
      found.append(TrainedContribution(term: term, share: share, word: Int(firsts[Int(term)])))
    }
    return found.sorted { $0.share == $1.share ? $0.word < $1.word : $0.share > $1.share }
  }

  /// Counts the terms of a passage and tells how many words it has; those that are excluded count as words, but for no topic.
  private mutating func count(
    _ context: TrainedContext, _ table: borrowing WordTable, _ index: TrainedIndex, excludes: (Int) -> Bool = { _ in false }
  ) -> Int {
    if counts.count != index.terms.count {
      counts = Array(repeating: 0, count: index.terms.count)
      firsts = counts
    }
    if sums.count != index.topics.count { sums = Array(repeating: 0, count: index.topics.count) }
    var words = 0
    for (range, times) in [(context.passage, 1), (context.heading, 1), (context.title, TrainedFeatures.titleCount)] {
      for word in range {
        let term = table.terms[word]
        if term == WordTable.noFeature { continue }
        words += times
        guard term >= 0, !excludes(word) else { continue }
        if counts[Int(term)] == 0 {
          touched.append(term)
          firsts[Int(term)] = Int32(word)
        }
        counts[Int(term)] += Int32(times)
      }
    }
    return words
  }

  private mutating func clear() {
    for term in touched { counts[Int(term)] = 0 }
    touched.removeAll(keepingCapacity: true)
  }
}

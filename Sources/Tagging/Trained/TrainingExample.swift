// Texts as the trainer sees them: how often each term stands in a passage, and in the whole of an example.

import TextAnalysis

/// How often terms stand in a stretch of text.
struct TermCounts: Sendable {
  var ids: [Int32] = []
  var counts: [Int32] = []
  /// Without those that are no features.
  var words = 0
}

/// A marked text, or one of the index to compare with: an article, or one passage of it.
package struct TrainingExample: Sendable {
  /// All of it; the title twice, headings once.
  var whole: TermCounts
  /// Its passages, each as tagging scores it: with its heading, and the title twice.
  var passages: [TermCounts]
  /// Whether it has the topic by its rules already, which makes it a bad example of anything else.
  var isTagged: Bool

  /// Whether it has no word to learn from.
  package var isEmpty: Bool { whole.ids.isEmpty }
}

/// Numbers the terms of all examples.
package struct TrainingVocabulary {
  private var terms = FormTable()
  /// By term, within the example at hand; zero between examples.
  private var counts: [Int32] = []
  private var touched: [Int32] = []

  package init() {}

  package var count: Int { terms.count }

  package func term(_ id: Int) -> [UInt8] { Array(terms.form(Int32(id))) }

  /// Counts a text's terms.
  /// - Parameter passages: of an article, or the one that was marked.
  package mutating func example(title: WordStream?, passages: [TaggingPassage], isTagged: Bool = false) -> TrainingExample {
    var parts: [TermCounts] = []
    for passage in passages {
      var words = add(passage.words, times: 1)
      if let heading = passage.heading { words += add(heading, times: 1) }
      if let title { words += add(title, times: TrainedFeatures.titleCount) }
      parts.append(taken(words: words))
    }
    var words = 0
    for (number, passage) in passages.enumerated() {
      words += add(passage.words, times: 1)
      // A heading stands over all its passages and is one text.
      if let heading = passage.heading, number == 0 || !Self.isSame(heading, passages[number - 1].heading) {
        words += add(heading, times: 1)
      }
    }
    if let title { words += add(title, times: TrainedFeatures.titleCount) }
    let whole = taken(words: words)
    return TrainingExample(whole: whole, passages: parts.isEmpty ? [whole] : parts, isTagged: isTagged)
  }

  private static func isSame(_ a: WordStream, _ b: WordStream?) -> Bool {
    guard let b, a.count == b.count else { return false }
    return (0..<a.count).allSatisfy { a.exact($0).elementsEqual(b.exact($0)) }
  }

  private mutating func add(_ stream: WordStream, times: Int) -> Int {
    var words = 0
    for word in 0..<stream.count where TrainedFeatures.takes(stream.words[word]) {
      words += times
      let id = terms.insert(stream.term(word))
      if Int(id) == counts.count { counts.append(0) }
      if counts[Int(id)] == 0 { touched.append(id) }
      counts[Int(id)] += Int32(times)
    }
    return words
  }

  private mutating func taken(words: Int) -> TermCounts {
    defer {
      for id in touched { counts[Int(id)] = 0 }
      touched.removeAll(keepingCapacity: true)
    }
    return TermCounts(ids: touched, counts: touched.map { counts[Int($0)] }, words: words)
  }
}

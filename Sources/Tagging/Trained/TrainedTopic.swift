// The trained layer of a topic: weights of words, learnt from passages that somebody marked. It stands beside the topic's rules; a
// passage has the topic when its rules or its trained layer say so.

import Glibc
import TextAnalysis

/// What a file of a trained topic says.
package struct TrainedTopic: Sendable, Hashable {
  /// How the weights were found.
  package enum Method: String, Sendable, CaseIterable {
    /// The mean of the examples, less a part of the mean of the others: from ten examples on.
    case centroid
    /// A linear support vector machine: from fifty examples on.
    case linear
  }

  package struct Weight: Sendable, Hashable {
    /// An index term, such as `tariff` or `ru:санкц`.
    package var term: [UInt8]
    /// What the term adds, times (1 + ln n) / √words, where it stands n times.
    package var weight: Float

    package init(term: [UInt8], weight: Float) {
      self.term = term
      self.weight = weight
    }
  }

  /// Of the topic.
  package var id: String
  /// Make a topic of it where topics.yaml has none with the id; nil where it has.
  package var label: String?
  package var parent: String?
  package var method: Method
  /// What the weights of a passage's words must add up to.
  package var threshold: Float = 1
  /// The day of the training, `2026-11-21`.
  package var day: String
  /// Examples marked yes and no, and others taken from the index as a no.
  package var yes: Int
  package var no: Int
  package var sampled: Int
  /// By weight, the greatest first.
  package var weights: [Weight]

  package init(
    id: String, label: String? = nil, parent: String? = nil, method: Method, threshold: Float = 1, day: String, yes: Int, no: Int,
    sampled: Int, weights: [Weight]
  ) {
    self.id = id
    self.label = label
    self.parent = parent
    self.method = method
    self.threshold = threshold
    self.day = day
    self.yes = yes
    self.no = no
    self.sampled = sampled
    self.weights = weights
  }

  /// Tells whether a text can be the id of a topic.
  package static func isID(_ text: String) -> Bool { RegistryReader.isSlug(text) }
}

/// How words become features. Training and tagging read the same text as the same features only while this stays the same.
package enum TrainedFeatures {
  /// Raised whenever the definition below changes.
  static let version = 1
  /// What a word counts in the title, in words of the passage; one in the heading counts once.
  static let titleCount = 2

  /// What a term adds that stands `count` times, before it is divided by the square root of the passage's words.
  @inline(__always)
  static func damped(_ count: Int) -> Float { count < dampedCounts.count ? dampedCounts[count] : 1 + Float(log(Double(count))) }

  private static let dampedCounts: [Float] = [0] + (1..<256).map { 1 + Float(log(Double($0))) }

  /// Words with digits are no features: they tell one story from another, not one topic from another.
  @inline(__always)
  static func takes(_ word: Word) -> Bool { !word.flags.contains(.hasDigit) }

  /// A number for how words are analysed: of the terms that these words get. Another one means that trained weights are of terms that
  /// no longer come up.
  package static func signature(_ analyzer: Analyzer) -> String {
    var hash = ContentHash()
    hash.add([UInt8(version)])
    for (text, language) in probes {
      let stream = analyzer.analyze(text, language: language)
      for word in 0..<stream.count {
        hash.add(stream.term(word))
        hash.add([0])
      }
    }
    return String(hash.text.prefix(12))
  }

  private static let probes: [(String, Language)] = [
    ("Ministers' warnings about the pipelines' governmental negotiations, U.S. cafés and 5th-generation drones", .english),
    ("переговоры министров о санкциях ещё продолжаются", .russian),
    ("Azərbaycanlıların dəmiryolunda İran’ın işləri", Language(rawValue: "az")),
    ("Türkiye'nin görüşmelerinde ISRARLI kararlar", Language(rawValue: "tr")),
    ("l'économie française négociait les sanctions", Language(rawValue: "fr")),
    ("تحریم‌های ایران", Language(rawValue: "fa")), ("والعقوبات الاقتصادية", Language(rawValue: "ar")),
    ("საქართველოს მთავრობა", Language(rawValue: "ka")), ("Հայաստանի կառավարությունը", Language(rawValue: "hy")),
  ]
}

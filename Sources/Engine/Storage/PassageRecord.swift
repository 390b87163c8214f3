// What the index keeps of a passage: its text, where it stands in the article, and the evidence of every tag.
import Articles
import TextAnalysis

/// One place in a passage where an actor or a place is named.
struct StoredMention: Sendable, Equatable {
  /// Index into `PassageRecord.entities`.
  var entity: Int
  /// Bytes of the passage's text.
  var start: Int
  var end: Int
  var alias: String
  var rule: String
}

struct StoredTopic: Sendable, Equatable {
  struct Evidence: Sendable, Equatable {
    var start: Int
    var end: Int
    var rule: String
    var weight: Float
  }

  var id: String
  var score: Float
  var evidence: [Evidence]
}

struct PassageRecord: Sendable, Equatable {
  var article: String
  /// From 1, in reading order.
  var number: Int
  var heading: String?
  /// Bytes of the article's text.
  var start: Int
  var end: Int
  /// Of the article's text, from 1.
  var line: Int
  var language: String
  /// The searched text: what the article's text has between `start` and `end`, less markers and markup.
  var text: [UInt8]
  /// From bytes of the searched text to bytes of the article's.
  var offsets: OffsetMap
  var entities: [String]
  var mentions: [StoredMention]
  var topics: [StoredTopic]

  var id: String { "\(article)#\(number)" }

  init(
    article: String, number: Int, heading: String?, start: Int, end: Int, line: Int, language: String, text: [UInt8],
    offsets: OffsetMap, entities: [String], mentions: [StoredMention], topics: [StoredTopic]
  ) {
    self.article = article
    self.number = number
    self.heading = heading
    self.start = start
    self.end = end
    self.line = line
    self.language = language
    self.text = text
    self.offsets = offsets
    self.entities = entities
    self.mentions = mentions
    self.topics = topics
  }
}

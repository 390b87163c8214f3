// The stored data of a passage's document: its text, where it stands in the article, and the evidence of every tag.

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
  /// Runs of the searched text and how far each is shifted against the article's text.
  var shifts: [(at: Int, shift: Int)]
  var entities: [String]
  var mentions: [StoredMention]
  var topics: [StoredTopic]

  var id: String { "\(article)#\(number)" }

  /// The byte of the article's text that a byte of the searched text comes from.
  func articleOffset(_ offset: Int) -> Int {
    var low = 0
    var high = shifts.count
    while low < high {
      let middle = (low + high) / 2
      if shifts[middle].at <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? start + offset : offset + shifts[low - 1].shift
  }

  static func == (a: PassageRecord, b: PassageRecord) -> Bool { a.encoded() == b.encoded() }

  func encoded() -> [UInt8] {
    var out = ByteWriter()
    out.string(article)
    out.number(number)
    out.optional(heading)
    out.number(start)
    out.number(end)
    out.number(line)
    out.string(language)
    out.data(text)
    out.list(shifts) {
      $0.number($1.at)
      $0.signed($1.shift)
    }
    out.strings(entities)
    out.list(mentions) {
      $0.number($1.entity)
      $0.number($1.start)
      $0.number($1.end)
      $0.string($1.alias)
      $0.string($1.rule)
    }
    out.list(topics) {
      $0.string($1.id)
      $0.float($1.score)
      $0.list($1.evidence) {
        $0.number($1.start)
        $0.number($1.end)
        $0.string($1.rule)
        $0.float($1.weight)
      }
    }
    return out.bytes
  }

  init?(encoded: [UInt8]) {
    guard !encoded.isEmpty else { return nil }
    var input = ByteReader(encoded)
    article = input.string()
    number = input.number()
    heading = input.optional()
    start = input.number()
    end = input.number()
    line = input.number()
    language = input.string()
    text = input.data()
    shifts = input.list { (at: $0.number(), shift: $0.signed()) }
    entities = input.strings()
    mentions = input.list {
      StoredMention(entity: $0.number(), start: $0.number(), end: $0.number(), alias: $0.string(), rule: $0.string())
    }
    topics = input.list {
      StoredTopic(
        id: $0.string(), score: $0.float(),
        evidence: $0.list { StoredTopic.Evidence(start: $0.number(), end: $0.number(), rule: $0.string(), weight: $0.float()) })
    }
    if input.failed || mentions.contains(where: { $0.entity >= entities.count }) { return nil }
  }

  init(
    article: String, number: Int, heading: String?, start: Int, end: Int, line: Int, language: String, text: [UInt8],
    shifts: [(at: Int, shift: Int)], entities: [String], mentions: [StoredMention], topics: [StoredTopic]
  ) {
    self.article = article
    self.number = number
    self.heading = heading
    self.start = start
    self.end = end
    self.line = line
    self.language = language
    self.text = text
    self.shifts = shifts
    self.entities = entities
    self.mentions = mentions
    self.topics = topics
  }
}

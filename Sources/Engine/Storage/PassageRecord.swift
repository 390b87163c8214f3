// What the index keeps of a passage: its text, where it stands in the article, and the evidence of every tag.
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
  /// From a byte of the searched text on, how far it is shifted against the article's.
  struct Run: Sendable, Equatable {
    var at: Int
    var shift: Int
  }

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
  var shifts: [Run]
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

  init(
    article: String, number: Int, heading: String?, start: Int, end: Int, line: Int, language: String, text: [UInt8],
    shifts: [Run], entities: [String], mentions: [StoredMention], topics: [StoredTopic]
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

// MARK: - Storing

extension PassageRecord {
  /// - Parameter article: the text of the article. A passage that says nothing but what stands there is stored without its text.
  func encode(into out: inout ByteWriter, article: [UInt8]) {
    out.number(number)
    out.optional(heading)
    out.number(start)
    out.number(end)
    out.number(line)
    out.string(language)
    out.list(shifts) {
      $0.number($1.at)
      $0.signed($1.shift)
    }
    let isCopy = isCopy(of: article)
    out.number(isCopy ? 1 : 0)
    if isCopy { out.number(text.count) } else { out.data(text) }
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
  }

  /// - Parameters:
  ///   - article: id of the article.
  ///   - text: that of the article.
  init?(_ input: inout ByteCursor, article: String, text: UnsafeBufferPointer<UInt8>) {
    self.article = article
    number = input.number()
    heading = input.optional()
    start = input.number()
    end = input.number()
    line = input.number()
    language = input.string()
    shifts = input.list { Run(at: $0.number(), shift: $0.signed()) }
    guard let own = Self.text(&input, start: start, shifts, of: text) else { return nil }
    self.text = own
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

  /// The language, the heading and the text of a stored passage alone.
  /// - Parameter article: the text of the article.
  static func text(
    _ input: inout ByteCursor, of article: UnsafeBufferPointer<UInt8>
  ) -> (language: Language, heading: String?, text: [UInt8])? {
    _ = input.number()
    let heading = input.optional()
    let start = input.number()
    for _ in 0..<2 { _ = input.number() }  // end, line
    let language = Language(rawValue: input.string())
    let shifts = input.list { Run(at: $0.number(), shift: $0.signed()) }
    guard let text = text(&input, start: start, shifts, of: article) else { return nil }
    return (language, heading, text)
  }

  private static func text(
    _ input: inout ByteCursor, start: Int, _ shifts: [Run], of article: UnsafeBufferPointer<UInt8>
  ) -> [UInt8]? {
    guard input.number() != 0 else { return input.data() }
    guard let pieces = pieces(start: start, count: input.number(), shifts, of: article.count) else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for piece in pieces { text.append(contentsOf: UnsafeBufferPointer(rebasing: article[piece])) }
    return text
  }

  private func isCopy(of article: [UInt8]) -> Bool {
    guard let pieces = Self.pieces(start: start, count: text.count, shifts, of: article.count) else { return false }
    var at = 0
    for piece in pieces {
      guard text[at..<at + piece.count].elementsEqual(article[piece]) else { return false }
      at += piece.count
    }
    return true
  }

  /// The stretches of an article's text that a passage's text comes from, one after the other.
  /// - Parameters:
  ///   - start: of the passage in the article.
  ///   - count: bytes of the passage's text.
  ///   - size: bytes of the article's text.
  /// - Returns: nil where the runs do not lie in the article.
  private static func pieces(start: Int, count: Int, _ shifts: [Run], of size: Int) -> [Range<Int>]? {
    var pieces: [Range<Int>] = []
    var at = 0
    var shift = start
    for run in shifts + [Run(at: count, shift: 0)] {
      let end = min(run.at, count)
      guard end >= at else { return nil }
      if end > at {
        let (from, overflow) = at.addingReportingOverflow(shift)
        guard !overflow, from >= 0, from <= size, end - at <= size - from else { return nil }
        pieces.append(from..<from + end - at)
      }
      at = end
      shift = run.shift
    }
    return pieces
  }
}

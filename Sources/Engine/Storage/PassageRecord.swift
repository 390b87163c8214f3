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
    out.list(offsets.runs) {
      $0.number($1.cleaned)
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
    guard let (offsets, own) = Self.text(&input, of: text) else { return nil }
    self.offsets = offsets
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
    for _ in 0..<3 { _ = input.number() }  // start, end, line
    let language = Language(rawValue: input.string())
    guard let (_, text) = text(&input, of: article) else { return nil }
    return (language, heading, text)
  }

  private static func text(
    _ input: inout ByteCursor, of article: UnsafeBufferPointer<UInt8>
  ) -> (offsets: OffsetMap, text: [UInt8])? {
    guard let offsets = OffsetMap(runs: input.list { OffsetMap.Run(cleaned: $0.number(), shift: $0.signed()) }) else { return nil }
    guard input.number() != 0 else { return (offsets, input.data()) }
    guard let pieces = pieces(offsets, count: input.number(), of: article.count) else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for piece in pieces { text.append(contentsOf: UnsafeBufferPointer(rebasing: article[piece])) }
    return (offsets, text)
  }

  private func isCopy(of article: [UInt8]) -> Bool {
    guard let pieces = Self.pieces(offsets, count: text.count, of: article.count) else { return false }
    var at = 0
    for piece in pieces {
      guard text[at..<at + piece.count].elementsEqual(article[piece]) else { return false }
      at += piece.count
    }
    return true
  }

  /// The stretches of an article's text that a passage's text comes from, one after the other.
  /// - Parameters:
  ///   - count: bytes of the passage's text.
  ///   - size: bytes of the article's text.
  /// - Returns: nil where they do not lie in the article.
  private static func pieces(_ offsets: OffsetMap, count: Int, of size: Int) -> [Range<Int>]? {
    var pieces: [Range<Int>] = []
    for (index, run) in offsets.runs.enumerated() where run.cleaned < count {
      let next = index + 1 < offsets.runs.count ? offsets.runs[index + 1].cleaned : count
      let length = min(next, count) - run.cleaned
      let (from, overflow) = run.cleaned.addingReportingOverflow(run.shift)
      guard !overflow, from >= 0, from <= size, length <= size - from else { return nil }
      pieces.append(from..<from + length)
    }
    return pieces
  }
}

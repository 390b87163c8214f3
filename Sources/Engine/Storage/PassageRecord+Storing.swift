// How a passage is stored: what its article has already is not written again.
import Articles
import TextAnalysis

extension PassageRecord {
  /// What the bytes of a passage leave to its article.
  struct Surroundings {
    /// Id of the article.
    let article: String
    let language: String
    let text: UnsafeBufferPointer<UInt8>
    let strings: ArticleStrings
  }

  /// What a passage has that most have not, or that most have.
  private struct Parts: OptionSet {
    let rawValue: UInt8

    static let heading = Parts(rawValue: 1)
    /// Another language than the article's.
    static let language = Parts(rawValue: 2)
    /// It does not simply say what the article has between its start and its end.
    static let offsets = Parts(rawValue: 4)
    /// It says what does not stand in the article.
    static let text = Parts(rawValue: 8)
    static let entities = Parts(rawValue: 16)
    static let topics = Parts(rawValue: 32)
  }

  /// The rules of mentions that need no more than their number.
  private static let knownRules = ["name", "demonym", "metonym", "acronym", "surname", "weak", "native"]

  /// - Parameters:
  ///   - article: the text of the article. A passage that says nothing but what stands there is stored without its text.
  ///   - language: of the article.
  ///   - strings: what the parts of the article have in common.
  func encode(into out: inout ByteWriter, article: UnsafeBufferPointer<UInt8>, language: String, strings: inout ArticleStringsWriter) {
    let isCopy = isCopy(of: article)
    let isWhole =
      isCopy && start >= 0 && end <= article.count && text.count == end - start
      && offsets.runs == [OffsetMap.Run(cleaned: 0, shift: start)]
    var parts: Parts = []
    if heading != nil { parts.insert(.heading) }
    if self.language != language { parts.insert(.language) }
    if !isWhole { parts.insert(.offsets) }
    if !isCopy { parts.insert(.text) }
    if !entities.isEmpty { parts.insert(.entities) }
    if !topics.isEmpty { parts.insert(.topics) }
    out.byte(parts.rawValue)
    if let heading { out.string(heading) }
    out.number(start)
    out.number(end &- start)
    out.number(line)
    if parts.contains(.language) { out.string(self.language) }
    if parts.contains(.offsets) {
      var last = OffsetMap.Run(cleaned: 0, shift: start)
      out.list(offsets.runs) {
        $0.number($1.cleaned &- last.cleaned)
        $0.signed($1.shift &- last.shift)
        last = $1
      }
      if isCopy { out.number(text.count) } else { out.data(text) }
    }
    if parts.contains(.entities) { encodeEntities(into: &out, &strings) }
    if parts.contains(.topics) { encodeTopics(into: &out, &strings) }
  }

  private func encodeEntities(into out: inout ByteWriter, _ strings: inout ArticleStringsWriter) {
    out.number(entities.count)
    for entity in entities { out.number(strings.number(of: entity)) }
    out.number(mentions.count)
    var last = 0
    for mention in mentions {
      let rule = Self.knownRules.firstIndex(of: mention.rule) ?? Self.knownRules.count
      let isAsWritten =
        mention.start >= 0 && mention.start <= mention.end && mention.end <= text.count
        && mention.alias.utf8.elementsEqual(text[mention.start..<mention.end])
      out.number(mention.entity << 4 | (isAsWritten ? 8 : 0) | rule)
      if rule == Self.knownRules.count { out.number(strings.number(of: mention.rule)) }
      out.number(mention.start &- last)
      out.number(mention.end &- mention.start)
      if !isAsWritten { out.string(mention.alias) }
      last = mention.end
    }
  }

  private func encodeTopics(into out: inout ByteWriter, _ strings: inout ArticleStringsWriter) {
    out.number(topics.count)
    for topic in topics {
      out.number(strings.number(of: topic.id))
      out.smallFloat(topic.score)
      out.number(topic.evidence.count)
      for evidence in topic.evidence {
        out.number(strings.number(of: evidence.rule))
        out.number(evidence.start)
        out.number(evidence.end &- evidence.start)
        out.smallFloat(evidence.weight)
      }
    }
  }

  /// - Parameter number: from 1, in reading order.
  init?(_ input: inout ByteCursor, number: Int, in surroundings: Surroundings) {
    guard let head = Head(&input, in: surroundings) else { return nil }
    article = surroundings.article
    self.number = number
    heading = head.heading
    start = head.start
    end = head.end
    line = head.line
    language = head.language ?? surroundings.language
    offsets = head.offsets
    text = head.text
    (entities, mentions, topics) = ([], [], [])
    var strings = surroundings.strings
    if head.parts.contains(.entities) { readEntities(&input, &strings) }
    if head.parts.contains(.topics) { readTopics(&input, &strings) }
    if input.failed || mentions.contains(where: { $0.entity < 0 || $0.entity >= entities.count }) { return nil }
  }

  private mutating func readEntities(_ input: inout ByteCursor, _ strings: inout ArticleStrings) {
    entities = input.list { $0.string(of: &strings) }
    var last = 0
    mentions = input.list { [text] in
      let code = $0.number()
      let rule = code & 7 < Self.knownRules.count ? Self.knownRules[code & 7] : $0.string(of: &strings)
      let start = last &+ $0.number()
      let end = start &+ $0.number()
      last = end
      var alias = ""
      if code & 8 == 0 {
        alias = $0.string()
      } else if start >= 0, start <= end, end <= text.count {
        alias = String(decoding: text[start..<end], as: UTF8.self)
      } else {
        $0.fail()
      }
      return StoredMention(entity: code >> 4, start: start, end: end, alias: alias, rule: rule)
    }
  }

  private mutating func readTopics(_ input: inout ByteCursor, _ strings: inout ArticleStrings) {
    topics = input.list {
      StoredTopic(
        id: $0.string(of: &strings), score: $0.smallFloat(),
        evidence: $0.list {
          let rule = $0.string(of: &strings)
          let start = $0.number()
          return StoredTopic.Evidence(start: start, end: start &+ $0.number(), rule: rule, weight: $0.smallFloat())
        })
    }
  }

  /// The language, the heading and the text of a stored passage alone.
  static func text(
    _ input: inout ByteCursor, in surroundings: Surroundings
  ) -> (language: Language, heading: String?, text: [UInt8])? {
    guard let head = Head(&input, in: surroundings) else { return nil }
    return (Language(rawValue: head.language ?? surroundings.language), head.heading, head.text)
  }

  /// What stands before the tags.
  private struct Head {
    let parts: Parts
    let heading: String?
    let start: Int
    let end: Int
    let line: Int
    let language: String?
    let offsets: OffsetMap
    let text: [UInt8]

    init?(_ input: inout ByteCursor, in surroundings: Surroundings) {
      let article = surroundings.text
      parts = Parts(rawValue: input.byte())
      heading = parts.contains(.heading) ? input.string() : nil
      start = input.number()
      end = start &+ input.number()
      line = input.number()
      language = parts.contains(.language) ? input.string() : nil
      guard parts.contains(.offsets) else {
        guard start >= 0, start <= end, end <= article.count else { return nil }
        offsets = OffsetMap(start: start)
        text = Array(article[start..<end])
        return
      }
      var last = OffsetMap.Run(cleaned: 0, shift: start)
      let runs = input.list {
        last = OffsetMap.Run(cleaned: last.cleaned &+ $0.number(), shift: last.shift &+ $0.signed())
        return last
      }
      guard let offsets = OffsetMap(runs: runs) else { return nil }
      self.offsets = offsets
      if parts.contains(.text) {
        text = input.data()
        return
      }
      guard let pieces = PassageRecord.pieces(offsets, count: input.number(), of: article.count) else { return nil }
      var text: [UInt8] = []
      text.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
      for piece in pieces { text.append(contentsOf: UnsafeBufferPointer(rebasing: article[piece])) }
      self.text = text
    }
  }

  private func isCopy(of article: UnsafeBufferPointer<UInt8>) -> Bool {
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

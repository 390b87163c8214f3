// The bytes of a stored article.
//
// They are: the lengths of its parts; how many passages there are; the lengths of the groups, with the length of these before them; the head;
// the text; what was left out of the text; the strings that its parts have in common; the groups. Of each group the lengths say how many
// passages it has, how many bytes the places of their words take, and how many all the rest: for each passage the length of the places of its
// actors and of its record, and then for each the one and the other.
import Articles
import TextAnalysis

/// The bytes of a stored article where they lie, of which a part can be read without the rest. Good as long as they are lent.
struct ArticleBytes {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let head: Range<Int>
  private let textRange: Range<Int>
  private let removedRange: Range<Int>
  private let stringsRange: Range<Int>
  let passageCount: Int
  /// Where the lengths of the groups stand.
  private let lengths: Range<Int>

  /// - Returns: nil where the bytes are not those of an article.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var input = ByteCursor(bytes)
    let parts = (input.number(), input.number(), input.number(), input.number())
    passageCount = input.number()
    lengths = input.range()
    head = input.range(parts.0)
    textRange = input.range(parts.1)
    removedRange = input.range(parts.2)
    stringsRange = input.range(parts.3)
    guard !input.failed, passageCount >= 0, passageCount <= bytes.count else { return nil }
    self.bytes = bytes
  }

  var all: [UInt8] { Array(bytes) }

  var text: UnsafeBufferPointer<UInt8> { part(textRange) }

  private var strings: ArticleStrings { ArticleStrings(part(stringsRange)) }

  var record: ArticleRecord? {
    var input = ByteCursor(part(head))
    return ArticleRecord(&input, strings)
  }

  var id: String {
    var input = ByteCursor(part(head))
    return ArticleRecord.id(&input)
  }

  private var language: String {
    var input = ByteCursor(part(head))
    return ArticleRecord.language(&input)
  }

  var removed: [ArticleText.Removed] {
    var input = ByteCursor(part(removedRange))
    return ArticleText.removed(&input)
  }

  /// - Parameters:
  ///   - number: from 1.
  ///   - article: its id.
  func passage(_ number: Int, of article: String) -> PassageRecord? {
    guard let own = bytes(ofRecord: number) else { return nil }
    var input = ByteCursor(own)
    return PassageRecord(&input, number: number, in: surroundings(article, strings))
  }

  /// The language and the text of a passage, without the rest of it.
  func passageText(_ number: Int) -> (language: Language, heading: String?, text: [UInt8])? {
    guard let own = bytes(ofRecord: number) else { return nil }
    var input = ByteCursor(own)
    return PassageRecord.text(&input, in: surroundings("", strings))
  }

  /// The places of a passage's terms.
  func places(_ number: Int) -> PassagePlaces? {
    guard let (group, index) = group(of: number) else { return nil }
    return PassagePlaces(part(group.words), index, of: group.count, beside: parts(of: group))
  }

  /// All passages, in reading order.
  /// - Returns: nil where the bytes are not those of passages.
  func passages(of article: String) -> [PassageRecord]? {
    let surroundings = surroundings(article, strings.forMany)
    var passages: [PassageRecord] = []
    passages.reserveCapacity(passageCount)
    let isWhole = forEachGroup {
      parts(of: $0).forEach { _, record in
        var input = ByteCursor(record)
        guard let passage = PassageRecord(&input, number: passages.count + 1, in: surroundings) else { return false }
        passages.append(passage)
        return true
      }
    }
    return isWhole && passages.count == passageCount ? passages : nil
  }

  /// The places of all passages.
  var allPlaces: ArticlePlaces? {
    var places = ArticlePlaces()
    let isWhole = forEachGroup {
      places.groups.append(ArticlePlaces.Group(count: $0.count, bytes: Array(part($0.words))))
      return parts(of: $0).forEach { entities, _ in
        places.entities.append(Array(entities))
        return true
      }
    }
    return isWhole && places.entities.count == passageCount ? places : nil
  }

  private func surroundings(_ article: String, _ strings: ArticleStrings) -> PassageRecord.Surroundings {
    PassageRecord.Surroundings(article: article, language: language, text: text, strings: strings)
  }

  // MARK: Laying out

  static func encoded(
    _ record: ArticleRecord, text: UnsafeBufferPointer<UInt8>, removed: UnsafeBufferPointer<UInt8>, passages: [PassageRecord],
    places: ArticlePlaces
  ) -> [UInt8] {
    var strings = ArticleStringsWriter()
    var (head, lengths, table, groups, part) = (ByteWriter(), ByteWriter(), ByteWriter(), ByteWriter(), ByteWriter())
    record.encode(into: &head, &strings)
    var first = 0
    for group in places.groups {
      table.removeAll()
      part.removeAll()
      for index in first..<min(first + group.count, passages.count) {
        let start = part.bytes.count
        part.append(places.entities[index])
        let middle = part.bytes.count
        passages[index].encode(into: &part, article: text, language: record.language, strings: &strings)
        table.number(middle - start)
        table.number(part.bytes.count - middle)
      }
      first += group.count
      lengths.number(group.count)
      lengths.number(group.bytes.count)
      lengths.number(table.bytes.count + part.bytes.count)
      groups.append(group.bytes)
      groups.append(table.bytes)
      groups.append(part.bytes)
    }
    var common = ByteWriter()
    strings.encode(into: &common)
    var out = ByteWriter()
    out.reserve(head.bytes.count + text.count + removed.count + common.bytes.count + lengths.bytes.count + groups.bytes.count + 32)
    for count in [head.bytes.count, text.count, removed.count, common.bytes.count, passages.count] { out.number(count) }
    out.data(lengths.bytes)
    out.append(head.bytes)
    out.append(text)
    out.append(removed)
    out.append(common.bytes)
    out.append(groups.bytes)
    return out.bytes
  }

  /// The article under another head, with the records that its passages have now.
  /// - Parameter entities: given the index of a passage, the places of its actors where these are not as they are here.
  func encoded(_ record: ArticleRecord, passages: [PassageRecord], entities: (Int) -> [UInt8]?) -> [UInt8]? {
    guard var places = allPlaces, passages.count == passageCount else { return nil }
    for index in passages.indices { if let own = entities(index) { places.entities[index] = own } }
    return Self.encoded(record, text: text, removed: part(removedRange), passages: passages, places: places)
  }

  // MARK: Groups

  private struct Group {
    /// How many passages.
    let count: Int
    let words: Range<Int>
    let rest: Range<Int>
  }

  /// - Returns: false where the bytes are not those of groups, or the body says so.
  private func forEachGroup(_ body: (Group) -> Bool) -> Bool {
    var input = ByteCursor(part(lengths))
    var at = stringsRange.upperBound
    while !input.isAtEnd {
      let (count, words, rest) = (input.number(), input.number(), input.number())
      guard !input.failed, count >= 0, count <= passageCount, words >= 0, words <= bytes.count - at, rest >= 0,
        rest <= bytes.count - at - words
      else { return false }
      if !body(Group(count: count, words: at..<at + words, rest: at + words..<at + words + rest)) { return false }
      at += words + rest
    }
    return true
  }

  /// What a group has of its passages beside the places of their words.
  private func parts(of group: Group) -> PassageParts { PassageParts(part(group.rest), count: group.count) }

  /// - Parameter number: of a passage, from 1.
  private func group(of number: Int) -> (group: Group, index: Int)? {
    guard number >= 1, number <= passageCount else { return nil }
    var found: (group: Group, index: Int)?
    var first = 0
    _ = forEachGroup { group in
      if number - 1 < first + group.count {
        found = (group, number - 1 - first)
        return false
      }
      first += group.count
      return true
    }
    return found
  }

  private func bytes(ofRecord number: Int) -> UnsafeBufferPointer<UInt8>? {
    group(of: number).flatMap { parts(of: $0.group).part($0.index)?.record }
  }

  private func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }
}

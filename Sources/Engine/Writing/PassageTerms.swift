// The terms of a passage's document, field by field, as the field table lays them out.
import Tagging
import TextAnalysis
import Xapian

struct PassageTerms {
  private var document = Document()

  private static let exactPrefix = Array(Schema.exactPrefix.utf8)
  private static let foldedPrefix = Array(Schema.foldedPrefix.utf8)
  private static let titlePrefix = Array((Field.title.wordPrefix ?? "").utf8)
  private static let headingPrefix = Array((Field.heading.wordPrefix ?? "").utf8)

  /// What all passages of an article share.
  static func ofArticle(_ record: ArticleRecord, analyzer: Analyzer) -> PassageTerms {
    var terms = PassageTerms()
    terms.addValue(.id, Array(record.id.utf8))
    terms.addValue(.kind, Fold.folded(record.kind))
    terms.present(.kind)
    terms.addPath(record.path)
    for source in [record.publisher, record.publisherShort, record.originLabel].compactMap({ $0 }) {
      terms.addWordsAndValue(.source, source, analyzer)
    }
    for author in record.authors { terms.addWordsAndValue(.author, author, analyzer) }
    for keyword in record.keywords { terms.addWordsAndValue(.keyword, keyword, analyzer) }
    for flag in record.quality {
      terms.addValue(.quality, Fold.folded(flag))
      terms.present(.quality)
    }
    if let days = record.date.flatMap({ DayRange(iso: $0) }) {
      terms.document.setValue(slot: Schema.dateFromSlot, DayRange.sortable(days.first))
      terms.document.setValue(slot: Schema.dateToSlot, DayRange.sortable(days.last))
      terms.present(.date)
    }
    return terms
  }

  /// The document of a passage of the article that these terms are of.
  func document(body: WordStream, heading: TitleWords?, title: TitleWords?, tags: TagTerms, passage: PassageRecord) -> Document {
    var terms = self
    terms.add(body: body, heading: heading, title: title)
    terms.add(tags)
    terms.add(passage: passage)
    return terms.document
  }

  // MARK: Words

  private mutating func add(body: WordStream, heading: TitleWords?, title: TitleWords?) {
    let (exactPrefix, foldedPrefix) = (Self.exactPrefix, Self.foldedPrefix)
    // A word is in it with its term and its exact form, and what goes with them.
    document.reserveCapacity(document.byteCount + body.bytes.count * 2 + body.count * 10 + 1024)
    body.bytes.withUnsafeBufferPointer { bytes in
      for word in body.words {
        document.addPosting(prefix: [], UnsafeBufferPointer(rebasing: bytes[word.term.range]), position: word.position)
        document.addTerm(prefix: exactPrefix, UnsafeBufferPointer(rebasing: bytes[word.exact.range]))
        if word.flags.contains(.differs) {
          document.addTerm(prefix: foldedPrefix, UnsafeBufferPointer(rebasing: bytes[word.folded.range]))
        }
      }
    }
    let end = body.words.last?.position ?? 0
    if let heading, !heading.words.isEmpty {
      add(heading, prefix: Self.headingPrefix, after: end + Schema.positionGap, weight: Schema.headingWeight, body: body)
      present(.heading)
    }
    if let title, !title.words.isEmpty {
      add(title, prefix: Self.titlePrefix, after: end + 2 * Schema.positionGap, weight: Schema.titleWeight, body: body)
      present(.title)
    }
  }

  /// Words of the title or heading: once in their own field, and once among the words of the passage with the field's weight.
  private mutating func add(_ title: TitleWords, prefix: [UInt8], after: UInt32, weight: UInt32, body: WordStream) {
    let outside = title.outside(body)
    let words = title.words
    words.bytes.withUnsafeBufferPointer { bytes in
      for (i, word) in words.words.enumerated() {
        let term = UnsafeBufferPointer(rebasing: bytes[word.term.range])
        let exact = UnsafeBufferPointer(rebasing: bytes[word.exact.range])
        document.addPosting(prefix: prefix, term, position: word.position)
        document.addPosting(prefix: [], term, position: after + word.position, wdf: weight)
        document.addTerm(prefix: Self.exactPrefix, exact, wdf: weight)
        if outside[i].contains(.term) { addOutsideBody([], term) }
        if outside[i].contains(.exact) { addOutsideBody(Self.exactPrefix, exact) }
        guard word.flags.contains(.differs) else { continue }
        let folded = UnsafeBufferPointer(rebasing: bytes[word.folded.range])
        document.addTerm(prefix: Self.foldedPrefix, folded, wdf: weight)
        if outside[i].contains(.folded) { addOutsideBody(Self.foldedPrefix, folded) }
      }
    }
  }

  private mutating func addOutsideBody(_ prefix: [UInt8], _ word: UnsafeBufferPointer<UInt8>) {
    document.addTerm(Schema.outsideBodyTerm(prefix + word), wdf: 0)
  }

  // MARK: Values

  private mutating func addValue(_ field: Field, _ folded: [UInt8]) {
    document.addTerm(Term.value(field.valuePrefix, folded), wdf: 0)
  }

  private mutating func present(_ field: Field) { document.addTerm(Term.presence(field), wdf: 0) }

  private mutating func addWordsAndValue(_ field: Field, _ text: String, _ analyzer: Analyzer) {
    let folded = Fold.folded(text)
    guard !folded.isEmpty, let prefix = field.wordPrefix else { return }
    addValue(field, folded)
    present(field)
    // Several values of a field stand apart, so that no phrase runs from one into the next.
    valueWords += 100
    let words = analyzer.analyze(text, language: .undetermined)
    for i in words.words.indices {
      valueWords += 1
      document.addPosting(Term.value(prefix, words.folded(i)), positions: [valueWords], wdf: 0)
    }
  }

  private var valueWords: UInt32 = 0

  /// The path itself and every folder above it; those of folders end in a slash, so that no pattern of files is one of a folder.
  private mutating func addPath(_ path: String) {
    let bytes = Array(path.utf8)
    addValue(.path, bytes)
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      addValue(.path, Array(bytes[...index]))
    }
  }

  // MARK: Tags

  private mutating func add(_ tags: TagTerms) {
    for entity in tags.entities {
      document.addPosting(entity.term, positions: entity.positions, wdf: entity.wdf)
      if entity.isSalient { document.addTerm(entity.salientTerm, wdf: 0) }
    }
    for term in tags.topicTerms + tags.presenceTerms { document.addTerm(term, wdf: 0) }
  }

  private mutating func add(passage: PassageRecord) {
    addValue(.id, Array(passage.id.utf8))
    addValue(.lang, Array(passage.language.utf8))
    present(.lang)
  }
}

extension Document {
  /// Adds one occurrence of a term.
  mutating func addPosting(prefix: [UInt8], _ word: UnsafeBufferPointer<UInt8>, position: UInt32, wdf: UInt32 = 1) {
    withUnsafePointer(to: position) {
      addPosting(prefix: prefix, word, positions: UnsafeBufferPointer(start: $0, count: 1), wdf: wdf)
    }
  }
}

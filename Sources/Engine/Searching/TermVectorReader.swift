// Counts the words of passages out of their texts, which are read where they lie.
import TextAnalysis
import Xapian

struct TermVectorReader {
  let view: DatabaseView
  let analyzer: Analyzer

  /// The words of a title or of a passage.
  private typealias Words = [UInt32]

  /// The words of some documents, in their order.
  func vectors(of documents: [UInt32], _ numbering: TermNumbering) throws(XapianError) -> [TermVector] {
    // Numbers of this reading first: the shared ones are asked for once a term, not once an occurrence.
    var local = TermNumbers()
    var read: [(words: Words, title: Words, length: UInt32)] = []
    read.reserveCapacity(documents.count)
    var stream = WordStream()
    var last: (article: UInt32?, title: Words) = (nil, [])
    for document in documents {
      let article = view.columns.article(of: document)
      if article == nil || article != last.article {
        let record = try view.articleRecord(of: document)
        var title: Words = []
        if let text = record?.title {
          add(Array(text.utf8), Language(rawValue: record?.language ?? ""), &stream, &local, to: &title)
        }
        last = (article, title)
      }
      var words: Words = []
      if let passage = view.passageText(document) {
        add(passage.text, passage.language, &stream, &local, to: &words)
        if let heading = passage.heading { add(Array(heading.utf8), passage.language, &stream, &local, to: &words) }
      }
      read.append((words, last.title, try view.length(of: document)))
    }
    let shared = numbering.withNumbers { numbers in
      (0..<local.count).map { number in UInt32(local[number].withUnsafeBufferPointer { numbers.number(of: $0) }) }
    }
    return read.map { passage in
      TermVector(
        entries: Self.entries(passage.words.map { shared[Int($0)] }, passage.title.map { shared[Int($0)] }), rawLength: passage.length)
    }
  }

  private func add(
    _ text: [UInt8], _ language: Language, _ stream: inout WordStream, _ numbers: inout TermNumbers, to words: inout Words
  ) {
    text.withUnsafeBufferPointer { analyzer.analyze($0, language: language, into: &stream) }
    words.reserveCapacity(words.count + stream.count)
    stream.bytes.withUnsafeBufferPointer { bytes in
      for word in stream.words {
        words.append(UInt32(numbers.number(of: UnsafeBufferPointer(rebasing: bytes[word.term.range]))))
      }
    }
  }

  /// Counts the words of a passage and of its title.
  private static func entries(_ words: Words, _ title: Words) -> [TermVector.Entry] {
    var entries: [TermVector.Entry] = []
    entries.reserveCapacity(words.count + title.count)
    // The lowest bit tells a word of the title.
    let sorted = (words.map { UInt64($0) << 1 } + title.map { UInt64($0) << 1 | 1 }).sorted()
    for item in sorted {
      let term = UInt32(truncatingIfNeeded: item >> 1)
      if entries.last?.term != term { entries.append(TermVector.Entry(term: term, own: 0, title: 0)) }
      let index = entries.count - 1
      if item & 1 == 0 {
        if entries[index].own < .max { entries[index].own += 1 }
      } else if entries[index].title < .max {
        entries[index].title += 1
      }
    }
    return entries
  }
}

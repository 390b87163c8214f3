// Makes a text sample from the texts of a snapshot, without a reader: articles are read from their files, so that neither the database nor
// the memory that queries read from has to do with it.
import TextAnalysis
import Xapian

struct TextSampleBuilder {
  let snapshot: Snapshot
  let segments: ArticleSegments
  /// Passages that are read, about.
  var mostRead = 50_000
  /// Words of these from which on no more passages are read.
  var mostWords = 8_000_000

  /// Times that the index is gone through, so that what has no room is spread over it, too.
  private static let rounds: UInt32 = 8

  /// - Parameter isWanted: asked now and then whether to go on.
  /// - Returns: nil where it was not to go on.
  func build(_ isWanted: () -> Bool) -> TextSample? {
    let analyzer = Analyzer(options: snapshot.analysis.options)
    let stopWords = CompletionStopWords(analyzer: analyzer, languages: snapshot.languages)
    let sample = sample()
    var met = MetWords()
    var text: [UInt32] = []
    var starts: [UInt32] = [0]
    var documents: [UInt32] = []
    var stream = WordStream()
    func note(_ bytes: UnsafeBufferPointer<UInt8>, _ language: Language) {
      analyzer.analyze(bytes, language: language, into: &stream)
      for index in stream.words.indices { text.append(met.number(stream, index, stopWords)) }
      text.append(0)
    }
    var place = 0
    while place < sample.count, text.count < mostWords {
      guard isWanted() else { return nil }
      let article = sample[place].article
      let bytes = snapshot.columns[place: article].flatMap { segments.copy($0) } ?? []
      bytes.withUnsafeBufferPointer { bytes in
        let stored = ArticleBytes(bytes)
        while place < sample.count, sample[place].article == article {
          defer { place += 1 }
          let document = sample[place].document
          guard let (language, heading, body) = stored?.passageText(snapshot.columns.number(of: document)) else { continue }
          body.withUnsafeBufferPointer { note($0, language) }
          if let heading { Array(heading.utf8).withUnsafeBufferPointer { note($0, language) } }
          documents.append(document)
          starts.append(UInt32(truncatingIfNeeded: text.count))
        }
      }
    }
    guard isWanted() else { return nil }
    let (words, order) = met.sorted()
    for place in text.indices { text[place] = order[Int(text[place])] }
    return TextSample(
      revision: snapshot.revision, passageCount: snapshot.columns.passageCount, documents: documents, words: words, text: text,
      starts: starts)
  }

  /// Whole articles, spread over all.
  private func sample() -> [(article: UInt32, document: UInt32)] {
    let step = UInt32(clamping: max(1, (snapshot.columns.passageCount + mostRead - 1) / max(1, mostRead)))
    var rounds = (0..<Self.rounds).map { _ in [(article: UInt32, document: UInt32)]() }
    snapshot.columns.forEachDocument { document in
      guard let article = snapshot.columns.article(of: document), article % step == 0 else { return }
      rounds[Int(article / step % Self.rounds)].append((article, document))
    }
    return Array(rounds.joined())
  }
}

/// Words in the order in which they are met.
private struct MetWords {
  /// Each written form, a zero and the term that it has.
  private var spellings = TermNumbers()
  private var mayComplete: [Bool] = []
  private var formLengths: [UInt16] = []
  private var scratch: [UInt8] = []

  /// - Returns: from 1 on; 0 where there are too many.
  mutating func number(_ stream: WordStream, _ index: Int, _ stopWords: CompletionStopWords) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: stream.exact(index))
    let length = scratch.count
    scratch.append(0)
    scratch.append(contentsOf: stream.term(index))
    guard length > 0, length <= FormCollector.longest else { return 0 }
    if mayComplete.count >= SampledWords.most - 1 {
      return spellings.known(scratch).map { UInt32($0 + 1) } ?? 0
    }
    let number = spellings.number(of: scratch)
    if number == mayComplete.count {
      formLengths.append(UInt16(length))
      mayComplete.append(!stream.words[index].flags.contains(.hasDigit) && stopWords.isCompletion(Array(stream.folded(index))))
    }
    return UInt32(number + 1)
  }

  /// The words by their keys, and by number met the number then.
  func sorted() -> (words: SampledWords, order: [UInt32]) {
    func form(_ number: Int) -> ArraySlice<UInt8> { spellings[number].prefix(Int(formLengths[number])) }
    let sorted = mayComplete.indices
      .map { number in (number: number, key: Array(form(number)).withUnsafeBufferPointer { FormCollector.key(of: $0) }) }
      .sorted {
        $0.key != $1.key
          ? $0.key.lexicographicallyPrecedes($1.key) : spellings[$0.number].lexicographicallyPrecedes(spellings[$1.number])
      }
    var order = [UInt32](repeating: 0, count: mayComplete.count + 1)
    for (place, word) in sorted.enumerated() { order[word.number + 1] = UInt32(place + 1) }
    let words = sorted.lazy.map { word in
      let number = word.number
      return (
        form: Array(form(number)), term: Array(spellings[number].dropFirst(Int(formLengths[number]) + 1)),
        mayComplete: mayComplete[number]
      )
    }
    return (SampledWords(words), order)
  }
}

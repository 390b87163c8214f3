// Makes a table of followers from the texts of a snapshot, without a reader: articles are read from their files, so that neither the
// database nor the memory that queries read from has to do with it.
import TextAnalysis
import Xapian

struct FollowerTableBuilder {
  let snapshot: Snapshot
  let segments: ArticleSegments
  /// Passages that are read, about.
  var mostRead = 50_000
  /// Passages that must have a word, of those read, for what follows it to be kept.
  var least = 100
  /// Pairs that are kept; of more the rarest are left out.
  var mostPairs = 1_500_000

  /// Pairs that are sorted at a time.
  private static let slice = 1 << 18
  private static let countBits: UInt64 = 16
  private static let numberBits: UInt64 = 24
  private static let mostNumbers = 1 << Int(numberBits)

  /// - Parameter isWanted: asked now and then whether to go on.
  /// - Returns: nil where it was not to go on.
  func build(_ isWanted: () -> Bool) -> FollowerTable? {
    let analyzer = Analyzer(options: snapshot.analysis.options)
    let stopWords = CompletionStopWords(analyzer: analyzer, languages: snapshot.languages)
    let sample = sample()
    var terms = TermNumbers()
    var forms = TermNumbers()
    /// By term: in how many passages it is, and the last of these.
    var passages: [(count: UInt32, last: UInt32)] = []
    /// By form: whether it can be a completion.
    var isCompletion: [Bool] = []
    var sorted: [UInt64] = []
    var fresh: [UInt64] = []
    var own: [UInt64] = []
    var stream = WordStream()
    func note(_ text: UnsafeBufferPointer<UInt8>, _ language: Language, _ document: UInt32) {
      analyzer.analyze(text, language: language, into: &stream)
      var before: Int?
      for (index, word) in stream.words.enumerated() {
        let term = stream.withTerm(index) { terms.number(of: $0) }
        if term == passages.count { passages.append((0, .max)) }
        if passages[term].last != document { passages[term] = (passages[term].count + 1, document) }
        defer { before = term }
        guard let before, !word.flags.contains(.hasDigit) else { continue }
        let form = stream.withExact(index) { forms.number(of: $0) }
        if form == isCompletion.count { isCompletion.append(stopWords.isCompletion(Array(stream.folded(index)))) }
        guard isCompletion[form], before < Self.mostNumbers, form < FollowerTable.mostForms else { continue }
        own.append((UInt64(before) << Self.numberBits | UInt64(form)) << Self.countBits)
      }
    }
    var place = 0
    while place < sample.count {
      guard isWanted() else { return nil }
      let article = sample[place].article
      let bytes = snapshot.columns[place: article].flatMap { segments.copy($0) } ?? []
      bytes.withUnsafeBufferPointer { bytes in
        let stored = ArticleBytes(bytes)
        while place < sample.count, sample[place].article == article {
          defer { place += 1 }
          guard let (language, heading, text) = stored?.passageText(snapshot.columns.number(of: sample[place].document)) else { continue }
          own.removeAll(keepingCapacity: true)
          text.withUnsafeBufferPointer { note($0, language, sample[place].document) }
          if let heading { Array(heading.utf8).withUnsafeBufferPointer { note($0, language, sample[place].document) } }
          own.sort()
          for (index, pair) in own.enumerated() where index == 0 || pair != own[index - 1] { fresh.append(pair + 1) }
        }
      }
      if fresh.count >= Self.slice || place == sample.count {
        fresh.sort()
        sorted = Self.merged(sorted, fresh)
        fresh.removeAll(keepingCapacity: true)
      }
    }
    return table(sorted, terms, forms, passages.map(\.count), sample.map(\.document))
  }

  /// Whole articles, spread over all.
  private func sample() -> [(article: UInt32, document: UInt32)] {
    let step = UInt32(clamping: max(1, (snapshot.columns.passageCount + mostRead - 1) / max(1, mostRead)))
    var sample: [(article: UInt32, document: UInt32)] = []
    snapshot.columns.forEachDocument { document in
      if let article = snapshot.columns.article(of: document), article % step == 0 { sample.append((article, document)) }
    }
    return sample
  }

  /// Two ascending lists as one: of equal pairs the counts are added.
  private static func merged(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    var both: [UInt64] = []
    both.reserveCapacity(a.count + b.count / 2)
    var (i, j) = (0, 0)
    let counts = UInt64(1) << countBits - 1
    while i < a.count || j < b.count {
      let next: UInt64
      if j == b.count || i < a.count && a[i] <= b[j] {
        next = a[i]
        i += 1
      } else {
        next = b[j]
        j += 1
      }
      if let last = both.last, last >> countBits == next >> countBits {
        both[both.count - 1] = last - last & counts + min(counts, last & counts + next & counts)
      } else {
        both.append(next)
      }
    }
    return both
  }

  private func table(
    _ pairs: [UInt64], _ terms: TermNumbers, _ forms: TermNumbers, _ passages: [UInt32], _ sample: [UInt32]
  ) -> FollowerTable {
    func term(_ pair: UInt64) -> Int { Int(pair >> (Self.countBits + Self.numberBits)) }
    func form(_ pair: UInt64) -> Int { Int(pair >> Self.countBits) & (Self.mostNumbers - 1) }
    func count(_ pair: UInt64) -> UInt32 { UInt32(pair & (UInt64(1) << Self.countBits - 1)) }
    var kept = pairs.filter { passages[term($0)] >= least }
    var rarest: UInt32 = 1
    while kept.count > mostPairs {
      kept.removeAll { count($0) <= rarest }
      rarest += 1
    }
    // Forms by their keys.
    var isUsed = [Bool](repeating: false, count: forms.count)
    for pair in kept { isUsed[form(pair)] = true }
    let used = isUsed.indices.filter { isUsed[$0] }
      .map { number in (number: number, key: Array(forms[number]).withUnsafeBufferPointer { FormCollector.key(of: $0) }) }
      .sorted { $0.key != $1.key ? $0.key.lexicographicallyPrecedes($1.key) : forms[$0.number].lexicographicallyPrecedes(forms[$1.number]) }
    var order = [UInt32](repeating: 0, count: forms.count)
    for (place, form) in used.enumerated() { order[form.number] = UInt32(place) }
    var rows: [(term: UInt64, followers: [(form: UInt32, count: UInt32)])] = []
    var start = 0
    while start < kept.count {
      let end = kept[start...].firstIndex { term($0) != term(kept[start]) } ?? kept.count
      let followers = kept[start..<end].map { (form: order[form($0)], count: count($0)) }.sorted { $0.form < $1.form }
      rows.append((FollowerTable.word(terms[term(kept[start])]), followers))
      start = end
    }
    return FollowerTable(
      revision: snapshot.revision, passageCount: snapshot.columns.passageCount, sample: sample, forms: used.map { Array(forms[$0.number]) },
      rows: rows)
  }
}

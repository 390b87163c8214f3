// Completions behind frequent words, from the texts that are held in memory: neither postings nor passages are read for them, whatever
// number of words was typed.
import ArasAPI
import TextAnalysis
import Xapian

extension PhraseCompleter {
  /// Of several words, of which only some passages have the others, the rarest is known better from the index where the sample has it in so
  /// many passages.
  private static let leastOfSeveral = 250
  /// Forms of the sample that are looked at, and completions among these that are counted.
  private static let mostForms = 48
  private static let mostCompared = 12
  /// Passages of rare forms that are looked at beside what the sample tells.
  private static let mostLooks = 150
  /// Postings that are read and held against those of rare forms.
  private static let mostBounds = 20_000

  /// Completions behind the tail; nil where there is no sample, or a word is too rare for it.
  func sampled(_ tail: TypedTail) throws(XapianError) -> [RankedSuggestion]? {
    guard let known = words.sample else { return nil }
    let sample = known.sample
    guard rarest(tail.words) > (tail.words.count == 1 ? SampledPassages.most : Self.mostRead(sample)) else { return nil }
    let numbers = tail.words.map { sample.words.numbers(of: $0) }
    let wanted = sample.words.numbers(beginning: typed.lastKey)
    var candidates: [FollowerCandidates] = []
    var forms: Set<[UInt8]> = []
    for length in stride(from: tail.length, through: 1, by: -1) where forms.count < Self.mostShown {
      let others = Array(numbers.dropLast(length))
      var counted: [(form: [UInt8], passages: Int)] = []
      for follower in sample.followers(behind: numbers.suffix(length), beginning: wanted, limit: Self.mostForms) {
        if counted.count == Self.mostCompared { break }
        let form = sample.words.form(follower.word)
        guard !forms.contains(form), isCompletion(sample.words.key(follower.word)) else { continue }
        let passages = sample.passages(of: follower, having: others, without: known.changed)
        if passages > 0 { counted.append((form, passages)) }
      }
      var own = FollowerCandidates()
      // They come by their places, of which a passage may have several.
      for (form, passages) in counted.sorted(by: { $0.passages > $1.passages }) where own.all.count < Self.mostShown {
        own.note(form, words.terms(form), TailCounts(tail) { $0 <= length ? passages : 0 })
      }
      if own.all.isEmpty { continue }
      forms.formUnion(own.all.map(\.form))
      candidates.append(own)
    }
    // What the sample does not have may stand behind as much.
    var longest = candidates.first ?? FollowerCandidates()
    if longest.all.count >= Self.mostShown || typed.lastKey.isEmpty {
      return completions(candidates.flatMap(\.all), tail, sample)
    }
    let bounds = try bounds(tail, Self.mostRead(sample))
    var counter = FollowerCounter(words: words, tail: tail, passages: bounds, looks: Self.mostLooks)
    try noteOthers(&counter, scanner(tail), &longest)
    let rare = longest.all.filter(\.isRare)
    let counts = try counter.counts(rare)
    let sampled = longest.all.filter { !$0.isRare } + candidates.dropFirst().flatMap(\.all)
    return completions(sampled, tail, sample, rare: Array(zip(rare, counts)))
  }

  /// Those that stand behind the most words of the tail, and behind these others that stand behind fewer of them.
  /// - Parameters:
  ///   - candidates: from the sample, those behind more words first.
  ///   - rare: counted in the index.
  private func completions(
    _ candidates: [FollowerCandidates.Candidate], _ tail: TypedTail, _ sample: TextSample,
    rare: [(candidate: FollowerCandidates.Candidate, counts: TailCounts<CountMemory.Count>)] = []
  ) -> [RankedSuggestion] {
    var found: [RankedSuggestion] = []
    var seen: Set<[UInt8]> = []
    for length in stride(from: tail.length, through: 1, by: -1) {
      var own: [RankedSuggestion] = []
      func note(_ form: [UInt8], _ count: CountMemory.Count) {
        guard found.count + own.count < Self.mostShown, seen.insert(form).inserted else { return }
        own.append(suggestion(form, .phrase, count))
      }
      for candidate in candidates where candidate.passages[length] > 0 {
        note(candidate.form, estimated(candidate, length, tail, sample))
      }
      for (candidate, counts) in rare where counts[length].passages > 0 { note(candidate.form, counts[length]) }
      found += Self.behind(found, own)
    }
    return found
  }

  private func estimated(
    _ candidate: FollowerCandidates.Candidate, _ length: Int, _ tail: TypedTail, _ sample: TextSample
  ) -> CountMemory.Count {
    let most = (tail.words + [candidate.terms]).map { words.sampler.count($0) }.min() ?? 0
    let passages = sample.estimate(candidate.passages[length], of: words.columns.passageCount)
    return .init(articles: nil, passages: max(1, min(passages, most)))
  }

  private func rarest(_ words: [[[UInt8]]]) -> Int { words.map { self.words.sampler.count($0) }.min() ?? 0 }

  /// Passages of the rarest of several words up to which they are read.
  private static func mostRead(_ sample: TextSample) -> Int {
    max(SampledPassages.most, leastOfSeveral * sample.passageCount / max(1, sample.documents.count))
  }

  /// Passages outside of which nothing stands behind the tail, where these are few, and some of them where these can tell more than the
  /// sample.
  private func bounds(_ tail: TypedTail, _ mostRead: Int) throws(XapianError) -> SampledPassages {
    let counted = tail.words.map { (terms: $0, count: words.sampler.count($0)) }
    guard let rarest = counted.min(by: { $0.count < $1.count }), rarest.count <= Self.mostBounds else {
      return SampledPassages(some: [], ofAbout: words.columns.passageCount, within: nil)
    }
    return try words.counts.passages(.bounds, having: [rarest.terms], revision: words.postings.revision) {
      () throws(XapianError) in
      let documents = try words.sampler.documents(rarest.terms)
      var bounds = SampledPassages(
        some: rarest.count <= mostRead ? documents : [], ofAbout: documents.count, within: documents)
      bounds.areKnown = tail.words.count == 1
      return bounds
    }
  }

  // MARK: Words in the same passages

  /// In how many passages words stand together with some frequent ones; nil where there is no sample, or a word is too rare for it.
  func besideInSample(_ candidates: [[[UInt8]]], others: [[[UInt8]]]) -> [CountMemory.Count]? {
    guard let known = words.sample, rarest(others) > Self.mostRead(known.sample) else { return nil }
    let sample = known.sample
    let numbers = others.map { sample.words.numbers(of: $0) }
    return candidates.map { terms in
      let passages = sample.passages(of: sample.words.numbers(of: terms), beside: numbers, without: known.changed)
      if passages == 0 { return .init(articles: nil, passages: 0) }
      let most = sample.estimate(passages, of: words.columns.passageCount)
      return .init(articles: nil, passages: max(1, min(words.sampler.count(terms), most)))
    }
  }
}

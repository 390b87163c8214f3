// Counts in how many passages words follow a tail: each passage is looked at once, for all of the words.
import Xapian

struct FollowerCounter {
  private let words: WordCompleter
  private let tail: TypedTail
  /// Those that have the words of the tail.
  private let passages: SampledPassages
  private var places: TailPlaces
  /// Passages of the words themselves that may still be looked at for one answer.
  private var looks: Int

  /// A form of so many passages at most is looked for in each of them.
  private static let rarelyThere = 100
  /// What finding the postings of a form takes, in passages looked at.
  private static let looksPerForm = 5

  /// - Parameter looks: passages of words that may be looked at.
  init(words: WordCompleter, tail: TypedTail, passages: SampledPassages, looks: Int = 400) {
    self.looks = looks
    self.words = words
    self.tail = tail
    self.passages = passages
    places = TailPlaces(tail)
  }

  var mayLook: Bool { looks > 0 }

  // MARK: Forms that were not met

  /// Whether a form is looked for where it stands itself.
  func isRare(_ frequency: Int) -> Bool { frequency <= Self.rarelyThere }

  /// In how many passages a rare form follows the tail, and in which it does; nil where in none.
  mutating func counts(ofRare form: [UInt8]) throws(XapianError) -> (counts: TailCounts<Int>, documents: [UInt32])? {
    let wanted = within(try words.surroundings.view.postings(of: Term.value(Schema.exactPrefix, form)))
    let found = try look(for: [words.terms(form)], in: wanted, areKnown: false)[0]
    looks -= wanted.count + Self.looksPerForm
    return standing(found, ofEach: 1)
  }

  /// The same of other forms, each by its terms, looked for where the tail stands: in all of its passages, or estimated from some.
  mutating func counts(ofOthers terms: [[[UInt8]]]) throws(XapianError) -> [(counts: TailCounts<Int>, documents: [UInt32])?] {
    if terms.isEmpty || passages.some.isEmpty { return terms.map { _ in nil } }
    let found = try look(for: terms, in: passages.some, areKnown: passages.areKnown)
    looks -= passages.some.count
    var counts: [(counts: TailCounts<Int>, documents: [UInt32])?] = []
    for (terms, found) in zip(terms, found) {
      counts.append(standing(try sure(found, terms), ofEach: Double(passages.count) / Double(passages.some.count)))
    }
    return counts
  }

  private func standing(_ found: [Standing], ofEach: Double) -> (counts: TailCounts<Int>, documents: [UInt32])? {
    guard let longest = found.map(\.length).max() else { return nil }
    let counts = TailCounts(tail) { length in Int(Double(found.count { $0.length >= length }) * ofEach) }
    return (counts, found.filter { $0.length == longest }.map(\.document))
  }

  /// Those in passages that have a word and all of the tail by their postings, too: a term that a passage does not have may look like one
  /// of its own.
  private func sure(_ found: [Standing], _ terms: [[UInt8]]) throws(XapianError) -> [Standing] {
    if found.isEmpty { return found }
    let having = Set(try words.sampler.having([terms] + (passages.areKnown ? [] : tail.words), among: found.map(\.document)))
    return found.filter { having.contains($0.document) }
  }

  // MARK: Counting

  /// In how many passages each of some words follows the tail: in all of those of the tail or of the word where these are few, else
  /// estimated.
  mutating func counts(_ candidates: [FollowerCandidates.Candidate]) throws(XapianError) -> [TailCounts<CountMemory.Count>] {
    let (memory, revision) = (words.counts, words.postings.revision)
    var known = candidates.map { memory.counted($0.terms, behind: tail, revision: revision) }
    var uncounted: [Int] = []
    for (index, candidate) in candidates.enumerated() where known[index] == nil {
      if passages.isWhole {
        uncounted.append(index)
        continue
      }
      let own = words.sampler.count(candidate.terms)
      if own <= SampledPassages.most, mayLook {
        let documents = within(try words.sampler.documents(candidate.terms))
        looks -= documents.count
        known[index] = exact(try look(for: [candidate.terms], in: documents, areKnown: false)[0])
      } else if candidate.isRare {
        known[index] = TailCounts(tail) { .init(articles: nil, passages: candidate.passages[$0]) }
      } else {
        uncounted.append(index)
      }
    }
    let terms = uncounted.map { candidates[$0].terms }
    let found = terms.isEmpty ? [] : try look(for: terms, in: passages.some, areKnown: passages.areKnown)
    for (index, found) in zip(uncounted, found) {
      known[index] = passages.isWhole ? exact(try sure(found, candidates[index].terms)) : estimate(found)
    }
    for (candidate, counts) in zip(candidates, known) {
      if let counts { memory.keep(counts, of: candidate.terms, behind: tail, revision: revision) }
    }
    return known.map { $0 ?? TailCounts(repeating: .init(articles: nil, passages: 0), for: tail) }
  }

  /// Those of some passages that can have the tail.
  private func within(_ documents: [UInt32]) -> [UInt32] {
    passages.bounds.map { PassageSampler.common(documents, $0) } ?? documents
  }

  private typealias Standing = (document: UInt32, length: Int)

  /// Where words stand behind the tail, and behind how much of it.
  /// - Parameter areKnown: whether the passages are known to have all words of the tail.
  private mutating func look(
    for terms: [[[UInt8]]], in documents: [UInt32], areKnown: Bool
  ) throws(XapianError) -> [[Standing]] {
    let placed = terms.map { $0.map { PlacedTerm($0) } }
    var found: [[Standing]] = terms.map { _ in [] }
    for document in documents {
      _ = try words.surroundings.view.withPlaces(of: document) { passage in
        guard places.move(to: passage, isKnown: areKnown) else { return }
        for index in placed.indices {
          let length = places.length(before: placed[index], in: passage)
          if length > 0 { found[index].append((document, length)) }
        }
      }
    }
    return found
  }

  private func exact(_ found: [Standing]) -> TailCounts<CountMemory.Count> {
    TailCounts(tail) { length in
      let standing = found.lazy.filter { $0.length >= length }.map(\.document)
      return .init(articles: words.articles(standing), passages: standing.count)
    }
  }

  private func estimate(_ found: [Standing]) -> TailCounts<CountMemory.Count> {
    TailCounts(tail) { length in
      let standing = found.count { $0.length >= length }
      return .init(articles: nil, passages: standing * passages.count / max(1, passages.some.count))
    }
  }
}

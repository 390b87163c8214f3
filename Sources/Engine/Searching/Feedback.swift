// What the best candidates have in common beside the query's words says what the query is about; candidates that have it too rise. The
// words are chosen by Bose-Einstein statistics (Bo1: Amati, "Probability models for information retrieval based on divergence from
// randomness", PhD thesis, Glasgow 2003) and only reorder candidates: no second query is run. All that is learnt counts a share of what the
// query's own words do, be they few or many. Where one article answers the query and the others trail far behind - a headline looking for
// its story - there is little in common to learn, and the feedback fades out.
import Glibc
import Xapian

struct Feedback {
  let texts: CandidateTerms
  /// Passages in the index.
  let documents: Double
  let postings: PostingReader

  /// Candidates that are learnt from, and without which there is no feedback.
  static let best = 10
  /// Words that are learnt.
  static let words = 20
  /// Of those that the best have most often, so many are looked up in the index.
  static let mostLookedUp = 96
  /// A word counts if so many of the best have it.
  static let fewestCandidates = 2
  /// And if no more than this share of the index has it.
  static let commonest = 0.2
  /// Letters that a word needs.
  static let fewestLetters = 3
  /// What all that is learnt counts in the best, against the query, where all of these weigh the same. It fades by the square of the
  /// weight of the last of them, the first's being 1.
  static let share = 0.7

  /// Adds the weights of what is learnt to those of the candidates.
  func add(to weights: inout [Double], _ scorer: CandidateScorer) throws(XapianError) {
    guard weights.count >= Self.best else { return }
    let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }.prefix(Self.best)
    let first = weights[order[0]]
    let agreement = weights[order[Self.best - 1]] / first
    var added = [Double](repeating: 0, count: weights.count)
    for word in try learn(from: order.map { ($0, weights[$0] / first) }) {
      let own = scorer.weights(of: scorer.counts(of: [word.term]), word.information)
      for candidate in added.indices { added[candidate] += word.value * own[candidate] }
    }
    let learnt = order.reduce(0) { $0 + added[$1] }
    guard learnt > 0 else { return }
    let share = Self.share * agreement * agreement * order.reduce(0) { $0 + weights[$1] } / learnt
    for candidate in weights.indices { weights[candidate] += share * added[candidate] }
  }

  private struct Learnt {
    var term: UInt32
    var value: Double
    var information: InverseExpectedFrequency
  }

  /// The most telling words, the best first.
  private func learn(from best: [(candidate: Int, weight: Double)]) throws(XapianError) -> [Learnt] {
    var found = FoundTerms()
    for (place, (candidate, weight)) in best.enumerated() {
      // A candidate counts by the fourth power of its weight: the first ones are the likeliest to be right.
      let trust = weight * weight * weight * weight
      texts.forEachTerm(of: candidate) { term, count in
        found.add(term, Double(count) * trust, of: place)
      }
    }
    var frequent = found.all.filter { $0.candidates >= Self.fewestCandidates }.map {
      (sum: $0.sum, number: $0.term, term: texts.term($0.term))
    }
    .filter { isWord($0.term[...]) }
    // Equal ones go by their letters: their numbers say only when they were met.
    frequent.sort { $0.sum != $1.sum ? $0.sum > $1.sum : $0.term.lexicographicallyPrecedes($1.term) }
    var learnt: [Learnt] = []
    for (sum, number, term) in frequent.prefix(Self.mostLookedUp) {
      let facts = try postings.frequencies(of: term)
      guard facts.documents > 0, Double(facts.documents) <= Self.commonest * documents else { continue }
      let mean = Double(facts.occurrences) / documents
      let value = sum * log2((1 + mean) / mean) + log2(1 + mean)
      let information = InverseExpectedFrequency(
        documents: documents, documentFrequency: Double(facts.documents), occurrences: Double(facts.occurrences))
      learnt.append(Learnt(term: number, value: value, information: information))
    }
    let order = learnt.indices.sorted { (learnt[$1].value, $0) < (learnt[$0].value, $1) }
    return order.prefix(Self.words).map { learnt[$0] }
  }

  /// What the best candidates have of each term.
  private struct FoundTerms {
    struct Found {
      var term: UInt32
      var sum: Double
      var candidates: Int
      /// The last of the best that has it.
      var last: Int
    }

    private(set) var all: [Found] = []
    /// Index into `all`, or -1: open addressing by term.
    private var slots = [Int32](repeating: -1, count: 4096)

    mutating func add(_ term: UInt32, _ amount: Double, of place: Int) {
      var slot = Self.slot(term, slots.count)
      while slots[slot] >= 0 {
        let index = Int(slots[slot])
        if all[index].term == term {
          all[index].sum += amount
          if all[index].last != place { all[index].candidates += 1 }
          all[index].last = place
          return
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = Int32(all.count)
      all.append(Found(term: term, sum: amount, candidates: 1, last: place))
      if all.count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
      slots = Array(repeating: -1, count: slots.count * 2)
      for (index, found) in all.enumerated() {
        var slot = Self.slot(found.term, slots.count)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index)
      }
    }

    private static func slot(_ term: UInt32, _ count: Int) -> Int { Int(term &* 0x9E37_79B1 >> 12) & (count - 1) }
  }

  /// Whether a term is a word of some length, not a number.
  private func isWord(_ term: ArraySlice<UInt8>) -> Bool {
    var letters = 0
    for byte in term {
      if (0x30...0x39).contains(byte) { return false }
      if byte == UInt8(ascii: ":") { letters = 0 } else if byte & 0xC0 != 0x80 { letters += 1 }
    }
    return letters >= Self.fewestLetters
  }
}

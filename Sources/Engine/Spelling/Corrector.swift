// "Did you mean": the words of a query that are nowhere, or next to nowhere, each with the word that was likely meant. What is likely is
// said by the letters, by how common a word is, and by the words beside it.
import ArasAPI
import Glibc
import Tagging
import TextAnalysis

struct Corrector {
  /// As typed.
  let queryText: String
  let surroundings: Surroundings
  let registry: Registry
  let vocabulary: Vocabulary
  /// Of the registry.
  let names: NameList
  /// Language of the query.
  let language: Language
  /// Passages of the index.
  let passages: Int

  /// Passages from which on a word is right.
  static let enough: UInt32 = 3
  /// How many times as common a word must be that is offered for one that some passage has.
  private static let farMoreCommon = 300.0
  /// Wrong words that are looked at.
  private static let mostUnits = 6
  /// Candidates that are weighed by the words beside them.
  private static let mostWeighed = 12
  /// Bits of a blank too few or too many.
  private static let blank = 8.0
  /// Bits that a slip may cost by letter typed: more is another word, not a slip of this one.
  private static let bitsByLetter = 5.0
  /// Passages that a word alone counts as, when it is weighed by what stands with it.
  private static let smoothing = 2.0
  /// How much more words side by side say than words of one passage.
  private static let besideWeight = 8.0

  /// - Parameter whollyUnknown: only words that no passage has are looked at.
  func corrections(_ root: QueryNode, whollyUnknown: Bool) -> [Correction] {
    let units = QueryUnits(root, surroundings, language: language).units
    var found: [Correction] = entryCorrections(root)
    var speller = Speller(vocabulary)
    var looked = 0
    var joined: Set<Int> = []
    for i in units.indices where !joined.contains(i) && !joined.contains(i - 1) {
      if !whollyUnknown || units[i].count == 0, let whole = self.joined(units, i) {
        found.append(whole)
        joined.insert(i)
        continue
      }
      guard looked < Self.mostUnits, isSuspect(units[i]), !whollyUnknown || units[i].count == 0 else { continue }
      looked += 1
      guard let best = best(units, i, &speller) else { continue }
      let correction = Correction(
        from: units[i].text, to: String(decoding: best, as: UTF8.self), offset: units[i].range.lowerBound, length: units[i].range.count)
      if !found.contains(correction) { found.append(correction) }
    }
    return found.sorted { $0.offset < $1.offset }
  }

  // MARK: Right words

  /// A form that is often in the index is right, and so is one that is not there while its stem is: unless what is meant is another word.
  private func isSuspect(_ unit: QueryUnit) -> Bool {
    guard unit.formCount < Self.enough, unit.flags.isDisjoint(with: [.cjk, .hasDigit]) else { return false }
    // What is typed in a few capitals is a name of its own making.
    if !unit.flags.isDisjoint(with: [.acronym, .allCaps]), unit.key.count <= 5 { return false }
    return !isName(unit) && !surroundings.analyzer.isStopWord(unit.key[...], language: language)
  }

  /// Whether the registry has the word in a name of any language.
  private func isName(_ unit: QueryUnit) -> Bool {
    let isAllCaps = !unit.flags.isDisjoint(with: [.allCaps, .acronym])
    if !registry.actorsNamed(by: unit.key[...], isAllCaps: isAllCaps).isEmpty { return true }
    var isName = false
    names.starts.forEachText(with: unit.key, limit: 200) { name, _ in
      guard !isName else { return }
      isName = names.starts.key(name).split(separator: 0x20).contains { $0.elementsEqual(unit.key) }
    }
    return isName
  }

  // MARK: Words meant

  private func best(_ units: [QueryUnit], _ i: Int, _ speller: inout Speller) -> [UInt8]? {
    let unit = units[i]
    let neighbours = [i - 1, i + 1].filter { units.indices.contains($0) && units[$0].group == unit.group && units[$0].count > 0 }
      .map { units[$0] }
    // A stem that is there is another word's only if it is nowhere near its neighbours.
    if unit.count >= Self.enough {
      let isApart = neighbours.allSatisfy { surroundings.together(unit.bareTerms, $0.bareTerms).count == 0 }
      guard !neighbours.isEmpty, isApart else { return nil }
    }
    var candidates = speller.candidates(for: unit.key, spelling: unit.spelling, limit: Self.mostWeighed).filter { isLikely($0, unit) }
    if let parts = parted(unit), parts.score > (candidates.first?.score ?? -.infinity) { candidates.insert(parts, at: 0) }
    guard let best = fitting(candidates, beside: neighbours, of: unit) else { return nil }
    // The likeliest word is an inflection of the one typed: that is found as it is.
    return unit.count > 0 && !Set(surroundings.terms(best.spelling)).isDisjoint(with: unit.bareTerms) ? nil : best.spelling
  }

  private func isLikely(_ candidate: Candidate, _ unit: QueryUnit) -> Bool {
    guard candidate.slip <= Self.bitsByLetter * Double(unit.key.count) else { return false }
    return unit.formCount == 0
      || candidate.distance <= 1 && Double(candidate.count) >= Self.farMoreCommon * Double(unit.formCount)
  }

  /// The candidate that is likeliest among its neighbours. Which words are side by side is looked up only for those that could still be the
  /// best: no more passages have two words side by side than have both.
  private func fitting(_ candidates: [Candidate], beside neighbours: [QueryUnit], of unit: QueryUnit) -> Candidate? {
    if neighbours.isEmpty { return candidates.max { $0.score < $1.score } }
    let weighed = candidates.map { candidate in
      let own = surroundings.terms(candidate.spelling)
      let meetings = neighbours.map { surroundings.together(own, $0.bareTerms) }
      let most = zip(neighbours, meetings).reduce(candidate.score) { $0 + fit(candidate, $1.0, $1.1.count, beside: $1.1.count) }
      return (own: own, meetings: meetings, most: most)
    }
    var best: (place: Int, score: Double)?
    for place in candidates.indices.sorted(by: { (weighed[$1].most, $0) < (weighed[$0].most, $1) }) {
      let (own, meetings, most) = weighed[place]
      if let best, most < best.score { break }
      var score = candidates[place].score
      for (neighbour, meeting) in zip(neighbours, meetings) {
        let isBefore = neighbour.range.lowerBound < unit.range.lowerBound
        let (left, right) = isBefore ? (neighbour.bareTerms, own) : (own, neighbour.bareTerms)
        score += fit(candidates[place], neighbour, meeting.count, beside: surroundings.beside(left, right, among: meeting))
      }
      // Of equals the first, as they are given.
      if best.map({ ($0.score, place) < (score, $0.place) }) ?? true { best = (place, score) }
    }
    return best.map { candidates[$0.place] }
  }

  /// Bits that a candidate gains or loses beside a word: how much more often they are together than by chance (pointwise mutual
  /// information, smoothed).
  /// - Parameters:
  ///   - together: passages that have both.
  ///   - beside: those in which they stand side by side; the more, the more bits.
  private func fit(_ candidate: Candidate, _ neighbour: QueryUnit, _ together: Int, beside: Int) -> Double {
    let share = Double(candidate.count) / Double(max(passages, 1))
    let expected = (Double(neighbour.count) + Self.smoothing) * share
    return log2((Double(together) + Self.besideWeight * Double(beside) + Self.smoothing * share) / expected)
  }

  // MARK: Blanks

  /// Two words that were typed as one and stand side by side somewhere.
  private func parted(_ unit: QueryUnit) -> Candidate? {
    guard unit.count == 0 else { return nil }
    var parts: [(left: Int, right: Int, least: UInt32)] = []
    for at in unit.key.indices.dropFirst(2).dropLast(1) where unit.key[at] & 0xC0 != 0x80 {
      guard let left = vocabulary.words.find(unit.key[..<at]), let right = vocabulary.words.find(unit.key[at...]) else { continue }
      parts.append((left, right, min(vocabulary.words.counts[left], vocabulary.words.counts[right])))
    }
    var best: Candidate?
    for (left, right, _) in parts.sorted(by: { $0.least > $1.least }).prefix(4) {
      let words = [left, right].map { vocabulary.words.spelling($0) }
      let count = surroundings.beside(surroundings.terms(words[0]), surroundings.terms(words[1]))
      guard count > 0, UInt32(clamping: count) > best?.count ?? 0 else { continue }
      best = Candidate(
        spelling: words[0] + [0x20] + words[1], count: UInt32(clamping: count), distance: 1, score: log2(Double(count)) - Self.blank,
        slip: Self.blank)
    }
    return best
  }

  /// One word that was typed as two, where the two are nowhere side by side.
  private func joined(_ units: [QueryUnit], _ i: Int) -> Correction? {
    guard i + 1 < units.count, units[i].group == units[i + 1].group else { return nil }
    let (left, right) = (units[i], units[i + 1])
    guard left.flags.union(right.flags).isDisjoint(with: [.cjk, .hasDigit]), left.range.upperBound < right.range.lowerBound else {
      return nil
    }
    guard let whole = vocabulary.words.find(left.key + right.key) else { return nil }
    let spelling = vocabulary.words.spelling(whole)
    let beside = surroundings.beside(left.bareTerms, right.bareTerms)
    guard beside * 10 < Int(surroundings.terms(spelling).map { surroundings.view.frequency($0) }.max() ?? 0) else { return nil }
    let range = left.range.lowerBound..<right.range.upperBound
    let typed = Array(queryText.utf8)
    guard range.upperBound <= typed.count else { return nil }
    return Correction(
      from: String(decoding: typed[range], as: UTF8.self), to: String(decoding: spelling, as: UTF8.self), offset: range.lowerBound,
      length: range.count)
  }
}

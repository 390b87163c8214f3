// Which stretches of a passage are shown: those that together show the most of what was asked for, rare words before common ones, words
// close together before words far apart. Runs of whole sentences where they fit into the length, stretches of whole words where they
// do not.
import TextAnalysis

struct FragmentChooser {
  let edges: TextEdges
  /// In the order of the text; places of several rules may overlap.
  let finds: [PassageMark]
  /// By rule.
  let weights: [Double]
  let count: Int
  /// Bytes.
  let length: Int
  /// The sentences, as ranges of the text; those that a find runs across are one.
  private let units: [Range<Int>]
  private var shown: [Bool]
  private var fragments: [Range<Int>] = []

  /// Sentences that a fragment is made of at most before neighbours are joined.
  private static let longestRun = 4
  /// Windows that are looked at in one sentence, and finds in one window.
  private static let mostWindows = 1000
  private static let mostFinds = 200
  /// What a word counts that is shown already.
  private static let repetition = 0.1
  /// What a word counts more right beside another word of the query; half of that at `reach` bytes.
  private static let closeness = 0.5
  private static let reach = 32.0

  private struct Candidate {
    /// What has to be shown, and how far the fragment may go beyond it.
    var core: Range<Int>
    var bounds: Range<Int>
    var finds: Range<Int>
    /// As it was counted last; it only ever becomes less.
    var score = Double.infinity
  }

  /// - Parameter units: sentences, or the whole text as one.
  init(edges: TextEdges, units: [Range<Int>], finds: [PassageMark], weights: [Double], count: Int, length: Int) {
    self.edges = edges
    self.finds = finds
    self.weights = weights
    self.count = count
    self.length = length
    self.units = Self.joined(units, across: finds)
    shown = Array(repeating: false, count: weights.count)
  }

  /// In the order of the text, none beside the next one if both fit into one.
  mutating func choose() -> [Range<Int>] {
    guard !finds.isEmpty else { return lead() }
    var candidates = self.candidates()
    while fragments.count < count {
      var best: Int?
      var most = 0.0
      for index in candidates.indices where candidates[index].score > most {
        let candidate = candidates[index]
        candidates[index].score = fragments.contains { $0.overlaps(candidate.core) } ? 0 : score(candidate)
        if candidates[index].score > most {
          most = candidates[index].score
          best = index
        }
      }
      guard let best else { break }
      candidates[best].score = 0
      let range = self.range(of: candidates[best])
      for find in finds where range.lowerBound <= find.start && find.end <= range.upperBound { shown[find.rule] = true }
      insert(range)
    }
    widenShort()
    return fragments
  }

  // MARK: Candidates

  private static func joined(_ units: [Range<Int>], across finds: [PassageMark]) -> [Range<Int>] {
    var joined = units
    var index = 0
    for find in finds {
      while index < joined.count, joined[index].upperBound <= find.start { index += 1 }
      guard index < joined.count else { break }
      while find.end > joined[index].upperBound, index + 1 < joined.count {
        joined[index] = joined[index].lowerBound..<joined[index + 1].upperBound
        joined.remove(at: index + 1)
      }
    }
    return joined
  }

  private func candidates() -> [Candidate] {
    var inside: [Range<Int>] = []
    inside.reserveCapacity(units.count)
    var find = 0
    for unit in units {
      let first = find
      while find < finds.count, finds[find].start < unit.upperBound { find += 1 }
      inside.append(first..<find)
    }
    var candidates: [Candidate] = []
    for (index, unit) in units.enumerated() where !inside[index].isEmpty {
      if unit.count > length {
        addWindows(unit, inside[index], to: &candidates)
        continue
      }
      for last in index..<min(index + Self.longestRun, units.count) where last == index || !inside[last].isEmpty {
        let run = unit.lowerBound..<units[last].upperBound
        if run.count > length { break }
        candidates.append(Candidate(core: run, bounds: run, finds: inside[index].lowerBound..<inside[last].upperBound))
      }
    }
    return candidates
  }

  /// The finds of a sentence that is too long, from each of them on as many as fit.
  private func addWindows(_ unit: Range<Int>, _ inside: Range<Int>, to candidates: inout [Candidate]) {
    var end = inside.lowerBound
    for first in starts(inside) {
      let start = finds[first].start
      end = max(end, first + 1)
      while end < inside.upperBound, end - first < Self.mostFinds, finds[end].end - start <= length { end += 1 }
      let last = finds[first..<end].reduce(start) { max($0, $1.end) }
      candidates.append(Candidate(core: start..<last, bounds: unit, finds: first..<end))
    }
  }

  /// Where windows begin: at every find or, where there are thousands, at some of each rule and as far before them as fits.
  private func starts(_ inside: Range<Int>) -> [Int] {
    guard inside.count > Self.mostWindows else { return Array(inside) }
    var byRule: [Int: [Int]] = [:]
    for index in inside { byRule[finds[index].rule, default: []].append(index) }
    var starts: Set<Int> = []
    for list in byRule.values {
      let step = max(1, list.count * byRule.count * 2 / Self.mostWindows)
      for place in stride(from: 0, to: list.count, by: step) {
        var first = list[place]
        starts.insert(first)
        while first > inside.lowerBound, finds[list[place]].end - finds[first - 1].start <= length / 2 { first -= 1 }
        starts.insert(first)
      }
    }
    return starts.sorted()
  }

  // MARK: Scores

  private func score(_ candidate: Candidate) -> Double {
    var total = 0.0
    for index in candidate.finds {
      let rule = finds[index].rule
      // A rule counts once, where it is nearest to another one.
      var isFirst = true
      var repeats = 0
      for other in candidate.finds where other != index && finds[other].rule == rule {
        if other < index { isFirst = false }
        repeats += 1
        if !isFirst || repeats == 4 { break }
      }
      guard isFirst else { continue }
      let weight = weights[rule] * (shown[rule] ? Self.repetition : 1)
      total += weight * (1 + 0.05 * Double(repeats))
      if let gap = gap(from: rule, candidate.finds) { total += weight * Self.closeness * Self.reach / (Self.reach + Double(gap)) }
    }
    return total
  }

  /// Bytes between a rule's nearest find and one of another rule; nil where there is none.
  private func gap(from rule: Int, _ range: Range<Int>) -> Int? {
    var nearest: Int?
    var last: PassageMark?
    for find in finds[range] {
      if let before = last, before.rule != find.rule, before.rule == rule || find.rule == rule, before.end <= find.start {
        nearest = min(nearest ?? .max, find.start - before.end)
      }
      last = find
    }
    return nearest
  }

  // MARK: Fragments

  private func range(of candidate: Candidate) -> Range<Int> {
    guard candidate.bounds != candidate.core else { return candidate.core }
    var low = candidate.bounds.lowerBound
    var high = candidate.bounds.upperBound
    for fragment in fragments {
      if fragment.upperBound <= candidate.core.lowerBound { low = max(low, fragment.upperBound) }
      if fragment.lowerBound >= candidate.core.upperBound { high = min(high, fragment.lowerBound) }
    }
    var range = edges.stretch(around: candidate.core, in: low..<high, length: length)
    // What is shown beside the core does not end inside a name.
    for find in finds {
      if find.start < range.lowerBound, range.lowerBound < find.end, find.end <= candidate.core.lowerBound {
        range = TextEdges.trimmed(edges.text, find.end..<range.upperBound)
      }
      if find.start < range.upperBound, range.upperBound < find.end, find.start >= candidate.core.upperBound {
        range = TextEdges.trimmed(edges.text, range.lowerBound..<find.start)
      }
    }
    return range
  }

  private mutating func insert(_ range: Range<Int>) {
    let place = fragments.firstIndex { $0.lowerBound > range.lowerBound } ?? fragments.count
    fragments.insert(range, at: place)
    join(at: place)
    if place > 0 { join(at: place - 1) }
  }

  /// Joins a fragment with the one behind it where only blanks part them and both fit into the length.
  private mutating func join(at index: Int) {
    guard index + 1 < fragments.count else { return }
    let next = fragments[index + 1]
    guard next.upperBound - fragments[index].lowerBound <= length,
      TextEdges.isBlank(edges.text, fragments[index].upperBound..<next.lowerBound)
    else { return }
    fragments[index] = fragments[index].lowerBound..<next.upperBound
    fragments.remove(at: index + 1)
  }

  /// A fragment much shorter than what was asked for takes the sentence before it, else the one behind it, so that it can be understood.
  private mutating func widenShort() {
    for index in fragments.indices {
      while fragments[index].count < length / 3, let wider = wider(index) { fragments[index] = wider }
    }
    for index in fragments.indices.reversed() { join(at: index) }
  }

  private func wider(_ index: Int) -> Range<Int>? {
    let fragment = fragments[index]
    let low = index > 0 ? fragments[index - 1].upperBound : 0
    let high = index + 1 < fragments.count ? fragments[index + 1].lowerBound : edges.text.count
    if let before = units.last(where: { $0.upperBound <= fragment.lowerBound }), before.lowerBound >= low,
      fragment.upperBound - before.lowerBound <= length
    {
      return before.lowerBound..<fragment.upperBound
    }
    if let after = units.first(where: { $0.lowerBound >= fragment.upperBound }), after.upperBound <= high,
      after.upperBound - fragment.lowerBound <= length
    {
      return fragment.lowerBound..<after.upperBound
    }
    return nil
  }

  /// The beginning of the passage, where nothing in it was asked for.
  private func lead() -> [Range<Int>] {
    guard let first = units.first else { return [] }
    if first.count > length { return [edges.stretch(around: first.lowerBound..<first.lowerBound, in: first, length: length)] }
    var lead = first
    for unit in units.dropFirst() {
      guard unit.upperBound - lead.lowerBound <= length else { break }
      lead = lead.lowerBound..<unit.upperBound
    }
    return [lead]
  }
}

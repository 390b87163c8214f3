// Decides which candidates are mentions, with the whole article in view: strong names first, then what they support.

import TextAnalysis

struct CandidateJudge {
  /// Actors named strongly in the article, and those that these support.
  private var strong: [Bool] = []
  private var supported: [Bool] = []
  private var inTitle: [Bool] = []
  private var statesInUnit: [Int32] = []

  /// Marks the accepted candidates.
  mutating func judge(_ candidates: inout [Candidate], _ table: WordTable, _ registry: Registry, year: Int?) {
    let names = registry.names
    reset(registry.actors.count)
    for index in candidates.indices where candidates[index].acceptance == .strong {
      candidates[index].isAccepted = true
      let actor = candidates[index].actor
      strong[Int(actor)] = true
      if table.units[Int(candidates[index].unit)].kind == .title { inTitle[Int(actor)] = true }
    }
    spreadSupport(names)
    for index in candidates.indices where candidates[index].acceptance == .weak {
      candidates[index].isAccepted = isSupported(candidates[index], candidates, table, registry)
    }
    var index = 0
    while index < candidates.count {
      let end = endOfSpan(index, candidates)
      if candidates[index..<end].contains(where: { $0.acceptance == .surname }) {
        judgeSurname(&candidates, index..<end, table, registry, year)
      }
      index = end
    }
  }

  private mutating func reset(_ count: Int) {
    if strong.count != count {
      strong = Array(repeating: false, count: count)
      supported = strong
      inTitle = strong
    } else {
      for index in 0..<count {
        strong[index] = false
        supported[index] = false
        inTitle[index] = false
      }
    }
  }

  /// A strong name supports the actor itself and its ancestors, and the weak names of those that list it.
  private mutating func spreadSupport(_ names: NameIndex) {
    for actor in strong.indices where strong[actor] {
      var at = Int32(actor)
      while at >= 0, !supported[Int(at)] {
        supported[Int(at)] = true
        at = names.parents[Int(at)]
      }
    }
  }

  private func isSupported(_ candidate: Candidate, _ candidates: [Candidate], _ table: WordTable, _ registry: Registry) -> Bool {
    let actor = Int(candidate.actor)
    if supported[actor] { return true }
    if registry.names.support[actor].contains(where: { strong[Int($0)] }) { return true }
    // A capital beside another state in the same passage is a government that deals with it.
    guard registry.names.aliases[Int(candidate.alias)].type == .metonym else { return false }
    return candidates.contains { other in
      other.unit == candidate.unit && other.acceptance == .strong && other.actor != candidate.actor
        && registry.actors[Int(other.actor)].kind == .state
    }
  }

  private func endOfSpan(_ start: Int, _ candidates: [Candidate]) -> Int {
    var end = start + 1
    while end < candidates.count, candidates[end].first == candidates[start].first, candidates[end].last == candidates[start].last {
      end += 1
    }
    return end
  }

  /// A surname means at most one person: one whose full name is in the article before one who only fits.
  private func judgeSurname(
    _ candidates: inout [Candidate], _ span: Range<Int>, _ table: WordTable, _ registry: Registry, _ year: Int?
  ) {
    let first = candidates[span.lowerBound]
    guard !belongsToAnother(first, candidates, span.lowerBound, table, registry.names) else { return }
    let surnames = span.filter { candidates[$0].acceptance == .surname }
    let full = surnames.filter { strong[Int(candidates[$0].actor)] }
    let pool = full.isEmpty ? surnames : full
    let fitting = pool.filter { fits(registry.actors[Int(candidates[$0].actor)], year) }
    guard let chosen = fitting.first ?? (full.count == 1 ? full.first : nil) else { return }
    if !full.isEmpty || hasTitle(first, table, registry.names) || isInTitle(candidates[chosen].actor, candidates, table) {
      candidates[chosen].isAccepted = true
    }
  }

  /// Tells whether the article's title has the surname, unless it is the title itself that is asked about.
  private func isInTitle(_ actor: Int32, _ candidates: [Candidate], _ table: WordTable) -> Bool {
    var title = false
    var body = false
    for candidate in candidates where candidate.actor == actor {
      if table.units[Int(candidate.unit)].kind == .title { title = true } else { body = true }
    }
    return title && body
  }

  private func fits(_ actor: ActorEntry, _ year: Int?) -> Bool {
    guard let year else { return actor.until == nil }
    return year >= (actor.since ?? year) && year <= (actor.until ?? year)
  }

  private func hasTitle(_ candidate: Candidate, _ table: WordTable, _ names: NameIndex) -> Bool {
    let word = Int(candidate.first)
    guard word > table.units[Int(candidate.unit)].words.lowerBound, table.gaps[word - 1] != Gap.comma.rawValue else { return false }
    return isTitle(word - 1, table, names)
  }

  private func isTitle(_ word: Int, _ table: WordTable, _ names: NameIndex) -> Bool {
    names.bits(table.forms[word]) & NameIndex.titleBit != 0
  }

  /// A capitalised word right before a surname that is no title and no name of an actor is somebody else's first name.
  private func belongsToAnother(
    _ candidate: Candidate, _ candidates: [Candidate], _ index: Int, _ table: WordTable, _ names: NameIndex
  ) -> Bool {
    let unit = table.units[Int(candidate.unit)]
    let word = Int(candidate.first)
    guard !unit.isTitleCase, !unit.isAllCaps, word > unit.words.lowerBound, table.gaps[word - 1] == Gap.tight.rawValue else { return false }
    let previous = word - 1
    guard table.flags[previous].contains(.capitalised), !isTitle(previous, table, names) else { return false }
    let startsSentence = previous == unit.words.lowerBound || table.gaps[previous - 1] == Gap.hard.rawValue
    if startsSentence { return false }
    return !candidates[..<index].reversed().prefix(4).contains { Int($0.last) == previous && $0.unit == candidate.unit }
  }
}

// Decides which candidates are mentions, with the whole article in view: strong names first, then what they support.

import TextAnalysis

/// What was decided about a name found in a text, and on what ground.
enum Verdict: UInt8 {
  case undecided
  /// Accepted: where it stands.
  case strong
  /// Accepted: another name of the actor, or of one that belongs to it, is in the article.
  case supported
  /// Accepted: an actor that is listed as its support is named in the article.
  case besideSupport
  /// Accepted: a capital beside another state.
  case besideState
  /// Accepted: a surname whose full name is in the article.
  case fullName
  /// Accepted: a surname behind a title.
  case titled
  /// Accepted: a surname that the article's title has, too.
  case inHeadline
  /// Refused: nothing supports a weak name.
  case unsupported
  /// Refused: a surname alone.
  case bareSurname
  /// Refused: a surname with another first name before it.
  case otherPerson
  /// Refused: a surname outside the years in which it means this person.
  case otherYears

  var isAccepted: Bool { (Verdict.strong.rawValue...Verdict.inHeadline.rawValue).contains(rawValue) }
}

/// Some of the actors of a registry; emptying it takes as long as it has members, not as there are actors.
struct ActorSet {
  private var flags: [Bool] = []
  private(set) var members: [Int32] = []

  mutating func reset(_ count: Int) {
    for actor in members { flags[Int(actor)] = false }
    members.removeAll(keepingCapacity: true)
    if flags.count != count { flags = Array(repeating: false, count: count) }
  }

  func contains(_ actor: Int32) -> Bool { flags[Int(actor)] }

  mutating func insert(_ actor: Int32) {
    guard !flags[Int(actor)] else { return }
    flags[Int(actor)] = true
    members.append(actor)
  }
}

struct CandidateJudge {
  /// Actors named strongly in the article, and those that these support.
  private var strong = ActorSet()
  private var supported = ActorSet()
  /// Whether something could only be decided with passages in view that were not read.
  private(set) var isUnsure = false
  private var hasKnown = false

  /// Decides about the candidates: strong names, then surnames, which may support a weak name as well, then weak names.
  /// - Parameter known: the tags of passages that are not read.
  mutating func judge(
    _ candidates: inout [Candidate], _ table: borrowing WordTable, _ registry: Registry, year: Int?, known: [KnownTags] = []
  ) {
    isUnsure = false
    hasKnown = !known.isEmpty
    strong.reset(registry.actors.count)
    supported.reset(registry.actors.count)
    for index in candidates.indices where candidates[index].acceptance == .strong {
      candidates[index].verdict = .strong
      strong.insert(candidates[index].actor)
    }
    for mention in known.lazy.flatMap(\.mentions) where mention.standing == .strong { strong.insert(mention.actor) }
    for actor in strong.members { support(actor, registry.names) }
    for mention in known.lazy.flatMap(\.mentions) where mention.standing == .surname { support(mention.actor, registry.names) }
    judgeSurnames(&candidates, table, registry, year)
    for index in candidates.indices where candidates[index].acceptance == .weak {
      candidates[index].verdict = weakVerdict(candidates[index], candidates, registry)
    }
  }

  private mutating func judgeSurnames(_ candidates: inout [Candidate], _ table: borrowing WordTable, _ registry: Registry, _ year: Int?) {
    var index = 0
    while index < candidates.count {
      let end = endOfSpan(index, candidates)
      if candidates[index..<end].contains(where: { $0.acceptance == .surname }) {
        judgeSurname(&candidates, index..<end, table, registry, year)
        for accepted in candidates[index..<end] where accepted.verdict.isAccepted { support(accepted.actor, registry.names) }
      }
      index = end
    }
  }

  /// A name that was accepted supports the actor itself and its ancestors.
  private mutating func support(_ actor: Int32, _ names: NameIndex) {
    var at = actor
    while at >= 0, !supported.contains(at) {
      supported.insert(at)
      at = names.parents[Int(at)]
    }
  }

  private func weakVerdict(_ candidate: Candidate, _ candidates: [Candidate], _ registry: Registry) -> Verdict {
    if supported.contains(candidate.actor) { return .supported }
    if registry.names.support[Int(candidate.actor)].contains(where: { strong.contains($0) }) { return .besideSupport }
    // A capital beside another state in the same passage is a government that deals with it.
    guard registry.names.aliases[Int(candidate.alias)].type == .metonym else { return .unsupported }
    let isBesideState = candidates.contains { other in
      other.unit == candidate.unit && other.acceptance == .strong && other.actor != candidate.actor
        && registry.actors[Int(other.actor)].kind == .state
    }
    return isBesideState ? .besideState : .unsupported
  }

  private func endOfSpan(_ start: Int, _ candidates: [Candidate]) -> Int {
    var end = start + 1
    while end < candidates.count, candidates[end].first == candidates[start].first, candidates[end].last == candidates[start].last {
      end += 1
    }
    return end
  }

  /// A surname means at most one person: one whose full name is in the article before one who only fits.
  private mutating func judgeSurname(
    _ candidates: inout [Candidate], _ span: Range<Int>, _ table: borrowing WordTable, _ registry: Registry, _ year: Int?
  ) {
    let first = candidates[span.lowerBound]
    let surnames = span.filter { candidates[$0].acceptance == .surname }
    if belongsToAnother(first, candidates, span.lowerBound, table, registry.names) {
      for index in surnames { candidates[index].verdict = .otherPerson }
      return
    }
    let full = surnames.filter { strong.contains(candidates[$0].actor) }
    let pool = full.isEmpty ? surnames : full
    let fitting = pool.filter { fits(registry.actors[Int(candidates[$0].actor)], year) }
    for index in surnames { candidates[index].verdict = fitting.contains(index) ? .bareSurname : .otherYears }
    guard let chosen = fitting.first ?? (full.count == 1 ? full.first : nil) else { return }
    if !full.isEmpty {
      candidates[chosen].verdict = .fullName
    } else if hasTitle(first, table, registry.names) {
      candidates[chosen].verdict = .titled
    } else if isInTitle(candidates[chosen].actor, candidates, table) {
      candidates[chosen].verdict = .inHeadline
    }
  }

  /// Tells whether the article's title has the surname, unless it is the title itself that is asked about.
  private mutating func isInTitle(_ actor: Int32, _ candidates: [Candidate], _ table: borrowing WordTable) -> Bool {
    var title = false
    var body = false
    for candidate in candidates where candidate.actor == actor {
      if table.units[Int(candidate.unit)].kind == .title { title = true } else { body = true }
    }
    if title, !body, hasKnown { isUnsure = true }
    return title && body
  }

  private func fits(_ actor: ActorEntry, _ year: Int?) -> Bool {
    guard let year else { return actor.until == nil }
    return year >= (actor.since ?? year) && year <= (actor.until ?? year)
  }

  private func hasTitle(_ candidate: Candidate, _ table: borrowing WordTable, _ names: NameIndex) -> Bool {
    let word = Int(candidate.first)
    guard word > table.units[Int(candidate.unit)].words.lowerBound, table.words[word - 1].gap != .comma else { return false }
    return isTitle(word - 1, table, names)
  }

  private func isTitle(_ word: Int, _ table: borrowing WordTable, _ names: NameIndex) -> Bool {
    names.isTitle(table.words[word].form)
  }

  /// A capitalised word right before a surname that is no title and no name of an actor is somebody else's first name.
  private func belongsToAnother(
    _ candidate: Candidate, _ candidates: [Candidate], _ index: Int, _ table: borrowing WordTable, _ names: NameIndex
  ) -> Bool {
    let unit = table.units[Int(candidate.unit)]
    let word = Int(candidate.first)
    guard !unit.isTitleCase, !unit.isAllCaps, word > unit.words.lowerBound, table.words[word - 1].gap == .tight else { return false }
    let previous = word - 1
    guard table.words[previous].flags.contains(.capitalised), !isTitle(previous, table, names),
      !names.isOfCalendar(table.words[previous].form)
    else { return false }
    let startsSentence = previous == unit.words.lowerBound || table.words[previous - 1].gap == .hard
    if startsSentence { return false }
    return !candidates[..<index].reversed().prefix(4).contains { Int($0.last) == previous && $0.unit == candidate.unit }
  }
}

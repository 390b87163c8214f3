// A query as it is asked of a few passages in memory: which terms a passage must have, and where. Weights are left out, for nothing is
// ranked. `PassagePostings` answers it.
import Xapian

indirect enum StandingPattern: Sendable, Hashable {
  case all
  case none
  /// By its number.
  case term(Int)
  case and([StandingPattern])
  case or([StandingPattern])
  case without(StandingPattern, StandingPattern)
  /// One of each place's terms, in this order, within so many successive words.
  case words([[Int]], window: Int)
  /// A value within these bounds; a passage without a value is not.
  case value(slot: UInt32, from: [UInt8], to: [UInt8]?)

  /// Nil for a query that only Xapian can run.
  /// - Parameter numbers: takes up the terms that it asks for.
  init?(_ query: Query, _ numbers: inout TermNumbers) {
    switch query {
    case .all: self = .all
    case .none: self = .none
    case .term(let term, _): self = term.isEmpty ? .all : .term(numbers.number(of: term))
    case .and(let parts):
      guard let parts = Self.patterns(parts, &numbers) else { return nil }
      self = parts.isEmpty || parts.contains(.none) ? .none : parts.count == 1 ? parts[0] : .and(parts)
    case .or(let parts), .synonym(let parts), .max(let parts):
      guard let parts = Self.patterns(parts, &numbers)?.filter({ $0 != .none }) else { return nil }
      self = parts.isEmpty ? .none : parts.count == 1 ? parts[0] : .or(parts)
    case .filter(let first, let second):
      self.init(.and([first, second]), &numbers)
    case .andNot(let main, let beside):
      guard let main = Self(main, &numbers), let beside = Self(beside, &numbers) else { return nil }
      self = beside == .none ? main : .without(main, beside)
    case .andMaybe(let main, _), .scale(let main, _): self.init(main, &numbers)
    case .phrase(let parts, let window):
      if parts.count == 1 {
        self.init(parts[0], &numbers)
        return
      }
      var places: [[Int]] = []
      for part in parts {
        guard let terms = Self.terms(part, &numbers) else { return nil }
        places.append(terms)
      }
      let width = window == 0 ? parts.count : window
      self = places.isEmpty || places.contains([]) || width < places.count ? .none : .words(places, window: width)
    case .valueRange(let slot, let from, let to): self = .value(slot: slot, from: from, to: to)
    case .valueAtLeast(let slot, let from): self = from.isEmpty ? .all : .value(slot: slot, from: from, to: nil)
    case .valueAtMost(let slot, let to): self = .value(slot: slot, from: [], to: to)
    case .near, .xor, .wildcard, .documents: return nil
    }
  }

  private static func patterns(_ queries: [Query], _ numbers: inout TermNumbers) -> [StandingPattern]? {
    var patterns: [StandingPattern] = []
    for query in queries {
      guard let pattern = Self(query, &numbers) else { return nil }
      patterns.append(pattern)
    }
    return patterns
  }

  /// The alternatives of one place of a phrase.
  private static func terms(_ query: Query, _ numbers: inout TermNumbers) -> [Int]? {
    switch query {
    case .none: return []
    case .term(let term, _): return term.isEmpty ? nil : [numbers.number(of: term)]
    case .or(let parts), .synonym(let parts), .max(let parts):
      var found: [Int] = []
      for part in parts {
        guard let terms = terms(part, &numbers) else { return nil }
        found += terms
      }
      return found
    default: return nil
    }
  }

  /// Calls `body` with each term whose places count.
  func forEachPlacedTerm(_ body: (Int) -> Void) {
    switch self {
    case .all, .none, .term, .value: break
    case .and(let parts), .or(let parts): for part in parts { part.forEachPlacedTerm(body) }
    case .without(let main, let beside):
      main.forEachPlacedTerm(body)
      beside.forEachPlacedTerm(body)
    case .words(let places, _): for place in places { place.forEach(body) }
    }
  }
}

// Words in order within a window, as a query has them: found by their postings, then looked at where they stand, one passage after the
// other.
import Xapian

struct Phrase {
  /// By operand: any of these terms.
  private let operands: [[PlacedTerm]]
  private let window: Int
  /// By operand: where it stands in the passage that is looked at.
  private var places: [[UInt32]]
  /// Tells it from every other phrase, and from every term.
  let key: [UInt8]

  /// - Parameter window: successive words; 0 for as many as there are operands.
  /// - Returns: nil where nothing can match.
  init?(_ operands: [Query], window: Int) {
    self.window = window == 0 ? operands.count : window
    let terms = operands.map { Self.terms(of: $0) }
    self.operands = terms.map { $0.map { PlacedTerm($0) } }
    // No term begins with a zero byte.
    var key = ByteWriter()
    key.append([0])
    key.number(self.window)
    key.list(terms) { key, operand in key.list(operand) { $0.data($1) } }
    self.key = key.bytes
    places = Array(repeating: [], count: operands.count)
    if operands.isEmpty || self.window < operands.count || self.operands.contains(where: \.isEmpty) { return nil }
  }

  /// The alternatives of one operand.
  private static func terms(of query: Query) -> [[UInt8]] {
    switch query {
    case .term(let term, _): term.isEmpty ? [] : [term]
    case .or(let parts), .synonym(let parts), .max(let parts): parts.flatMap { terms(of: $0) }
    default: []
    }
  }

  /// Whether the words stand so in a passage that has them.
  mutating func stands(in passage: PassagePlaces) -> Bool {
    for (index, terms) in operands.enumerated() {
      places[index].removeAll(keepingCapacity: true)
      for term in terms { passage.append(term, to: &places[index]) }
      if places[index].isEmpty { return false }
      if terms.count > 1 { places[index].sort() }
    }
    return PlacedWords.areInOrder(places, window: window)
  }
}

extension StoredPassages {
  /// Those of some passages, which have the words of a phrase, in which the words stand as it asks.
  /// - Parameter deadline: CLOCK_MONOTONIC, nanoseconds.
  func documents(
    of phrase: Phrase, among candidates: ArraySlice<UInt32>, deadline: UInt64?
  ) throws(XapianError) -> (documents: [UInt32], timedOut: Bool) {
    var phrase = phrase
    var found: [UInt32] = []
    for (count, document) in candidates.enumerated() {
      if count & 1023 == 1023, let deadline, Clock.now >= deadline { return (found, true) }
      if try withPlaces(of: document, { phrase.stands(in: $0) }) ?? false { found.append(document) }
    }
    return (found, false)
  }
}

extension DatabaseView {
  /// Runs that more cores than one may look at, and how many documents of a query cost what one look does.
  private static let runsToShare = 8
  private static let documentsToLook = 10

  /// Those of some passages, which have the words of a phrase, in which the words stand as it asks.
  /// - Parameters:
  ///   - deadline: CLOCK_MONOTONIC, nanoseconds.
  ///   - cores: who helps where there are many; nil for nobody.
  func documents(
    of phrase: Phrase, among candidates: [UInt32], deadline: UInt64? = nil, cores: SpareCores? = nil
  ) throws(XapianError) -> (documents: [UInt32], timedOut: Bool) {
    let stored = stored
    guard let cores, cores.areWorth(candidates.count * Self.documentsToLook) else {
      return try stored.documents(of: phrase, among: candidates[...], deadline: deadline)
    }
    let step = candidates.count / Self.runsToShare + 1
    let runs = cores.begin(Self.runsToShare) { number in
      let start = min(number * step, candidates.count)
      let run = candidates[start..<min(start + step, candidates.count)]
      return Result { () throws(XapianError) in try stored.documents(of: phrase, among: run, deadline: deadline) }
    }.parts()
    var all: (documents: [UInt32], timedOut: Bool) = ([], false)
    for run in runs {
      let found = try run.get()
      all.documents += found.documents
      all.timedOut = all.timedOut || found.timedOut
    }
    return all
  }

  /// The query with every phrase replaced by its words and the passages in which these stand as it asks, and tags that are not written
  /// yet by the passages that have them: the database itself knows neither, unless it holds a part of an index.
  func placed(_ query: Query, deadline: UInt64?) throws(XapianError) -> (query: Query, timedOut: Bool) {
    guard hasPlacesOfItsOwn else { return (query, false) }
    var timedOut = false
    let query = try replacing(in: query) { operands, window throws(XapianError) in
      let wanted = try replacing(in: .and(operands)) { _, _ in .none }
      guard operands.count > 1 else { return wanted }
      guard let phrase = Phrase(operands, window: window) else { return .none }
      let candidates = try unplacedMatches(wanted, .boolean, wantWeights: false, deadline: deadline)
      let found = try documents(of: phrase, among: candidates.documents, deadline: deadline)
      timedOut = timedOut || candidates.timedOut || found.timedOut
      return found.documents.isEmpty ? .none : .filter(wanted, .documents(found.documents))
    }
    return (query, timedOut)
  }

  /// - Parameter body: given the operands and the window of a phrase.
  private func replacing(
    in query: Query, _ body: ([Query], Int) throws(XapianError) -> Query
  ) throws(XapianError) -> Query {
    func all(_ queries: [Query]) throws(XapianError) -> [Query] {
      var replaced: [Query] = []
      for query in queries { replaced.append(try replacing(in: query, body)) }
      return replaced
    }
    func one(_ query: Query) throws(XapianError) -> Query { try replacing(in: query, body) }
    return switch query {
    case .phrase(let operands, let window): try body(operands, window)
    case .and(let parts): .and(try all(parts))
    case .or(let parts): .or(try all(parts))
    case .xor(let parts): .xor(try all(parts))
    case .synonym(let parts): .synonym(try all(parts))
    case .max(let parts): .max(try all(parts))
    case .andNot(let main, let beside): .andNot(try one(main), try one(beside))
    case .andMaybe(let main, let beside): .andMaybe(try one(main), try one(beside))
    case .filter(let main, let beside): .filter(try one(main), try one(beside))
    case .scale(let inner, let factor): .scale(try one(inner), factor)
    case .term(let term, _): tags.postings(of: term) == nil ? query : .documents(try postings(of: term))
    // Windows in any order are asked for order by order (`QueryPlanner.near`).
    case .near, .all, .none, .documents, .valueRange, .valueAtLeast, .valueAtMost, .wildcard: query
    }
  }
}

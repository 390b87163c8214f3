// What a query means, said a second time and slowly: sets of documents held in dictionaries. The random tests compare Xapian with it.

import TestSupport
import Xapian

/// A document as the model knows it: the positions of its terms (none for a term without) and its values.
struct ModelDocument: Sendable, Hashable {
  var terms: [[UInt8]: Set<UInt32>] = [:]
  var values: [UInt32: [UInt8]] = [:]
  var data: [UInt8] = []

  /// The same document as Xapian takes it.
  var document: Document {
    var document = Document()
    for (term, positions) in terms {
      document.addPosting(term, positions: positions.sorted(), wdf: UInt32(max(positions.count, 1)))
    }
    for (slot, value) in values { document.setValue(slot: slot, value) }
    document.setData(data)
    return document
  }
}

/// Documents by number.
struct QueryModel {
  var documents: [UInt32: ModelDocument]

  /// The documents that a query matches, ascending.
  func matches(_ query: Query) -> [UInt32] {
    documents.keys.filter { matches(query, $0) }.sorted()
  }

  private func matches(_ query: Query, _ number: UInt32) -> Bool {
    let document = documents[number, default: ModelDocument()]
    return switch query {
    case .all: true
    case .none: false
    case .term(let term, _): term.isEmpty || document.terms[term] != nil
    case .and(let queries): !queries.isEmpty && queries.allSatisfy { matches($0, number) }
    case .or(let queries), .synonym(let queries), .max(let queries): queries.contains { matches($0, number) }
    case .andNot(let first, let second): matches(first, number) && !matches(second, number)
    case .andMaybe(let first, _): matches(first, number)
    case .filter(let first, let second): matches(first, number) && matches(second, number)
    case .xor(let queries): queries.count { matches($0, number) } % 2 == 1
    case .near(let queries, let window): placed(queries, window: window, inOrder: false, number)
    case .phrase(let queries, let window): placed(queries, window: window, inOrder: true, number)
    case .scale(let query, _): matches(query, number)
    case .valueRange(let slot, let from, let to):
      value(document, slot) { !$0.lexicographicallyPrecedes(from) && !to.lexicographicallyPrecedes($0) }
    case .valueAtLeast(let slot, let bound): value(document, slot) { !$0.lexicographicallyPrecedes(bound) }
    case .valueAtMost(let slot, let bound): value(document, slot) { !bound.lexicographicallyPrecedes($0) }
    case .documents(let numbers): numbers.contains(number)
    case .wildcard(let prefix, _): document.terms.keys.contains { $0.starts(with: prefix) }
    }
  }

  /// A document without a value is in no range.
  private func value(_ document: ModelDocument, _ slot: UInt32, _ test: ([UInt8]) -> Bool) -> Bool {
    document.values[slot].map(test) ?? false
  }

  /// Whether operands have different positions within a window: all ways are tried.
  private func placed(_ queries: [Query], window: Int, inOrder: Bool, _ number: UInt32) -> Bool {
    guard queries.count > 1 else { return queries.first.map { matches($0, number) } ?? false }
    let document = documents[number, default: ModelDocument()]
    let window = UInt32(window == 0 ? queries.count : window)
    let places = queries.map { positions($0, document) }
    func search(_ chosen: [UInt32]) -> Bool {
      guard chosen.count < places.count else { return true }
      return places[chosen.count].contains { next in
        let all = chosen + [next]
        guard !chosen.contains(next), let least = all.min(), let most = all.max(), most - least < window else { return false }
        if inOrder, let last = chosen.last, next <= last { return false }
        return search(all)
      }
    }
    return search([])
  }

  private func positions(_ query: Query, _ document: ModelDocument) -> Set<UInt32> {
    switch query {
    case .term(let term, _): document.terms[term] ?? []
    case .or(let queries), .synonym(let queries), .max(let queries):
      queries.reduce(into: []) { $0.formUnion(positions($1, document)) }
    case .wildcard(let prefix, _):
      document.terms.filter { $0.key.starts(with: prefix) }.reduce(into: []) { $0.formUnion($1.value) }
    default: []
    }
  }
}

/// Random documents and queries over a small vocabulary, so that much matches.
struct RandomQueries {
  var random: SeededRandom
  let vocabulary = ["a", "ab", "abc", "b", "bc", "c", "d", "rare"].map { bytes($0) }

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func document() -> ModelDocument {
    var document = ModelDocument()
    for position in 1...UInt32.random(in: 1...12, using: &random) {
      let skewed = min(Int.random(in: 0..<8, using: &random), Int.random(in: 0..<8, using: &random))
      document.terms[vocabulary[skewed], default: []].insert(position)
      // A term of another kind shares the position, as a stem does with its word.
      if Bool.random(using: &random) { document.terms[bytes("S\(skewed % 3)"), default: []].insert(position) }
    }
    if Bool.random(using: &random) { document.values[3] = value() }
    document.data = value()
    return document
  }

  mutating func value() -> [UInt8] {
    (0..<Int.random(in: 1...2, using: &random)).map { _ in UInt8.random(in: 97...103, using: &random) }
  }

  mutating func term() -> Query { .term(vocabulary[Int.random(in: 0..<8, using: &random)]) }

  /// An operand for a phrase.
  mutating func placed() -> Query {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: .or([term(), term()])
    case 1: .or([term(), .synonym([term(), .max([term(), .none])])])
    case 2: .wildcard([UInt8.random(in: 97...99, using: &random)], limit: 0)
    case 3, 4: .term("S\(Int.random(in: 0..<3, using: &random))")
    default: term()
    }
  }

  /// Operands for near, none of which can be where another is: of others Xapian misses some (`WindowTests`).
  mutating func apart() -> [Query] {
    let words = vocabulary.shuffled(using: &random).map { Query.term($0) }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return [words[0], words[1], words[2]]
    case 1: return [.or([words[0], words[1]]), words[2]]
    case 2: return [.synonym([words[0], words[1]]), .or([words[2], .max([words[3], words[4]])]), words[5]]
    default: return [words[0], words[1]]
    }
  }

  mutating func query(depth: Int) -> Query {
    guard depth > 0 else { return term() }
    func several(_ make: (inout Self) -> Query) -> [Query] { (0..<Int.random(in: 1...4, using: &random)).map { _ in make(&self) } }
    switch Int.random(in: 0..<18, using: &random) {
    case 0, 1: return .and(several { $0.query(depth: depth - 1) })
    case 2, 3: return .or(several { $0.query(depth: depth - 1) })
    case 4: return .andNot(query(depth: depth - 1), query(depth: depth - 1))
    case 5: return .andMaybe(query(depth: depth - 1), query(depth: depth - 1))
    case 6: return .filter(query(depth: depth - 1), query(depth: depth - 1))
    case 7: return .xor(several { $0.query(depth: depth - 1) })
    case 8, 9: return .near(apart(), window: Int.random(in: 0...5, using: &random))
    case 10, 11: return .phrase(several { $0.placed() }, window: Int.random(in: 0...5, using: &random))
    // Of values Xapian cannot make a synonym that has a weight.
    case 12: return .synonym(several { Bool.random(using: &$0.random) ? $0.term() : .phrase([$0.placed(), $0.placed()], window: 2) })
    case 13: return .max(several { $0.query(depth: depth - 1) })
    case 14: return .scale(query(depth: depth - 1), Double.random(in: 0...3, using: &random))
    case 15: return .valueRange(slot: 3, from: value(), to: value())
    case 16: return Bool.random(using: &random) ? .valueAtLeast(slot: 3, value()) : .valueAtMost(slot: 3, value())
    default:
      let some = (UInt32(1)...60).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
      return [.all, .none, .wildcard(bytes("a"), limit: 0), .or([]), .and([]), .filter(.all, .documents(some)), .documents([])][
        Int.random(in: 0..<7, using: &random)]
    }
  }
}

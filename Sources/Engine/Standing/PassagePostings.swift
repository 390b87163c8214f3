// What a few passages say, as far as standing queries ask for it: of each term that is asked for the passages that have it, and of those
// that stand in phrases and windows the places. A query is answered from these in microseconds.
import Xapian

struct PassagePostings {
  private let numbers: TermNumbers
  /// By term: whether its places count.
  private let placed: [Bool]
  /// By term: the passages that have it.
  private var passages: [PassageBits]
  /// By term and passage, as `key` has it: the places of the term, as ranges of `places`.
  private var runs: [Int: Range<Int>] = [:]
  private var places: [UInt32] = []
  private var values: [Int: [UInt8]] = [:]
  private var slots: [UInt32: PassageBits] = [:]
  private(set) var count = 0

  /// - Parameter placed: by term.
  init(_ numbers: TermNumbers, placed: [Bool]) {
    self.numbers = numbers
    self.placed = placed
    passages = Array(repeating: PassageBits(), count: numbers.count)
  }

  private static func key(_ term: Int, _ passage: Int) -> Int { term * PassageBits.capacity + passage }

  /// Adds the next passage; there is room for `PassageBits.capacity`.
  mutating func add(_ document: Document) {
    let passage = count
    count += 1
    document.forEach(
      term: { term, positions in
        guard let number = numbers.known(term) else { return }
        passages[number].insert(passage)
        if placed[number], positions.count > 0 { add(positions, Self.key(number, passage)) }
      },
      value: { slot, value in
        guard !value.isEmpty else { return }
        values[Self.key(Int(slot), passage)] = Array(value)
        slots[slot, default: PassageBits()].insert(passage)
      })
  }

  private mutating func add(_ positions: PositionRun, _ key: Int) {
    let start = places.count
    // A term may come again in a document: its places join.
    if let known = runs[key] { places.append(contentsOf: places[known]) }
    positions.forEach { places.append($0) }
    if !zip(places[start...], places[start...].dropFirst()).allSatisfy({ $0 < $1 }) { places[start...].sort() }
    runs[key] = start..<places.count
  }

  // MARK: Answers

  var all: PassageBits { PassageBits(first: count) }

  func matches(_ pattern: StandingPattern) -> PassageBits {
    switch pattern {
    case .all: return all
    case .none: return PassageBits()
    case .term(let number): return passages[number]
    case .and(let parts):
      var found = matches(parts[0])
      for part in parts.dropFirst() where !found.isEmpty { found = found & matches(part) }
      return found
    case .or(let parts): return parts.reduce(PassageBits()) { $0 | matches($1) }
    case .without(let main, let beside):
      let found = matches(main)
      return found.isEmpty ? found : found.subtracting(matches(beside))
    case .words(let places, let window):
      var candidates = all
      for place in places {
        candidates = candidates & place.reduce(PassageBits()) { $0 | passages[$1] }
        if candidates.isEmpty { return candidates }
      }
      return candidates.filter { passage in PlacedWords.areInOrder(places.map { list($0, passage) }, window: window) }
    case .value(let slot, let from, let to):
      return (slots[slot] ?? PassageBits()).filter { passage in
        guard let value = values[Self.key(Int(slot), passage)], !value.lexicographicallyPrecedes(from) else { return false }
        return to.map { !$0.lexicographicallyPrecedes(value) } ?? true
      }
    }
  }

  /// Where any of some terms stands, ascending.
  private func list(_ terms: [Int], _ passage: Int) -> ArraySlice<UInt32> {
    let runs = terms.compactMap { self.runs[Self.key($0, passage)] }
    if runs.count == 1 { return places[runs[0]] }
    return runs.flatMap { places[$0] }.sorted()[...]
  }
}

// Words that stand for many: wildcards, fuzzy words, ranges of values. Looking them up is the part of planning that grows with the index,
// so it has a budget for the whole query: terms, and time. What was looked up once in a query is not looked up again.
import TextAnalysis
import Xapian

/// A written form near a word.
struct CloseForm {
  /// With the prefix of written or of folded forms.
  var term: [UInt8]
  var distance: Int
  var frequency: UInt32
}

/// Sorted terms with their frequencies; confined to the planner that made it.
final class Expansions {
  typealias Found = (term: [UInt8], frequency: UInt32)

  /// Terms that all the expansions of a query have together, at most.
  private static let mostTerms = 20_000

  /// CLOCK_MONOTONIC, nanoseconds.
  private let end: UInt64?
  private let database: DatabaseView
  private(set) var isLate = false
  /// Whether the terms of the index were gone through at all.
  private(set) var hasLooked = false
  private var left = Expansions.mostTerms
  private var beginnings: [[UInt8]: [Found]] = [:]
  private var near: [NearKey: [CloseForm]] = [:]

  private struct NearKey: Hashable {
    var word: [UInt8]
    var distance: Int
    var prefixes: [String]
  }

  /// - Parameter end: until when terms are looked up; what is not found by then is left out.
  init(database: DatabaseView, end: UInt64?) {
    self.database = database
    self.end = end
  }

  /// Whether there is no time left for planning.
  func checkTime() -> Bool {
    if !isLate, let end, Clock.now > end { isLate = true }
    return isLate
  }

  /// Takes terms out of the budget: the number that may be used.
  func take(_ count: Int, most: Int) -> Int {
    let granted = min(count, most, left)
    left -= granted
    return granted
  }

  /// Terms that begin so.
  func terms(beginning prefix: [UInt8]) -> [Found] {
    if let known = beginnings[prefix] { return known }
    var found: [Found] = []
    walk(prefix) { term in
      found.append((Array(term), 0))
      return .proceed
    }
    weigh(&found)
    beginnings[prefix] = found
    return found
  }

  /// Terms that begin with `prefix`, from one up to the first that is past the end.
  func terms(beginning prefix: [UInt8], from: [UInt8], until isPast: (UnsafeBufferPointer<UInt8>) -> Bool) -> [Found] {
    var found: [Found] = []
    walk(prefix, from: from) { term in
      if isPast(term) { return .stop }
      found.append((Array(term), 0))
      return .proceed
    }
    weigh(&found)
    return found
  }

  private func weigh(_ found: inout [Found]) {
    for index in found.indices { found[index].frequency = database.frequency(found[index].term) }
  }

  /// The forms of these kinds within an edit distance of a word, the nearest first.
  /// - Parameter word: UTF-8.
  func forms(near word: [UInt8], distance: Int, prefixes: [String]) -> [CloseForm] {
    let key = NearKey(word: word, distance: distance, prefixes: prefixes)
    if let known = near[key] { return known }
    var close: [CloseForm] = []
    for prefix in prefixes.map({ Array($0.utf8) }) {
      var fuzzy = FuzzyWalk(to: String(decoding: word, as: UTF8.self).unicodeScalars, limit: distance)
      walk(prefix) { term in
        switch fuzzy.look(at: UnsafeBufferPointer(rebasing: term[prefix.count...])) {
        case .near(let distance): close.append(CloseForm(term: Array(term), distance: distance, frequency: 0))
        case .far: break
        case .skip(let next): return .seek(prefix + next)
        case .end: return .stop
        }
        return .proceed
      }
    }
    for index in close.indices { close[index].frequency = database.frequency(close[index].term) }
    close.sort { ($0.distance, $1.frequency) < ($1.distance, $0.frequency) }
    near[key] = close
    return close
  }

  private func walk(_ prefix: [UInt8], from: [UInt8] = [], _ body: (UnsafeBufferPointer<UInt8>) -> TermStep) {
    hasLooked = true
    guard !checkTime() else { return }
    var looked = 0
    database.walkTerms(beginning: prefix, from: from) { term in
      looked += 1
      if looked & 255 == 0, self.checkTime() { return .stop }
      return body(term)
    }
  }
}

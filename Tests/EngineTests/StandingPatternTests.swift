import Synchronization
import TestSupport
import Testing
import Xapian

@testable import Engine

/// Patterns over passages in memory, held against Xapian over the same documents.
@Suite struct StandingPatternTests {
  private static let words = (0..<7).map { Array("w\($0)".utf8) }

  private func document(_ random: inout SeededRandom) -> Document {
    var document = Document()
    for word in Self.words where random.chance(45) {
      if random.chance(20) {
        document.addTerm(word, wdf: 0)
        continue
      }
      // The same term may come again, and its places in any order.
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let places = (0..<Int.random(in: 1...3, using: &random)).map { _ in UInt32.random(in: 1...25, using: &random) }
        document.addPosting(word, positions: places, wdf: 1)
      }
    }
    if random.chance(70) { document.setValue(slot: 0, value(&random)) }
    document.setData(Array("data".utf8))
    return document
  }

  private func value(_ random: inout SeededRandom) -> [UInt8] {
    (0..<Int.random(in: 1...2, using: &random)).map { _ in UInt8.random(in: 0x30...0x33, using: &random) }
  }

  private func term(_ random: inout SeededRandom) -> Query { .term(random.chance(5) ? Array("none".utf8) : random.pick(Self.words)) }

  private func place(_ random: inout SeededRandom) -> Query {
    random.chance(65) ? term(&random) : random.chance(50) ? .or([term(&random), term(&random)]) : .synonym([term(&random), term(&random)])
  }

  private func query(_ random: inout SeededRandom, depth: Int) -> Query {
    if depth == 0 || random.chance(15) { return random.chance(5) ? random.pick([.all, .none]) : term(&random) }
    func some(_ random: inout SeededRandom) -> [Query] {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in query(&random, depth: depth - 1) }
    }
    switch Int.random(in: 0..<11, using: &random) {
    case 0: return .and(some(&random))
    case 1: return .or(some(&random))
    case 2: return .max(some(&random))
    case 3: return .andNot(query(&random, depth: depth - 1), query(&random, depth: depth - 1))
    case 4: return .filter(query(&random, depth: depth - 1), query(&random, depth: depth - 1))
    case 5: return .andMaybe(query(&random, depth: depth - 1), query(&random, depth: depth - 1))
    case 6: return .scale(query(&random, depth: depth - 1), 0.5)
    case 7: return random.chance(50) ? .valueAtLeast(slot: 0, value(&random)) : .valueAtMost(slot: 0, value(&random))
    default:
      let places = (0..<Int.random(in: 1...4, using: &random)).map { _ in place(&random) }
      return .phrase(places, window: random.chance(20) ? 0 : Int.random(in: 1...12, using: &random))
    }
  }

  @Test(arguments: 0..<4) func aPatternFindsWhatXapianFinds(_: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let documents = (0..<PassageBits.capacity).map { _ in document(&random) }
    let database = try Database(inMemory: documents)
    let queries = (0..<400).map { _ in query(&random, depth: Int.random(in: 0...4, using: &random)) }
    var numbers = TermNumbers()
    let patterns = queries.map { StandingPattern($0, &numbers) }
    var placed = [Bool](repeating: false, count: numbers.count)
    for pattern in patterns { pattern?.forEachPlacedTerm { placed[$0] = true } }
    var postings = PassagePostings(numbers, placed: placed)
    for document in documents { postings.add(document) }
    for (query, pattern) in zip(queries, patterns) {
      let pattern = try #require(pattern, "seed \(seed): \(query)")
      var found: [UInt32] = []
      postings.matches(pattern).forEach { found.append(UInt32($0 + 1)) }
      try #require(found == (try database.matches(query).documents), "seed \(seed): \(query)")
    }
  }

  @Test func whatOnlyXapianCanRunIsNoPattern() {
    var numbers = TermNumbers()
    let word = Query.term(Self.words[0])
    for query: Query in [
      .near([word, word], window: 5), .xor([word, word]), .wildcard(Array("w".utf8), limit: 0), .phrase([word, .all], window: 2),
      .and([word, .wildcard(Array("w".utf8), limit: 0)]),
    ] {
      #expect(StandingPattern(query, &numbers) == nil)
    }
  }
}

@Suite struct AsideQueueTests {
  @Test func jobsRunOneAfterTheOtherInTheirOrder() async {
    let queue = AsideQueue()
    for round in 0..<20 {
      let seen = Mutex<[Int]>([])
      let running = Mutex(0)
      for number in 0..<200 {
        queue.async { standBack in
          #expect(
            running.withLock {
              $0 += 1; return $0
            } == 1)
          if number == 100 { standBack() }
          seen.withLock { $0.append(number) }
          running.withLock { $0 -= 1 }
        }
      }
      await withCheckedContinuation { done in queue.async { _ in done.resume() } }
      #expect(seen.withLock { $0 } == Array(0..<200), "round \(round)")
    }
  }
}

import FileWatch
import TestSupport
import Testing

@Suite struct DebouncerTests {
  static let ms: UInt64 = 1_000_000

  /// Events at milliseconds, then the changes expected with the millisecond from which they are given.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var events: [(UInt64, FileEvent)]
    var expected: [(UInt64, Change)]
    var testDescription: String { name }
  }

  static let a = BytePath("a")
  static let cases: [Case] = [
    Case(name: "a closed file is given after the coalescing time", events: [(0, .completed(a))], expected: [(10, .ready(a))]),
    Case(
      name: "a burst of closes is one report that is not pushed away",
      events: [(0, .completed(a)), (5, .completed(a)), (9, .completed(a))],
      expected: [(10, .ready(a))]),
    Case(
      name: "a file in writing waits until it is quiet", events: [(0, .writing(a)), (600, .writing(a)), (1200, .writing(a))],
      expected: [(2200, .ready(a))]),
    Case(
      name: "the close ends the waiting", events: [(0, .writing(a)), (600, .writing(a)), (700, .completed(a))], expected: [(710, .ready(a))]
    ),
    Case(
      name: "writing anew after the close waits again", events: [(0, .completed(a)), (5, .writing(a))], expected: [(1005, .ready(a))]),
    Case(
      name: "a file deleted and written anew is never gone", events: [(0, .removed(a)), (3, .writing(a)), (6, .completed(a))],
      expected: [(16, .ready(a))]),
    Case(name: "a deleted file is gone", events: [(0, .writing(a)), (3, .removed(a))], expected: [(13, .removed(a))]),
    Case(
      name: "a change of mode does not end the waiting", events: [(0, .writing(a)), (3, .touched(a))], expected: [(1000, .ready(a))]),
    Case(name: "a change of mode alone is told", events: [(0, .touched(a))], expected: [(10, .touched(a))]),
    Case(
      name: "a tree goes before the files that came back", events: [(0, .completed(BytePath("d/x"))), (0, .removedTree(BytePath("d")))],
      expected: [(10, .removedTree(BytePath("d"))), (10, .ready(BytePath("d/x")))]),
    Case(
      name: "endless writing is given at the end of patience", events: (0..<40).map { ($0 * 900, .writing(a)) },
      expected: [(30000, .ready(a)), (36100, .ready(a))]),
  ]

  @Test(arguments: cases)
  func changesComeWhenDue(_ example: Case) {
    var debouncer = Debouncer()
    var events = example.events[...]
    var given: [(UInt64, Change)] = []
    for now in 0...40000 as ClosedRange<UInt64> {
      while let next = events.first, next.0 == now {
        debouncer.note(next.1, at: now * Self.ms)
        events.removeFirst()
      }
      if let deadline = debouncer.deadline, deadline <= now * Self.ms {
        for change in debouncer.take(at: now * Self.ms) { given.append((now, change)) }
      }
    }
    #expect(given.map(\.0) == example.expected.map(\.0))
    #expect(given.map(\.1) == example.expected.map(\.1))
    #expect(debouncer.isEmpty)
  }

  @Test func everyFileOfAStormIsGivenOnce() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    var debouncer = Debouncer()
    var touched: Set<BytePath> = []
    var last: [BytePath: UInt64] = [:]
    var given: [BytePath: UInt64] = [:]
    var now: UInt64 = 0
    for _ in 0..<5000 {
      now += UInt64.random(in: 0...3, using: &random) * Self.ms
      let path = BytePath("f\(Int.random(in: 0..<50, using: &random))")
      touched.insert(path)
      last[path] = now
      debouncer.note(Bool.random(using: &random) ? .writing(path) : .completed(path), at: now)
      for case .ready(let path) in debouncer.take(at: now) { given[path] = now }
    }
    for case .ready(let path) in debouncer.take(at: now + 2_000 * Self.ms) { given[path] = now + 2_000 * Self.ms }
    #expect(Set(given.keys) == touched, "seed \(seed)")
    // Nothing is forgotten: after the last event of a file there is a report of it.
    #expect(given.allSatisfy { last[$0.key]! <= $0.value }, "seed \(seed)")
  }
}

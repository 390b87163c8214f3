import TestSupport
import Testing

@testable import Xapian

@Suite struct TermWalkTests {
  @Test func walksGoWhereTheySay() throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let folder = TemporaryFolder()
    var writer = try WritableDatabase(path: folder.file(), unsynced: true)
    var terms: Set<[UInt8]> = []
    for _ in 0..<400 {
      terms.insert((0..<Int.random(in: 1...4, using: &random)).map { _ in UInt8.random(in: 0x61...0x66, using: &random) })
    }
    var document = Document()
    for term in terms { document.addTerm(term) }
    try writer.add(document)
    try writer.close()
    let reader = try Database(path: folder.file())
    let sorted = terms.sorted { $0.lexicographicallyPrecedes($1) }
    for _ in 0..<200 {
      let prefix = (0..<Int.random(in: 0...2, using: &random)).map { _ in UInt8.random(in: 0x61...0x67, using: &random) }
      let from = Int.random(in: 0...1, using: &random) == 0 ? [] : prefix + [UInt8.random(in: 0x61...0x67, using: &random)]
      let own = sorted.filter { $0.starts(with: prefix) && !$0.lexicographicallyPrecedes(from) }
      // A seed for the jumps, so that the walk and its model make the same ones.
      let jumps = UInt64.random(in: 0...UInt64.max, using: &random)
      func step(_ term: [UInt8], _ random: inout SeededRandom) -> TermStep {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .stop
        case 1...4: .seek((0..<3).map { _ in UInt8.random(in: 0x61...0x67, using: &random) })
        default: .proceed
        }
      }
      var walked: [[UInt8]] = []
      var own1 = SeededRandom(seed: jumps)
      try reader.walkTerms(prefix: prefix, from: from) {
        walked.append(Array($0))
        return step(Array($0), &own1)
      }
      var expected: [[UInt8]] = []
      var own2 = SeededRandom(seed: jumps)
      var index = 0
      loop: while index < own.count {
        expected.append(own[index])
        switch step(own[index], &own2) {
        case .stop: break loop
        case .proceed: index += 1
        case .seek(let term): index = max(index + 1, own.firstIndex { !$0.lexicographicallyPrecedes(term) } ?? own.count)
        }
      }
      #expect(walked == expected, "seed \(seed), prefix \(prefix), from \(from)")
    }
  }
}

import TestSupport
import Testing
import Xapian

@Suite struct TermNumbersTests {
  @Test func manyTermsKeepTheirNumbers() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var numbers = TermNumbers()
    var model: [[UInt8]: Int] = [:]
    for _ in 0..<20_000 {
      let term = (0..<Int.random(in: 0...3, using: &random)).map { _ in UInt8.random(in: 0...40, using: &random) }
      let number = term.withUnsafeBufferPointer { numbers.number(of: $0) }
      #expect(number == model[term, default: model.count], "seed \(seed)")
      model[term] = number
      #expect(Array(numbers[number]) == term && numbers.known(term) == number, "seed \(seed)")
    }
    #expect(numbers.known([200]) == nil)
  }
}

import Synchronization
import Testing

@testable import Engine

@Suite struct SpareCoresTests {
  @Test func everyPartIsDoneOnceAndComesInItsPlace() {
    let cores = SpareCores(4, leastDocuments: 0)
    for count in [1, 2, 7, 40] {
      let times = Mutex([Int](repeating: 0, count: count))
      let work = cores.begin(count) { number in
        times.withLock { $0[number] += 1 }
        return number * number
      }
      #expect(work.parts() == (0..<count).map { $0 * $0 })
      #expect(times.withLock { $0.allSatisfy { $0 == 1 } })
    }
    #expect(cores.begin(0) { $0 }.parts().isEmpty)
  }

  @Test func nothingIsHandedOverWhereAllCoresAreBusy() {
    let cores = SpareCores(1, leastDocuments: 10)
    #expect(cores.areWorth(10) && !cores.areWorth(9))
    cores.takeOne()
    #expect(!cores.areWorth(1_000_000))
    // It is done all the same, by whoever asks.
    #expect(cores.begin(3) { $0 }.parts() == [0, 1, 2])
    cores.giveBack()
    #expect(cores.areWorth(10))
  }
}

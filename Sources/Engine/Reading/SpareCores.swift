// Processor cores that have nothing to do while a query has much to do: a query that touches a large part of the index is answered by
// several of them. Where all cores have queries of their own nothing is handed over, since that would only cost.
import Dispatch
import Synchronization

final class SpareCores: Sendable {
  private let spare: Atomic<Int>
  private let leastDocuments: Int

  /// - Parameters:
  ///   - cores: of the machine that may work for queries.
  ///   - leastDocuments: what touches fewer is done sooner than handed over.
  init(_ cores: Int, leastDocuments: Int) {
    spare = Atomic(cores)
    self.leastDocuments = leastDocuments
  }

  /// A query begins on a core of its own.
  func takeOne() { spare.subtract(1, ordering: .relaxed) }

  func giveBack() { spare.add(1, ordering: .relaxed) }

  /// Whether something that touches so many documents is to be handed over now.
  func areWorth(_ documents: Int) -> Bool { documents >= leastDocuments && spare.load(ordering: .relaxed) > 0 }

  /// Begins with several parts of a query's work on cores that are spare.
  /// - Parameter part: called once with each number below `count`, on any thread.
  func begin<Part: Sendable>(_ count: Int, _ part: @escaping @Sendable (Int) -> Part) -> PartedWork<Part> {
    let work = PartedWork(count, part)
    for _ in 0..<count {
      guard claim() else { break }
      DispatchQueue.global(qos: .userInitiated).async {
        work.help()
        self.giveBack()
      }
    }
    return work
  }

  private func claim() -> Bool {
    var free = spare.load(ordering: .relaxed)
    while free > 0 {
      let (isDone, now) = spare.weakCompareExchange(expected: free, desired: free - 1, ordering: .relaxed)
      if isDone { return true }
      free = now
    }
    return false
  }
}

/// Work in numbered parts, which whoever has time takes one after the other.
final class PartedWork<Part: Sendable>: Sendable {
  private struct State {
    var next = 0
    var parts: [Part?]
    var missing: Int
  }

  private let state: Mutex<State>
  private let part: @Sendable (Int) -> Part
  private let isComplete = DispatchSemaphore(value: 0)

  fileprivate init(_ count: Int, _ part: @escaping @Sendable (Int) -> Part) {
    state = Mutex(State(parts: Array(repeating: nil, count: count), missing: count))
    self.part = part
  }

  /// Does parts that nobody has begun until there are none.
  fileprivate func help() {
    while let number = take() {
      let done = part(number)
      let isLast = state.withLock { state in
        state.parts[number] = done
        state.missing -= 1
        return state.missing == 0
      }
      if isLast { isComplete.signal() }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < state.parts.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// All parts, in order of their numbers. Those that nobody has begun are done here; asked for once.
  func parts() -> [Part] {
    help()
    if !state.withLock({ $0.parts.isEmpty }) { isComplete.wait() }
    return state.withLock { $0.parts.compactMap { $0 } }
  }
}

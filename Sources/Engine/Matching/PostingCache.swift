// Decoded posting lists, shared by all readers within a budget of memory.
import Synchronization

final class PostingCache: Sendable {
  private struct Entry {
    var list: PostingList
    /// The tick of the last query that used it.
    var used: UInt64
  }

  private struct State {
    var lists: [[UInt8]: Entry] = [:]
    var lengths: DocumentLengths?
    var bytes = 0
    /// Bytes that they may have.
    var budget: Int
    var tick: UInt64 = 0

    /// Bytes that one list may have: a quarter of the memory, not all of it.
    var most: Int { budget / 4 }
  }

  private let state: Mutex<State>
  private let whole: PostingBudget
  /// Whether there is any; 0 bytes turn matching in memory off.
  let isOn: Bool
  /// The words of passages that were looked at closely: an eighth of what an index of any size has.
  let vectors: TermVectorCache

  /// Matches of a query from which on the best are looked for without weighing the others.
  let leastPruned: Int

  init(budget whole: PostingBudget, leastPruned: Int = IndexLimits().leastPruned) {
    self.leastPruned = leastPruned
    self.whole = whole
    let budget = whole.bytes(passages: 0)
    isOn = budget / 8 * 7 > 0
    state = Mutex(State(budget: budget - whole.vectors))
    vectors = TermVectorCache(budget: whole.vectors)
  }

  convenience init(budget: Int, leastPruned: Int = IndexLimits().leastPruned) {
    self.init(budget: PostingBudget(budget), leastPruned: leastPruned)
  }

  /// Makes the room what an index of so many passages has.
  func fit(passages: Int) {
    let bytes = whole.bytes(passages: passages) - whole.vectors
    state.withLock { $0.budget = bytes }
  }

  /// Bytes that posting lists and the words of passages may have.
  var limit: Int { budget + whole.vectors }
  /// Bytes that posting lists may have.
  var budget: Int { state.withLock { $0.budget } }
  /// Bytes that one list may have.
  var most: Int { state.withLock { $0.most } }
  /// Bytes in use, without the lengths of documents.
  var bytes: Int { state.withLock { $0.bytes } + vectors.bytes }

  /// The postings of a term, at whatever revision they were decoded.
  func list(of term: [UInt8]) -> PostingList? {
    state.withLock { state in
      state.tick += 1
      state.lists[term]?.used = state.tick
      return state.lists[term]?.list
    }
  }

  /// Keeps the postings of a term, unless it has newer ones.
  /// - Returns: whether it has them or newer ones now.
  @discardableResult
  func keep(_ list: PostingList, of term: [UInt8]) -> Bool {
    state.withLock { state in
      guard list.bytes <= state.most else { return false }
      if let old = state.lists[term] {
        guard old.list.revision < list.revision else { return true }
        state.bytes -= old.list.bytes
      }
      state.lists[term] = Entry(list: list, used: state.tick)
      state.bytes += list.bytes
      if state.bytes > state.budget { Self.shrink(&state, to: state.budget / 8 * 7) }
      return true
    }
  }

  /// Gives up the postings of a term.
  func forget(_ term: [UInt8]) { state.withLock { state in state.bytes -= state.lists.removeValue(forKey: term)?.list.bytes ?? 0 } }

  private static func shrink(_ state: inout State, to wanted: Int) {
    for (term, entry) in state.lists.sorted(by: { $0.value.used < $1.value.used }) {
      if state.bytes <= wanted { return }
      state.lists[term] = nil
      state.bytes -= entry.list.bytes
    }
  }

  var lengths: DocumentLengths? { state.withLock { $0.lengths } }

  func keep(_ lengths: DocumentLengths) {
    state.withLock { state in if (state.lengths?.revision ?? 0) < lengths.revision { state.lengths = lengths } }
  }
}

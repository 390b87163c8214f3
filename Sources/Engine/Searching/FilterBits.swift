// The documents that filters accept, kept for one revision: whoever goes through the pages and facets of a search asks for the same filters
// again and again.
import ArasAPI
import Synchronization

final class FilterBits: Sendable {
  struct Key: Hashable {
    var field: FilterField
    var value: FilterValue
    /// What relative dates are told from; 0 for other fields.
    var today: Int
    /// Whether all documents of an article count of which any is accepted.
    var wholeArticles = false
  }

  private struct State {
    var entries: [Key: (bits: DocumentBits, used: Int)] = [:]
    var tick = 0
  }

  private let state = Mutex(State())
  /// A bit a document each.
  private static let most = 32

  /// What a filter accepts; `find` is asked when it is not known.
  func bits(_ key: Key, find: () throws -> DocumentBits) rethrows -> DocumentBits {
    let known = state.withLock { state in
      state.tick += 1
      state.entries[key]?.used = state.tick
      return state.entries[key]?.bits
    }
    if let known { return known }
    let bits = try find()
    state.withLock { state in
      if state.entries.count >= Self.most, let oldest = state.entries.min(by: { $0.value.used < $1.value.used }) {
        state.entries[oldest.key] = nil
      }
      state.entries[key] = (bits, state.tick)
    }
    return bits
  }
}

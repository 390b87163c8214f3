// Whole results, kept for who asks the same again: a page that many look at, a panel that asks every few seconds. A result is good for one
// state of the index; the first request after a commit throws all of them away.
import ArasAPI
import Synchronization

final class ResultCache: Sendable {
  struct Key: Hashable {
    enum Kind { case search, count, facets }

    var kind: Kind
    /// As it was read: what it leaves out is there with its default. How long it may take makes no other result.
    var request: SearchRequest
    /// See `Search.like`.
    var like: String?
    /// What relative dates are told from.
    var today: Int

    init(_ kind: Kind, _ request: SearchRequest, like: String? = nil, today: Int) {
      self.kind = kind
      self.request = request
      self.request.timeoutMs = 0
      self.like = like
      self.today = today
    }
  }

  private struct Entry {
    var result: any Sendable
    var bytes: Int
    /// The tick of the last request for it.
    var used: UInt64
  }

  private struct State {
    /// The serial number of the snapshot that the entries are of.
    var serial: UInt64 = 0
    var entries: [Key: Entry] = [:]
    var bytes = 0
    var tick: UInt64 = 0
    var hits = 0
    var misses = 0
  }

  private let state = Mutex(State())
  /// Bytes of the results as they are sent; 0 keeps none.
  let budget: Int

  init(budget: Int) { self.budget = budget }

  var isOn: Bool { budget > 0 }

  var statistics: ResultCacheStatistics {
    state.withLock {
      ResultCacheStatistics(budget: budget, bytes: $0.bytes, results: $0.entries.count, hits: $0.hits, misses: $0.misses)
    }
  }

  func result<Result: Sendable>(_ key: Key, at snapshot: Snapshot, as type: Result.Type = Result.self) -> Result? {
    state.withLock { state in
      state.tick += 1
      guard state.serial == snapshot.serial, let known = state.entries[key]?.result as? Result else {
        state.misses += 1
        return nil
      }
      state.entries[key]?.used = state.tick
      state.hits += 1
      return known
    }
  }

  /// - Parameter snapshot: what the result was found in.
  func keep(_ result: some Sendable & JSONWritable, _ key: Key, at snapshot: Snapshot) {
    var writer = JSONWriter()
    result.write(to: &writer)
    let bytes = writer.count
    // One result may take a quarter of the memory, not all of it.
    guard bytes <= budget / 4 else { return }
    state.withLock { state in
      guard state.serial <= snapshot.serial else { return }
      if state.serial < snapshot.serial {
        state.serial = snapshot.serial
        state.entries.removeAll()
        state.bytes = 0
      }
      state.bytes += bytes - (state.entries[key]?.bytes ?? 0)
      state.entries[key] = Entry(result: result, bytes: bytes, used: state.tick)
      if state.bytes > budget { Self.shrink(&state, to: budget / 8 * 7) }
    }
  }

  private static func shrink(_ state: inout State, to wanted: Int) {
    for (key, entry) in state.entries.sorted(by: { $0.value.used < $1.value.used }) {
      if state.bytes <= wanted { return }
      state.entries[key] = nil
      state.bytes -= entry.bytes
    }
  }
}

/// What became of the requests whose results might have been kept, since the start.
package struct ResultCacheStatistics: Sendable {
  /// Bytes.
  package var budget: Int
  package var bytes: Int
  package var results: Int
  package var hits: Int
  package var misses: Int
}

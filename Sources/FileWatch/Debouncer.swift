// When a change may be reported: bursts become one report, and a file still being written waits until it is closed or quiet.

/// Collects events of files and gives them out as changes when they are due. Time goes in, in nanoseconds of any steady clock.
///
/// A file closed after writing or moved in is due after `coalesce`; a file being written without a close waits until nothing was
/// written for `quiet`, at most `patience` from its first event. A removal is held for `coalesce` too, so that a file replaced by
/// "delete, then write anew" is not seen as gone.
package struct Debouncer: Sendable {
  package struct Delays: Sendable {
    package var coalesce: UInt64
    package var quiet: UInt64
    package var patience: UInt64

    package init(coalesce: UInt64 = 10_000_000, quiet: UInt64 = 1_000_000_000, patience: UInt64 = 30_000_000_000) {
      self.coalesce = coalesce
      self.quiet = quiet
      self.patience = patience
    }
  }

  private enum State {
    case writing, completed, touched, removed, removedTree
  }

  private struct Pending {
    var state: State
    var due: UInt64
    var first: UInt64
  }

  package var delays: Delays
  private var pending: [BytePath: Pending] = [:]
  private var trees: [BytePath: Pending] = [:]
  /// No pending change is due before this.
  private var earliest = UInt64.max

  package init(delays: Delays = .init()) {
    self.delays = delays
  }

  package var isEmpty: Bool { pending.isEmpty && trees.isEmpty }

  /// When `take` is worth calling next; nil when nothing is pending.
  package var deadline: UInt64? { earliest == .max ? nil : earliest }

  /// Takes note of an event.
  package mutating func note(_ event: FileEvent, at now: UInt64) {
    switch event {
    case .writing(let path): put(path, .writing, at: now, after: delays.quiet)
    case .completed(let path): put(path, .completed, at: now, after: delays.coalesce)
    case .removed(let path): put(path, .removed, at: now, after: delays.coalesce)
    case .touched(let path):
      // A change of mode says nothing of whether the writing is done.
      if pending[path] == nil { put(path, .touched, at: now, after: delays.coalesce) }
    case .removedTree(let path):
      let entry = Pending(state: .removedTree, due: now + delays.coalesce, first: now)
      trees[path] = entry
      earliest = min(earliest, entry.due)
    }
  }

  /// The changes that are due, trees that went away first, then files by path.
  package mutating func take(at now: UInt64) -> [Change] {
    guard now >= earliest else { return [] }
    var changes: [Change] = []
    for path in trees.filter({ $0.value.due <= now }).keys.sorted() {
      trees[path] = nil
      changes.append(.removedTree(path))
    }
    for (path, entry) in pending.filter({ $0.value.due <= now }).sorted(by: { $0.key < $1.key }) {
      pending[path] = nil
      switch entry.state {
      case .writing, .completed: changes.append(.ready(path))
      case .touched: changes.append(.touched(path))
      case .removed, .removedTree: changes.append(.removed(path))
      }
    }
    earliest = min(pending.values.map(\.due).min() ?? .max, trees.values.map(\.due).min() ?? .max)
    return changes
  }

  /// Forgets everything pending: a comparison of the whole tree takes its place.
  package mutating func removeAll() {
    pending.removeAll(keepingCapacity: true)
    trees.removeAll()
    earliest = .max
  }

  private mutating func put(_ path: BytePath, _ state: State, at now: UInt64, after delay: UInt64) {
    let old = pending[path]
    let first = old?.first ?? now
    var due = now + delay
    switch state {
    case .writing:
      due = min(due, max(first + delays.patience, now))
    case .completed where old?.state == .completed, .removed where old?.state == .removed:
      // A burst of closes does not push the report away.
      due = min(due, old?.due ?? due)
    default: break
    }
    pending[path] = Pending(state: state, due: due, first: first)
    earliest = min(earliest, due)
  }
}

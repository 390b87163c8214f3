// The articles that wait to be tagged again: a state that tasks share, and that knows what of it is not yet durable.
import Synchronization

final class RetagQueue: Sendable {
  fileprivate struct State {
    /// In the order in which they came; what is before `head` was taken.
    var waiting: [String] = []
    var head = 0
    /// Of those, ones that wait.
    var members: Set<String> = []
    /// Taken, written, and not committed.
    var underWay: [String] = []
    /// Committed since nothing waited, and when the first began to wait.
    var done = 0
    var began: UInt64 = 0
    /// Registries that are being taken up: what they touch is not known yet.
    var adoptions = 0
    /// Fingerprint of the registry by which everything is tagged when nothing waits.
    var target: String
    /// Whether the tags of the whole index are unknown.
    var needsAll: Bool
  }

  private let state: Mutex<State>

  /// - Parameter needsAll: whether the tags in the index were made by another registry than this.
  init(target: String, needsAll: Bool) { state = Mutex(State(target: target, needsAll: needsAll)) }

  /// Articles that are still to be tagged.
  var count: Int { state.withLock { $0.members.count + $0.underWay.count } }

  /// Of those, ones that nobody has taken.
  var waiting: Int { state.withLock { $0.members.count } }

  /// Whether everything has to be tagged, whatever changes.
  var needsAll: Bool { state.withLock { $0.needsAll } }

  func beginAdoption() { state.withLock { $0.adoptions += 1 } }

  /// Ends one that left things as they are.
  func endAdoption() { state.withLock { $0.adoptions -= 1 } }

  /// Ends one that failed on its way: nobody knows what it touched, so the next touches all.
  func endAdoptionInDoubt() {
    state.withLock { state in
      state.adoptions -= 1
      state.needsAll = true
    }
  }

  /// - Parameter all: whether `ids` are all articles.
  func endAdoption(of target: String, touching ids: [String], all: Bool) {
    state.withLock { state in
      state.adoptions -= 1
      state.target = target
      if all { state.needsAll = false }
      state.put(ids)
    }
  }

  /// The next articles.
  func take(_ count: Int) -> [String] {
    state.withLock { state in
      var taken: [String] = []
      while taken.count < count, state.head < state.waiting.count {
        let id = state.waiting[state.head]
        state.head += 1
        if state.members.remove(id) != nil { taken.append(id) }
      }
      if state.head == state.waiting.count {
        state.waiting = []
        state.head = 0
      }
      state.underWay += taken
      return taken
    }
  }

  /// Whether nothing is left to take.
  var isDrained: Bool { state.withLock { $0.members.isEmpty } }

  /// What was taken is durable.
  func committed() {
    state.withLock { state in
      state.done += state.underWay.count
      state.underWay = []
    }
  }

  /// What was taken and not committed is lost, and waits again.
  func giveBack() {
    state.withLock { state in
      let ids = state.underWay
      state.underWay = []
      state.put(ids)
    }
  }

  /// The registry by which all articles are tagged once what was taken is committed; nil while any waits.
  var lastTarget: String? {
    state.withLock { $0.members.isEmpty && $0.adoptions == 0 && !$0.needsAll ? $0.target : nil }
  }

  /// How many articles were tagged again since there were none to tag, how many there are in all, and since when; nil when none waits.
  var progress: (done: Int, total: Int, since: UInt64)? {
    state.withLock { state in
      let left = state.members.count + state.underWay.count
      return left == 0 ? nil : (state.done, state.done + left, state.began)
    }
  }
}

extension RetagQueue.State {
  fileprivate mutating func put(_ ids: [String]) {
    if members.isEmpty, underWay.isEmpty {
      done = 0
      began = Clock.now
    }
    for id in ids where members.insert(id).inserted { waiting.append(id) }
  }
}

// What others tell the working task: changes of files, wishes of users, and the end. Merged as it comes, so that it cannot grow past
// the number of files.
import FileWatch
import Synchronization

/// A wish to index anew.
struct ReindexRequest: Sendable {
  var paths: [String]
  var full: Bool
  var reply: CheckedContinuation<Reindex, any Error>
}

/// What a wish to index anew set going.
package struct Reindex: Sendable {
  /// Files to be looked at.
  package var queued: Int
  /// Paths that name nothing in any source.
  package var unknown: [String]
  /// How far it is; ends when everything is looked at and committed. Steps may be left out.
  package var progress: AsyncStream<IngestProgress>
}

/// Thrown to whoever waits for something that will no longer happen.
package struct IngestStopped: Error, CustomStringConvertible {
  package init() {}
  package var description: String { "the daemon is stopping" }
}

/// Work that nothing else of ingest may overlap.
struct ExclusiveWork: Sendable {
  var run: @Sendable () async -> Void
  var refuse: @Sendable () -> Void
}

final class Inbox: Sendable {
  struct Content: Sendable {
    var changed: [FileID: Trigger] = [:]
    var trees: [Int: Set<BytePath>] = [:]
    var rescans: [Int: String] = [:]
    var listed: [Int: Walk] = [:]
    var limited: [Int: String] = [:]
    var lost: [Int: String] = [:]
    var reindex: [ReindexRequest] = []
    var exclusive: [ExclusiveWork] = []
    var isStopping = false
  }

  private struct State {
    var content = Content()
    var hasEnded = false
    var isRaised = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Takes all that has come.
  func take() -> Content {
    state.withLock { state in
      state.isRaised = false
      let content = state.content
      state.content = Content()
      state.content.isStopping = content.isStopping
      return content
    }
  }

  /// Returns when something has come since the last `take`.
  func wait() async {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        if !state.isRaised { state.waiter = continuation }
        return state.isRaised
      }
      if ready { continuation.resume() }
    }
  }

  /// Returns false, having put nothing, when nobody will take it any more.
  @discardableResult
  private func put(_ body: (inout Content) -> Void) -> Bool {
    let (taken, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
      if state.hasEnded { return (false, nil) }
      body(&state.content)
      state.isRaised = true
      defer { state.waiter = nil }
      return (true, state.waiter)
    }
    waiter?.resume()
    return taken
  }

  func put(_ changes: [Change], of source: Int) {
    put { content in
      for change in changes {
        switch change {
        case .ready(let path), .removed(let path): content.changed[FileID(source: source, path: path)] = .written
        case .touched(let path):
          let id = FileID(source: source, path: path)
          content.changed[id] = content.changed[id] ?? .compare
        case .removedTree(let path): content.trees[source, default: []].insert(path)
        case .rescan(let reason):
          content.rescans[source] = reason
          content.lost[source] = nil
        case .limited(let reason): content.limited[source] = reason
        case .listed(let walk): content.listed[source] = walk
        case .lost(let reason):
          content.lost[source] = reason
          content.rescans[source] = nil
          content.listed[source] = nil
        }
      }
    }
  }

  func stop() {
    put { $0.isStopping = true }
  }

  /// Returns false when nobody will take it any more.
  func put(_ request: ReindexRequest) -> Bool {
    put { $0.reindex.append(request) }
  }

  func put(_ work: ExclusiveWork) -> Bool {
    put { $0.exclusive.append(work) }
  }

  /// Refuses what waits and all that comes later.
  func end() {
    let content = state.withLock { state in
      state.hasEnded = true
      defer { state.content = Content() }
      return state.content
    }
    for request in content.reindex { request.reply.resume(throwing: IngestStopped()) }
    for work in content.exclusive { work.refuse() }
  }
}

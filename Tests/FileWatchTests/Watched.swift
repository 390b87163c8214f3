import FileWatch
import TestSupport
import Testing

/// Collects the changes of a watched tree and waits for those expected; records an issue when they do not come.
final class Watched {
  private let watcher: TreeWatcher
  private let continuation: AsyncStream<Change>.Continuation
  private var iterator: AsyncStream<Change>.Iterator
  private(set) var seen: [Change] = []

  convenience init(_ tree: TemporaryTree, filter: TreeFilter = .init(), options: WatchOptions = .init()) throws {
    try self.init(tree.root, filter: filter, options: options)
  }

  /// - Parameter holding: called on the watcher's thread after changes were told.
  init(
    _ root: TreeRoot, filter: TreeFilter = .init(), options: WatchOptions = .init(),
    holding: @escaping @Sendable ([Change]) -> Void = { _ in }
  ) throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Change.self)
    self.continuation = continuation
    iterator = stream.makeAsyncIterator()
    watcher = try TreeWatcher(root: root, filter: filter, options: options) { changes in
      for change in changes { continuation.yield(change) }
      holding(changes)
    }
    try watcher.begin()
  }

  /// Waits until each of the changes has come; others in between are kept in `seen`.
  func expect(_ changes: Change..., sourceLocation: SourceLocation = #_sourceLocation) async {
    var missing = Set(changes)
    await expect(sourceLocation: sourceLocation) { change in
      missing.remove(change)
      return missing.isEmpty
    }
  }

  func expect(sourceLocation: SourceLocation = #_sourceLocation, where matches: (Change) -> Bool) async {
    let alarm = Alarm { [continuation] in continuation.finish() }
    defer { alarm.cancel() }
    while let change = await iterator.next() {
      seen.append(change)
      if matches(change) { return }
    }
    Issue.record("the change waited for did not come; the last were \(seen.suffix(20))", sourceLocation: sourceLocation)
  }

  /// Ends the watcher.
  func stop() async throws {
    try await patiently("the end of the watcher") { [watcher] in await watcher.stop() }
  }
}

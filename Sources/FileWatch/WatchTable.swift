// Which watch stands on which directory, and what each event of the system therefore means.

/// Turns events of watches into events of paths. Pure: what must be done with the system comes out as actions.
struct WatchTable: Sendable {
  enum Action: Sendable, Equatable {
    case report(FileEvent)
    /// A name appeared; only a look at it tells whether its content is complete.
    case look(BytePath)
    /// A directory is there: watch it, then list it and all below.
    case enter(BytePath)
    case unwatch(Int32)
    /// Events were lost: watch everything anew, then compare.
    case rebuild
    /// The root went away or elsewhere.
    case rootLost
  }

  private var paths: [Int32: BytePath] = [:]
  private var watches: [BytePath: Int32] = [:]

  var count: Int { paths.count }

  func watch(of directory: BytePath) -> Int32? { watches[directory] }

  /// Notes that a watch stands on a directory. A watch known under another path has moved with its directory.
  mutating func add(_ watch: Int32, on directory: BytePath) {
    if let old = paths[watch], old != directory { watches[old] = nil }
    if let old = watches[directory], old != watch { paths[old] = nil }
    paths[watch] = directory
    watches[directory] = watch
  }

  /// Forgets every watch; returns them, to be taken from the system.
  mutating func removeAll() -> [Int32] {
    defer {
      paths = [:]
      watches = [:]
    }
    return paths.keys.sorted()
  }

  /// What an event means. Events of watches no longer known are late and mean nothing.
  mutating func handle(_ event: InotifyEvent) -> [Action] {
    if event.mask.contains(.overflow) { return [.rebuild] }
    guard let directory = paths[event.watch] else { return [] }
    if event.mask.contains(.ignored) {
      forget(event.watch)
      return directory.isRoot ? [.rootLost] : []
    }
    if !event.mask.isDisjoint(with: [.deleteSelf, .moveSelf, .unmount]) {
      // Of a directory below the root, the watch on the one above tells.
      return directory.isRoot ? [.rootLost] : event.mask.contains(.unmount) ? leave(directory) : []
    }
    if event.name.isEmpty { return [] }
    let path = directory.appending(event.name)
    return event.mask.contains(.directory) ? directoryActions(event.mask, path) : fileActions(event.mask, path)
  }

  private mutating func directoryActions(_ mask: InotifyEvent.Mask, _ path: BytePath) -> [Action] {
    if !mask.isDisjoint(with: [.movedFrom, .delete]) { return leave(path) }
    // A change of mode may open a directory that could not be read.
    if !mask.isDisjoint(with: [.movedTo, .create, .attributes]) { return [.enter(path)] }
    return []
  }

  private func fileActions(_ mask: InotifyEvent.Mask, _ path: BytePath) -> [Action] {
    if !mask.isDisjoint(with: [.movedFrom, .delete]) { return [.report(.removed(path))] }
    if !mask.isDisjoint(with: [.closeWrite, .movedTo]) { return [.report(.completed(path))] }
    if mask.contains(.create) { return [.look(path)] }
    if mask.contains(.modify) { return [.report(.writing(path))] }
    if mask.contains(.attributes) { return [.report(.touched(path))] }
    return []
  }

  private mutating func leave(_ directory: BytePath) -> [Action] {
    var actions: [Action] = [.report(.removedTree(directory))]
    guard watches[directory] != nil else { return actions }
    let gone = watches.filter { $0.key == directory || $0.key.isUnder(directory) }
    for watch in gone.values.sorted() {
      forget(watch)
      actions.append(.unwatch(watch))
    }
    return actions
  }

  private mutating func forget(_ watch: Int32) {
    guard let path = paths.removeValue(forKey: watch) else { return }
    if watches[path] == watch { watches[path] = nil }
  }
}

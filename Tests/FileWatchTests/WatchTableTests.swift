import Testing

@testable import FileWatch

@Suite struct WatchTableTests {
  private func event(_ watch: Int32, _ mask: InotifyEvent.Mask, _ name: String = "") -> InotifyEvent {
    InotifyEvent(watch: watch, mask: mask, name: Array(name.utf8))
  }

  private func expect(_ actions: [WatchTable.Action], _ expected: [WatchTable.Action], at location: SourceLocation = #_sourceLocation) {
    #expect(actions == expected, sourceLocation: location)
  }

  private func table() -> WatchTable {
    var table = WatchTable()
    table.add(1, on: .root)
    table.add(2, on: BytePath("d"))
    table.add(3, on: BytePath("d/e"))
    table.add(4, on: BytePath("de"))
    return table
  }

  static let meanings: [(InotifyEvent.Mask, WatchTable.Action)] = [
    (InotifyEvent.Mask.create, WatchTable.Action.look(BytePath("d/f"))),
    (.modify, .report(.writing(BytePath("d/f")))),
    (.closeWrite, .report(.completed(BytePath("d/f")))),
    (.movedTo, .report(.completed(BytePath("d/f")))),
    (.movedFrom, .report(.removed(BytePath("d/f")))),
    (.delete, .report(.removed(BytePath("d/f")))),
    (.attributes, .report(.touched(BytePath("d/f")))),
    ([.create, .directory], .enter(BytePath("d/f"))),
    ([.movedTo, .directory], .enter(BytePath("d/f"))),
    ([.delete, .directory], .report(.removedTree(BytePath("d/f")))),
  ]

  @Test(arguments: meanings)
  func anEventMeansOneThing(_ meaning: (mask: InotifyEvent.Mask, action: WatchTable.Action)) {
    var table = table()
    expect(table.handle(event(2, meaning.mask, "f")), [meaning.action])
  }

  @Test func aFolderMovedAwayIsNoLongerWatched() {
    var table = table()
    expect(table.handle(event(1, [.movedFrom, .directory], "d")), [.report(.removedTree(BytePath("d"))), .unwatch(2), .unwatch(3)])
    // What comes late from its watches means nothing.
    expect(table.handle(event(3, .closeWrite, "x")), [])
    expect(table.handle(event(3, .ignored)), [])
    #expect(table.count == 2)
  }

  @Test func aWatchFoundUnderANewPathHasMoved() {
    var table = table()
    table.add(2, on: BytePath("moved"))
    expect(table.handle(event(2, .closeWrite, "x")), [.report(.completed(BytePath("moved/x")))])
    // The late news of the old name leave the moved one alone.
    expect(table.handle(event(1, [.movedFrom, .directory], "d")), [.report(.removedTree(BytePath("d")))])
    expect(table.handle(event(2, .closeWrite, "y")), [.report(.completed(BytePath("moved/y")))])
  }

  @Test func overflowAndTheEndOfTheRootAreTold() {
    var table = table()
    expect(table.handle(event(-1, .overflow)), [.rebuild])
    expect(table.handle(event(1, .moveSelf)), [.rootLost])
    expect(table.handle(event(2, .deleteSelf)), [])
    expect(table.handle(event(2, .ignored)), [])
    #expect(table.watch(of: BytePath("d")) == nil)
  }
}

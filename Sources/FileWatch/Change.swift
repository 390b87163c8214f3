// The changes of a tree, first as the system tells them and then as they are reported.

/// What one event of the system says of a path.
package enum FileEvent: Sendable, Hashable {
  /// It appeared or its content changes, and whoever writes it has not closed it yet.
  case writing(BytePath)
  /// It is whole: closed after writing, moved in, or found by a listing.
  case completed(BytePath)
  /// Its owner, mode or times changed, not its content.
  case touched(BytePath)
  case removed(BytePath)
  /// A directory went away with everything in it.
  case removedTree(BytePath)
}

/// A change as reported to whoever watches a tree.
package enum Change: Sendable, Hashable {
  /// A file is there and may be read.
  case ready(BytePath)
  /// A file's owner, mode or times changed.
  case touched(BytePath)
  case removed(BytePath)
  /// A directory went away with everything in it.
  case removedTree(BytePath)
  /// The tree must be compared as a whole: watches stand now, and what happened before (the start, or an overflow) is not known.
  case rescan(String)
  /// Changes are no longer told by the system alone: the tree is polled, for this reason.
  case limited(String)
  /// What a polled tree holds now. Told at every look, changed or not: differences between two looks would hide a file that was read in
  /// between, while it stood elsewhere, so whoever read it compares what was read.
  case listed(Walk)
  /// The root of the tree is not there; a rescan follows when it is back.
  case lost(String)
}

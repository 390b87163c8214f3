// Which files of a tree count: what the user includes and excludes, and what nobody means to search.

/// The rule that decides, by its path alone, whether a file counts and whether a directory is entered.
package struct TreeFilter: Sendable {
  /// Files to take; empty takes all.
  package var include: [Glob]
  /// Files and directories to leave out; stronger than `include`.
  package var exclude: [Glob]
  /// Whether names that start with a dot count.
  package var hidden: Bool
  /// The one file that counts, when a source is a single file: the tree is then its directory, not entered further.
  package var onlyName: [UInt8]?

  /// Directories that are trees of their own, watched and walked as such.
  package var apart: Set<BytePath> = []

  package init(include: [String] = [], exclude: [String] = [], hidden: Bool = false, onlyName: [UInt8]? = nil) {
    self.include = include.map(Glob.init)
    self.exclude = exclude.map(Glob.init)
    self.hidden = hidden
    self.onlyName = onlyName
  }

  /// Folders of version control, left out even where hidden ones count.
  private static let versionControl: Set<[UInt8]> = Set(
    [".git", ".hg", ".svn", ".bzr", ".jj", "CVS", "_darcs", ".pijul"].map { Array($0.utf8) })

  /// Files that editors and downloads keep beside the real one while they work.
  private static let unfinished = ["*~", "#*#", "*.swp", "*.swx", "*.tmp", "*.part", "*.partial", "*.crdownload"].map(Glob.init)

  /// Whether a file counts, its directory having been entered.
  package func takes(file path: BytePath) -> Bool {
    if let onlyName { return path.bytes == onlyName }
    if leavesOut(path) || TreeFilter.unfinished.contains(where: { $0.matches(path) }) { return false }
    return include.isEmpty || include.contains { $0.matches(path) || matchesParent($0, of: path) }
  }

  /// Whether a directory is entered, the one above having been entered.
  package func enters(directory path: BytePath) -> Bool {
    if path.isRoot { return true }
    return onlyName == nil && !apart.contains(path) && !leavesOut(path)
  }

  /// Whether a file counts, judged from the root down.
  package func takesFromRoot(file path: BytePath) -> Bool {
    guard takes(file: path) else { return false }
    var directory = path.parent
    while let next = directory {
      if !enters(directory: next) { return false }
      directory = next.parent
    }
    return true
  }

  private func leavesOut(_ path: BytePath) -> Bool {
    let name = path.name
    if !hidden, name.first == UInt8(ascii: ".") { return true }
    if TreeFilter.versionControl.contains(Array(name)) { return true }
    return exclude.contains { $0.matches(path) }
  }

  /// Whether a pattern names one of the directories above, which takes all that they hold.
  private func matchesParent(_ glob: Glob, of path: BytePath) -> Bool {
    var directory = path.parent
    while let next = directory, !next.isRoot {
      if glob.matches(next) { return true }
      directory = next.parent
    }
    return false
  }
}

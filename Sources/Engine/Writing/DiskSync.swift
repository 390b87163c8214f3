// When what was committed reaches the disk. A commit is seen at once and waits for nothing; a moment later everything is written through,
// behind the back of who saved and searched.
//
// A process that is killed loses nothing by that: what it wrote is the system's. Only a machine that stops in between can leave files
// behind of which some are newer than others. So while anything waits a note lies beside the tables, with the name of the machine's run;
// an index whose note is of another run is set aside and built again from its files, which are the truth.
import Dispatch
import Glibc
import Synchronization

final class DiskSync: Sendable {
  private struct State {
    /// Commits so far.
    var commits: UInt64 = 0
    var isWaiting = false
    var isClosed = false
  }

  private let directory: String
  /// Names the run of the machine; nil where it cannot be known.
  private let run: String?
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "aras.sync", qos: .utility)

  /// Between a commit and the writing through.
  private let delay: DispatchTimeInterval
  private static let runPath = "/proc/sys/kernel/random/boot_id"

  /// - Parameters:
  ///   - directory: of the database.
  ///   - delay: between a commit and the writing through.
  init(directory: String, delay: DispatchTimeInterval = .seconds(1)) {
    self.directory = directory
    self.delay = delay
    run = Self.text(of: Self.runPath)
    if access(Self.notePath(directory), F_OK) == 0 { noteCommit() }
  }

  private static func notePath(_ directory: String) -> String { directory + "/unsynced" }

  /// Whether the machine stopped before everything that was committed was on the disk.
  static func isInDoubt(_ directory: String) -> Bool {
    guard let noted = text(of: notePath(directory)) else { return false }
    return noted != text(of: runPath)
  }

  /// To be called after each commit.
  func noteCommit() {
    guard run != nil else {
      // A stop of the machine could not be told: the commit waits for the disk.
      _ = Self.writeThrough(directory)
      return
    }
    let begins = state.withLock { state in
      state.commits += 1
      defer { state.isWaiting = true }
      return !state.isWaiting && !state.isClosed
    }
    guard begins else { return }
    queue.async { self.writeNote() }
    queue.asyncAfter(deadline: .now() + delay) { self.catchUp() }
  }

  /// To be called when other files have taken the place of those that a commit wrote, before it is noted: the note has gone with them.
  func noteMove() {
    if state.withLock({ $0.isWaiting }) { queue.async { self.writeNote() } }
  }

  /// Writes everything through, and waits for it.
  func finish() {
    state.withLock { $0.isClosed = true }
    queue.sync {
      if Self.writeThrough(directory) { unlinkNote() }
    }
  }

  private func catchUp() {
    let (seen, isClosed) = state.withLock { ($0.commits, $0.isClosed) }
    if isClosed { return }
    let isDone = Self.writeThrough(directory)
    let isCaughtUp = state.withLock { state in
      guard isDone, state.commits == seen else { return false }
      state.isWaiting = false
      return true
    }
    // A commit that comes from here on writes a note of its own, behind this on the queue.
    if isCaughtUp { unlinkNote() } else { queue.asyncAfter(deadline: .now() + delay) { self.catchUp() } }
  }

  private func writeNote() {
    guard let run else { return }
    let file = open(Self.notePath(directory), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    let bytes = Array(run.utf8)
    _ = write(file, bytes, bytes.count)
    _ = fsync(file)
    close(file)
    _ = Self.sync(directory)
  }

  private func unlinkNote() {
    unlink(Self.notePath(directory))
    _ = Self.sync(directory)
  }

  /// Waits until every file of a folder is on the disk.
  private static func writeThrough(_ directory: String) -> Bool {
    guard let names = FolderNames.all(in: directory) else { return false }
    var isDone = true
    for name in names {
      // A file that is gone by now has nothing to be written.
      if !sync(directory + "/" + name), errno != ENOENT { isDone = false }
    }
    return sync(directory) && isDone
  }

  private static func sync(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }

  /// The first line of a small file; nil where there is none.
  private static func text(of path: String) -> String? {
    SmallFile.contents(path).map { String(decoding: $0.prefix { $0 > 0x20 }, as: UTF8.self) }
  }
}

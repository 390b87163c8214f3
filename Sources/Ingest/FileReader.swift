// Reads a whole file, and knows whether it was whole: the same before and after, and nobody writing it.
import FileWatch
import Glibc

/// What came of reading a file.
enum ReadResult {
  case content([UInt8], FileStatus)
  /// It is in the middle of a change; reading it later will tell more.
  case unsettled
  case gone
  case failed(String)
}

/// Whether we are allowed to read a file; its content may be the same and yet no longer ours to show.
func mayRead(_ path: [UInt8]) -> Bool {
  withCPath(path) { access($0, R_OK) == 0 }
}

enum FileReader {
  /// Where the system cannot say whether somebody writes, a file changed less than this before counts as being written.
  static let quiet: Int64 = 1_000_000_000

  /// Reads a file.
  /// - Parameters:
  ///   - insist: takes what can be read now, for files that never come to rest (a log, say).
  ///   - closed: whether a writer is known to have closed it.
  ///   - patience: a file that somebody holds open for writing is left alone until nothing was written for this long, nanoseconds.
  static func read(_ path: [UInt8], insist: Bool, closed: Bool, patience: Int64) -> ReadResult {
    // Never waits for the other end of a pipe, and never follows a link that was put in the file's place.
    let descriptor = withCPath(path) { open($0, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC) }
    if descriptor < 0 {
      let error = SystemError(errno)
      return error.isAbsence ? .gone : error.code == ELOOP ? .unsettled : .failed("\(error)")
    }
    defer { close(descriptor) }
    guard case .success(let before) = FileStatus.of(descriptor: descriptor) else { return .unsettled }
    guard before.kind == .file else { return .unsettled }
    if !insist {
      let age = wallClockNow() - before.modified
      switch hasWriter(descriptor) {
      case true? where age < patience: return .unsettled
      case nil where !closed && age >= 0 && age < quiet: return .unsettled
      default: break
      }
    }
    guard let bytes = readAll(descriptor, expecting: Int(before.size)) else { return .failed("\(SystemError(errno))") }
    guard case .success(let after) = FileStatus.of(descriptor: descriptor) else { return .unsettled }
    let steady = before.size == after.size && before.modified == after.modified && Int64(bytes.count) == after.size
    return steady || insist ? .content(bytes, before) : .unsettled
  }

  private static func readAll(_ descriptor: Int32, expecting size: Int) -> [UInt8]? {
    var failed = false
    // One byte more than expected shows a file that has grown.
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      count = 0
      while count < buffer.count, let base = buffer.baseAddress {
        let got = Glibc.read(descriptor, base + count, min(buffer.count - count, 1 << 30))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failed = true }
        if got <= 0 { break }
        count += got
      }
    }
    return failed ? nil : bytes
  }

  /// Whether somebody has the file open for writing; nil when the file system cannot say.
  ///
  /// The system grants a read lease only on a file that nobody writes. The lease is given back at once. Whoever opens the file in that
  /// moment makes the system send us a signal, by default a deadly one, so a harmless one is chosen first.
  static func hasWriter(_ descriptor: Int32) -> Bool? {
    let setSignal: Int32 = 10
    let setLease: Int32 = 1024
    guard fcntl(descriptor, setSignal, SIGURG) == 0 else { return nil }
    if fcntl(descriptor, setLease, Int32(F_RDLCK)) == 0 {
      _ = fcntl(descriptor, setLease, Int32(F_UNLCK))
      return false
    }
    return errno == EAGAIN ? true : nil
  }
}

// A way to wake a thread that waits in poll: a pipe that never fills and never blocks.
import Glibc

package final class Wakeup: Sendable {
  package let readEnd: Int32
  private let writeEnd: Int32

  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { throw SystemError(errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Wakes the thread; waking it twice is waking it once.
  package func signal() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  func clear() {
    var bytes: (UInt64, UInt64) = (0, 0)
    while read(readEnd, &bytes, 16) > 0 {}
  }

  /// Waits until one of the descriptors has something to read, at most until `deadline` of the monotonic clock.
  static func wait(for descriptors: [Int32], until deadline: UInt64?) {
    var polls = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var timeout: Int32 = -1
    if let deadline {
      let now = monotonicNow()
      let milliseconds = deadline <= now ? 0 : (deadline - now + 999_999) / 1_000_000
      timeout = Int32(min(milliseconds, 3_600_000))
    }
    _ = poll(&polls, nfds_t(polls.count), timeout)
  }
}

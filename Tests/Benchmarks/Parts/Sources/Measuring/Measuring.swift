// What the programs that measure share.
import Glibc

/// The bytes of a file; ends the program where it cannot be read.
package func read(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else {
    print("\(path) cannot be read")
    exit(2)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
  return bytes
}

/// Nanoseconds of processor time of the process.
package func time() -> UInt64 { time(by: CLOCK_PROCESS_CPUTIME_ID) }

/// Nanoseconds of processor time of another process.
package func time(of process: pid_t) -> UInt64 {
  var clock = clockid_t()
  guard clock_getcpuclockid(process, &clock) == 0 else {
    print("there is no process \(process)")
    exit(2)
  }
  return time(by: clock)
}

/// Nanoseconds of a clock that only goes forward.
package func wallTime() -> UInt64 { time(by: CLOCK_MONOTONIC) }

private func time(by clock: clockid_t) -> UInt64 {
  var now = timespec()
  clock_gettime(clock, &now)
  return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}

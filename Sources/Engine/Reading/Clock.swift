// The two clocks that the engine reads.
import Glibc

enum Clock {
  /// CLOCK_MONOTONIC in nanoseconds.
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Seconds since 1970.
  static var seconds: Int64 { Int64(time(nil)) }

  /// Today's day number, UTC.
  static var today: Int { Int(seconds / 86_400) }
}

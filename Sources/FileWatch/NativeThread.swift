// Threads of our own, for work that blocks and so has no place on the cooperative pool; and the steady clock.
import Glibc

/// Starts a thread that runs `body` and ends.
package func startThread(name: String, stackBytes: Int = 16 << 20, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
  final class Body: Sendable {
    let name: String
    let run: @Sendable () -> Void
    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackBytes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  let context = Unmanaged.passRetained(Body(name: String(name.prefix(15)), run: body))
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { pointer in
      guard let pointer else { return nil }
      let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
      nameThisThread(body.name)
      body.run()
      return nil
    }, context.toOpaque())
  if code != 0 {
    context.release()
    throw SystemError(code)
  }
}

/// Gives the calling thread a name that tools show.
private func nameThisThread(_ name: String) {
  let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  if descriptor < 0 { return }
  _ = name.withCString { write(descriptor, $0, strlen($0)) }
  close(descriptor)
}

/// Nanoseconds of the monotonic clock.
package func monotonicNow() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Nanoseconds since 1970.
package func wallClockNow() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

// The threads that wait for sockets. One that finds something to read works on it itself, and goes back to waiting when that is done: a
// request is read, answered and its reply sent without any other thread having to be woken. Whoever is free waits for all sockets, so nobody
// waits for a thread that is busy with somebody else's request.

import CEpoll
import FileWatch
import Glibc
import Synchronization

final class SocketThreads: Sendable {
  enum Direction { case input, output }

  /// One socket, and what is done when it is ready. To be cancelled, or it is kept for as long as there are threads.
  final class Watch: Sendable {
    fileprivate let key: UInt64
    fileprivate let socket: StreamSocket
    fileprivate let direction: Direction
    fileprivate let work: @Sendable () -> Void
    private let threads: SocketThreads

    fileprivate init(
      _ threads: SocketThreads, _ key: UInt64, _ socket: StreamSocket, _ direction: Direction, _ work: @escaping @Sendable () -> Void
    ) {
      self.threads = threads
      self.key = key
      self.socket = socket
      self.direction = direction
      self.work = work
    }

    /// The work is done once, when the socket is ready or its peer gone, and not again before this is called again.
    func arm() { threads.arm(self) }

    func cancel() { threads.cancel(self) }
  }

  private struct State {
    var watches: [UInt64: Watch] = [:]
    var lastKey = SocketThreads.end
  }

  private let epoll: CInt
  /// Signalled when the threads are to end, and left so.
  private let ending: Wakeup
  private let state = Mutex(State())

  /// The key of `ending`.
  private static let end: UInt64 = 0

  private init() throws(SystemError) {
    ending = try Wakeup()
    epoll = cepoll_create()
    guard epoll >= 0, cepoll_add_for_all(epoll, ending.readEnd, Self.end) == 0 else { throw SystemError(errno) }
  }

  deinit { close(epoll) }

  static func start(_ count: Int) throws(SystemError) -> SocketThreads {
    let threads = try SocketThreads()
    do {
      for number in 0..<count { try startThread(name: "aras.socket.\(number)") { threads.run() } }
    } catch {
      threads.stop()
      throw error
    }
    return threads
  }

  /// No work is begun any more. That which is under way goes on.
  func stop() {
    ending.signal()
    state.withLock { $0.watches = [:] }
  }

  /// The first call of `arm` begins it.
  func watch(_ socket: StreamSocket, for direction: Direction, _ work: @escaping @Sendable () -> Void) -> Watch {
    state.withLock { state in
      state.lastKey += 1
      let watch = Watch(self, state.lastKey, socket, direction, work)
      state.watches[watch.key] = watch
      return watch
    }
  }

  private func arm(_ watch: Watch) {
    // Not after it was cancelled.
    state.withLock { state in
      guard state.watches[watch.key] != nil else { return }
      // Where it fails nobody would ever hear of it again.
      if cepoll_arm(epoll, watch.socket.descriptor, watch.direction == .output, watch.key) != 0 { watch.socket.shutdown(.both) }
    }
  }

  private func cancel(_ watch: Watch) {
    state.withLock { state in
      guard state.watches.removeValue(forKey: watch.key) != nil else { return }
      _ = cepoll_remove(epoll, watch.socket.descriptor)
    }
  }

  private func run() {
    while true {
      var key = Self.end
      let count = cepoll_wait(epoll, &key)
      if count == 0 { continue }
      if count < 0 || key == Self.end { return }
      // None if it was cancelled meanwhile.
      state.withLock { $0.watches[key] }?.work()
    }
  }
}

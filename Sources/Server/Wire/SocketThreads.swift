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
    fileprivate let events: UInt32
    fileprivate let work: @Sendable () -> Void
    private let threads: SocketThreads

    fileprivate init(
      _ threads: SocketThreads, _ key: UInt64, _ socket: StreamSocket, _ events: UInt32, _ work: @escaping @Sendable () -> Void
    ) {
      self.threads = threads
      self.key = key
      self.socket = socket
      self.events = events
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
  /// Readable when the threads are to end.
  private let ending: CInt
  private let state = Mutex(State())

  /// The key of `ending`.
  private static let end: UInt64 = 0

  private init() throws(SystemError) {
    epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
    ending = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, ending >= 0 else { throw SystemError(errno) }
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data(u64: Self.end))
    guard epoll_ctl(epoll, EPOLL_CTL_ADD, ending, &event) == 0 else { throw SystemError(errno) }
  }

  deinit {
    close(epoll)
    close(ending)
  }

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
    // Left there, so that every thread finds it.
    eventfd_write(ending, 1)
    state.withLock { $0.watches = [:] }
  }

  /// The first call of `arm` begins it.
  func watch(_ socket: StreamSocket, for direction: Direction, _ work: @escaping @Sendable () -> Void) -> Watch {
    let events = direction == .input ? EPOLLIN.rawValue | EPOLLRDHUP.rawValue : EPOLLOUT.rawValue
    return state.withLock { state in
      state.lastKey += 1
      let watch = Watch(self, state.lastKey, socket, events | EPOLLONESHOT.rawValue, work)
      state.watches[watch.key] = watch
      return watch
    }
  }

  private func arm(_ watch: Watch) {
    // Not after it was cancelled.
    state.withLock { state in
      guard state.watches[watch.key] != nil else { return }
      var event = epoll_event(events: watch.events, data: epoll_data(u64: watch.key))
      if epoll_ctl(epoll, EPOLL_CTL_MOD, watch.socket.descriptor, &event) == 0 { return }
      if errno == ENOENT, epoll_ctl(epoll, EPOLL_CTL_ADD, watch.socket.descriptor, &event) == 0 { return }
      // Nobody would ever hear of it again.
      watch.socket.shutdown(.both)
    }
  }

  private func cancel(_ watch: Watch) {
    state.withLock { state in
      guard state.watches.removeValue(forKey: watch.key) != nil else { return }
      epoll_ctl(epoll, EPOLL_CTL_DEL, watch.socket.descriptor, nil)
    }
  }

  private func run() {
    while true {
      var event = epoll_event()
      let count = epoll_wait(epoll, &event, 1, -1)
      if count < 0, errno != EINTR { return }
      if count < 1 { continue }
      let key = event.data.u64
      if key == Self.end { return }
      // None if it was cancelled meanwhile.
      state.withLock { $0.watches[key] }?.work()
    }
  }
}

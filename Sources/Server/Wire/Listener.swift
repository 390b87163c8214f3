// A socket that waits for peers.

import FileWatch
import Glibc
import Logging
import Synchronization

/// Accepts peers, until it is closed.
final class Listener: Sendable {
  private let socket: StreamSocket
  private let logger: Logger
  private let accept: @Sendable (StreamSocket) -> Void
  private let watch = Mutex<SocketThreads.Watch?>(nil)
  /// Whether the last could not be accepted; of a row of them only the first is said.
  private let isFailing = Atomic(false)

  /// Peers that the system lets wait to be accepted.
  private static let backlog: CInt = 256
  /// How long nobody is accepted where the system has no room for one more.
  private static let pause = Duration.milliseconds(100)

  /// - Parameters:
  ///   - socket: bound.
  ///   - accept: takes a peer, on one of the threads; must not wait.
  init(
    _ socket: StreamSocket, _ threads: SocketThreads, logger: Logger, accept: @escaping @Sendable (StreamSocket) -> Void
  ) throws(SystemError) {
    guard listen(socket.descriptor, Self.backlog) == 0 else { throw SystemError(errno) }
    self.socket = socket
    self.logger = logger
    self.accept = accept
    let watch = threads.watch(socket, for: .input) { [weak self] in self?.acceptAll() }
    self.watch.withLock { $0 = watch }
    watch.arm()
  }

  deinit { close() }

  /// Peers that come from now on are refused by the system.
  func close() {
    watch.withLock { watch in
      watch?.cancel()
      watch = nil
    }
    socket.shutdown(.both)
  }

  private func acceptAll() {
    while true {
      switch socket.accept() {
      case .peer(let peer):
        isFailing.store(false, ordering: .relaxed)
        accept(peer)
      case .nobody: return arm()
      case .failed(let code):
        if watch.withLock({ $0 == nil }) { return }
        // Too many open files: it has to go on when some are closed.
        if !isFailing.exchange(true, ordering: .relaxed) {
          logger.warning("connections cannot be accepted; trying on", metadata: ["error": "\(SystemError(code))"])
        }
        Task { [weak self] in
          try? await Task.sleep(for: Self.pause)
          self?.arm()
        }
        return
      }
    }
  }

  private func arm() { watch.withLock { $0?.arm() } }
}

// A socket that waits for peers.

import FileWatch
import Glibc
import Logging
import Settings
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

extension StreamSocket {
  /// A socket bound to a TCP address, and its port.
  static func bound(to address: ListenAddress) throws(SocketError) -> (socket: StreamSocket, port: Int) {
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(address.host, String(address.port), &hints, &list)
    guard status == 0 else { throw SocketError(path: "\(address)", reason: String(cString: gai_strerror(status))) }
    defer { freeaddrinfo(list) }
    var failure: CInt = 0
    var next = list
    while let candidate = next?.pointee {
      next = candidate.ai_next
      let descriptor = socket(candidate.ai_family, candidate.ai_socktype | CInt(SOCK_CLOEXEC.rawValue), candidate.ai_protocol)
      guard descriptor >= 0 else {
        failure = errno
        continue
      }
      let bound = StreamSocket(descriptor)
      var on: CInt = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
      if bind(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0 { return (bound, bound.port ?? address.port) }
      failure = errno
    }
    throw SocketError(path: "\(address)", reason: "cannot be bound: \(String(cString: strerror(failure)))")
  }

  private var port: Int? {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &address) { bytes in
      guard let start = bytes.baseAddress, getsockname(descriptor, start.assumingMemoryBound(to: sockaddr.self), &length) == 0 else {
        return nil
      }
      // The port stands at the same place for both families.
      return Int(UInt16(bigEndian: start.load(fromByteOffset: 2, as: UInt16.self)))
    }
  }
}

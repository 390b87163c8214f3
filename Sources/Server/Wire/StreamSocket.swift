// A stream socket, with no more said than what the system says. Nothing here waits.

import Glibc

/// Owns a descriptor; it is closed when nobody has the socket any more, so that nobody ever uses one that has become another's.
final class StreamSocket: Sendable {
  let descriptor: CInt

  /// Takes the descriptor over.
  init(_ descriptor: CInt) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Another descriptor of the same socket, nil where the system has none left.
  func duplicate() -> StreamSocket? {
    let other = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    return other >= 0 ? StreamSocket(other) : nil
  }

  enum Received: Equatable {
    case bytes(Int), nothing
    /// The peer has said its last.
    case end
    case lost(CInt)
  }

  func receive(into buffer: UnsafeMutableRawBufferPointer) -> Received {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT))
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      if errno == EAGAIN { return .nothing }
      if errno != EINTR { return .lost(errno) }
    }
  }

  /// - Returns: how many bytes the system has taken, 0 where it has no room; nil when the peer is gone.
  func send(_ bytes: UnsafeRawBufferPointer) -> Int? {
    while true {
      let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
      if count >= 0 { return count }
      if errno == EAGAIN { return 0 }
      if errno != EINTR { return nil }
    }
  }

  enum Accepted {
    case peer(StreamSocket), nobody
    case failed(CInt)
  }

  /// The next peer of a socket that listens.
  func accept() -> Accepted {
    while true {
      let peer = Glibc.accept(descriptor, nil, nil)
      if peer >= 0 {
        // Says nothing to a Unix socket. Replies are whole messages: none gets better by waiting for the next.
        var on: CInt = 1
        setsockopt(peer, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
        return .peer(StreamSocket(peer))
      }
      switch errno {
      case EAGAIN: return .nobody
      // Somebody was there, and is gone.
      case EINTR, ECONNABORTED, EPROTO: continue
      default: return .failed(errno)
      }
    }
  }

  enum Side { case input, output, both }

  /// Ends what comes in, what goes out, or both; whoever waits for it is told.
  func shutdown(_ side: Side) {
    let how =
      switch side {
      case .input: SHUT_RD
      case .output: SHUT_WR
      case .both: SHUT_RDWR
      }
    _ = Glibc.shutdown(descriptor, CInt(how))
  }
}

// What a connection has to say, on its way out. Whoever has a message ready gives it to the system there and then, on its own thread: the
// event loop need not be woken for it. Only what the system does not take at once, because the peer reads slowly, goes through the channel.

import Glibc
import NIOCore
import Synchronization

/// Sends whole messages to one peer, from any thread, in the order in which they are handed over.
final class Sender: Sendable {
  private struct State {
    /// A descriptor of its own of the channel's socket: that of the channel may be another's by the time that it is used. Nil when closed.
    var descriptor: CInt?
    /// Messages that the channel was given and has not sent. While there is one, the next has to follow it there.
    var queued = 0
  }

  private let channel: any Channel
  private let state: Mutex<State>

  /// On the channel's event loop.
  init(_ channel: any Channel) throws {
    self.channel = channel
    let descriptor = try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
      fcntl($0, F_DUPFD_CLOEXEC, 0)
    }
    state = Mutex(State(descriptor: descriptor.flatMap { $0 >= 0 ? $0 : nil }))
    channel.closeFuture.whenComplete { _ in self.close() }
  }

  private func close() {
    state.withLock { state in
      if let descriptor = state.descriptor { Glibc.close(descriptor) }
      state.descriptor = nil
    }
  }

  /// Sends messages, each as a line.
  /// - Returns: nil when the system has taken them, else what is done when it has.
  func send(_ messages: [[UInt8]]) -> EventLoopFuture<Void>? {
    var lines: [UInt8] = []
    lines.reserveCapacity(messages.reduce(0) { $0 + $1.count + 1 })
    for message in messages {
      lines += message
      lines.append(UInt8(ascii: "\n"))
    }
    return state.withLock { state in
      var sent = 0
      if state.queued == 0, let descriptor = state.descriptor {
        sent = lines.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Self.flags) }
        if sent == lines.count { return nil }
      }
      // If anything else went wrong than that there was no room, the channel will find out.
      return queue(lines[max(0, sent)...], &state)
    }
  }

  private static let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)

  private func queue(_ bytes: ArraySlice<UInt8>, _ state: inout State) -> EventLoopFuture<Void> {
    state.queued += 1
    let promise = channel.eventLoop.makePromise(of: Void.self)
    let buffer = channel.allocator.buffer(bytes: bytes)
    // Not written at once: on the loop that would pass what other threads have queued.
    channel.eventLoop.execute { self.channel.writeAndFlush(buffer, promise: promise) }
    promise.futureResult.whenComplete { _ in self.state.withLock { $0.queued -= 1 } }
    return promise.futureResult
  }
}

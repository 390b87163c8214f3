// The listeners: the Unix socket and, when configured, TCP, both speaking the same protocol. A service of the daemon's group.

import ArasAPI
import Logging
import ServiceLifecycle
import Settings
import Synchronization

/// Listens for clients and serves each on its connection.
package final class SocketService: Service {
  private let socket: SocketSettings
  private let tcp: TCPSettings
  private let limits: LimitSettings
  private let readers: Int
  private let context: ConnectionContext
  private let logger: Logger
  private let connections = Atomic<Int>(0)
  private let onListening: @Sendable (Int?) -> Void

  /// `readers` is the number of threads that answer searches; `onListening` is called when clients can connect, with the TCP port.
  package init(
    service: any SearchService, settings: Settings, readers: Int, version: String, logger: Logger,
    onListening: @escaping @Sendable (Int?) -> Void = { _ in }
  ) {
    socket = settings.socket
    tcp = settings.tcp
    limits = settings.limits
    self.readers = readers
    self.logger = logger
    self.onListening = onListening
    let methods = MethodTable(
      service: service, admission: Admission(readers: readers, queue: settings.limits.queue),
      queryTimeoutMs: settings.limits.queryTimeout.milliseconds, logger: logger)
    context = ConnectionContext(
      methods: methods, maxLine: settings.limits.maxLine.bytes, inFlight: settings.limits.inFlight,
      writeBuffer: settings.limits.writeBuffer.bytes, subscriptions: settings.limits.subscriptionsPerConnection,
      notifications: settings.limits.notifications, version: version, logger: logger)
  }

  package func run() async throws {
    let file = try SocketFile.bind(socket.path, mode: socket.mode.bits)
    defer { file.remove() }
    // One more than searches can keep, so that one is left to wait for sockets.
    let threads = try SocketThreads.start(readers + 1)
    defer { threads.stop() }
    let (peers, arrivals) = AsyncStream<StreamSocket>.makeStream()
    func listen(_ socket: StreamSocket) throws -> Listener {
      try Listener(socket, threads, logger: logger) { arrivals.yield($0) }
    }
    var listeners = [try listen(StreamSocket(file.descriptor))]
    logger.info("listening", metadata: ["socket": "\(socket.path)"])
    var port: Int?
    if let address = tcp.listen {
      let bound = try StreamSocket.bound(to: address)
      listeners.append(try listen(bound.socket))
      port = bound.port
      logger.info("listening", metadata: ["tcp": "\(address)"])
    }
    onListening(port)
    await withGracefulShutdownHandler {
      // Greeted at once, also while articles are tagged on all cores.
      await withTaskExecutorPreference(QueueExecutor(label: "aras.connections")) {
        await withDiscardingTaskGroup { group in
          for await peer in peers { group.addTask { await self.serve(peer, threads) } }
        }
      }
    } onGracefulShutdown: { [listeners] in
      file.remove()
      for listener in listeners { listener.close() }
      arrivals.finish()
    }
  }

  private func serve(_ peer: StreamSocket, _ threads: SocketThreads) async {
    let count = connections.add(1, ordering: .relaxed).newValue
    defer { connections.subtract(1, ordering: .relaxed) }
    guard count <= limits.connections else {
      let error = APIError.busy("too many connections; try again later", retryAfterMs: 1_000)
      let sender = Sender(peer, threads)
      _ = sender.send([RPCMessage.error(error, id: .null)])
      return sender.close()
    }
    await Connection(peer, threads, context).run()
  }
}

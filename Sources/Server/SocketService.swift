// The listeners: the Unix socket and, when configured, TCP, both speaking the same protocol. A service of the daemon's group.

import ArasAPI
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Settings
import Synchronization

/// Listens for clients and serves each on its connection.
package final class SocketService: Service {
  private typealias Peer = NIOAsyncChannel<Frame, ByteBuffer>
  private typealias Listener = NIOAsyncChannel<Peer, Never>

  private let socket: SocketSettings
  private let tcp: TCPSettings
  private let limits: LimitSettings
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
    let unix = try await bootstrap().bind(file.descriptor) { self.wrap($0) }
    logger.info("listening", metadata: ["socket": "\(socket.path)"])
    var listeners = [unix]
    if let address = tcp.listen {
      let listener = try await bootstrap().bind(host: address.host, port: address.port) { self.wrap($0) }
      logger.info("listening", metadata: ["tcp": "\(address)"])
      listeners.append(listener)
    }
    onListening(listeners.count > 1 ? listeners[1].channel.localAddress?.port : nil)
    try await withThrowingDiscardingTaskGroup { group in
      for listener in listeners { group.addTask { try await self.accept(listener, file) } }
    }
  }

  private func bootstrap() -> ServerBootstrap {
    ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(AcceptErrorHandler(logger: self.logger)) }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
  }

  private func wrap(_ channel: any Channel) -> EventLoopFuture<Peer> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(LineHandler(maxLine: limits.maxLine.bytes))
      return try Peer(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  private func accept(_ listener: Listener, _ file: SocketFile) async throws {
    try await withGracefulShutdownHandler {
      try await listener.executeThenClose { peers in
        await withDiscardingTaskGroup { group in
          do {
            for try await peer in peers { group.addTask { await self.serve(peer) } }
          } catch {
            logger.error("the listener failed", metadata: ["error": "\(error)"])
          }
        }
      }
    } onGracefulShutdown: {
      file.remove()
      listener.channel.close(promise: nil)
    }
  }

  private func serve(_ peer: Peer) async {
    let count = connections.add(1, ordering: .relaxed).newValue
    defer { connections.subtract(1, ordering: .relaxed) }
    do {
      try await peer.executeThenClose { inbound, _ in
        guard count <= limits.connections else {
          let error = APIError.busy("too many connections; try again later", retryAfterMs: 1_000)
          var buffer = ByteBuffer(bytes: RPCMessage.error(error, id: .null))
          buffer.writeString("\n")
          try await peer.channel.writeAndFlush(buffer)
          return
        }
        try await withTaskExecutorPreference(LoopExecutor(peer.channel.eventLoop)) {
          try await Connection(channel: peer.channel, context: context).run(inbound)
        }
      }
    } catch {
      // A peer that is gone before its connection could be closed in order.
      logger.debug("a connection was lost", metadata: ["error": "\(error)"])
    }
  }
}

/// Keeps a failed accept (too many open files, a peer that is gone already) from ending the listener.
private final class AcceptErrorHandler: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private let logger: Logger

  init(logger: Logger) { self.logger = logger }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.warning("a connection could not be accepted", metadata: ["error": "\(error)"])
  }
}

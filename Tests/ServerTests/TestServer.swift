// A socket service on a socket of its own in a temporary folder, and a client that sends raw bytes to it.

import ArasAPI
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Settings

@testable import Server

struct TestServer: Sendable {
  let path: String
  let port: Int?
  let service: FakeService
  let group: ServiceGroup

  /// Runs a server while `body` runs, and stops it in order.
  static func run(
    readers: Int = 2, _ change: (inout Settings) -> Void = { _ in }, body: (TestServer) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("as-\(UUID().uuidString.prefix(8))").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var settings = Settings()
    settings.socket.path = folder + "/s"
    change(&settings)
    let service = FakeService()
    let (listening, continuation) = AsyncStream<Int?>.makeStream()
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let socket = SocketService(service: service, settings: settings, readers: readers, version: "0", logger: logger) {
      continuation.yield($0)
      continuation.finish()
    }
    let group = ServiceGroup(configuration: .init(services: [.init(service: socket)], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { continuation.finish() }
        try await group.run()
      }
      var port: Int?
      for await value in listening { port = value }
      do {
        try await body(TestServer(path: settings.socket.path, port: port, service: service, group: group))
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  /// Connects; the greeting is read already unless it is asked for.
  func connect(readsGreeting: Bool = true, autoRead: Bool = true) async throws -> TestClient {
    var client = try await TestClient(ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup), autoRead: autoRead) {
      $0.connect(unixDomainSocketPath: path)
    }
    if readsGreeting { _ = await client.next() }
    return client
  }
}

struct TestClient {
  let channel: any Channel
  private var lines: AsyncStream<String>.Iterator

  init(_ bootstrap: ClientBootstrap, autoRead: Bool = true, _ connect: (ClientBootstrap) -> EventLoopFuture<any Channel>) async throws {
    let (stream, continuation) = AsyncStream<String>.makeStream()
    lines = stream.makeAsyncIterator()
    channel = try await connect(
      bootstrap.channelOption(.allowRemoteHalfClosure, value: true).channelOption(.autoRead, value: autoRead).channelInitializer {
        channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([LineHandler(), LineCollector(continuation)])
        }
      }
    ).get()
  }

  func send(_ text: String, end: String = "\n") async throws {
    try await send(bytes: Array((text + end).utf8))
  }

  func send(bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  func call(_ method: String, _ params: String = "{}", id: String) async throws {
    try await send(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
  }

  /// The next line; nil when the server has closed.
  mutating func line() async -> String? { await lines.next() }

  mutating func next() async -> JSONValue? { await line().flatMap { try? JSONValue(parsing: $0) } }

  /// The id and the error's code or the result of the next reply, as text.
  mutating func reply() async -> String {
    guard let json = await next() else { return "closed" }
    let id = json["id"].map(\.jsonText) ?? "-"
    if let error = json["error"] { return "\(id) \(error["code"]?.int ?? 0)" }
    return "\(id) \((json["result"] ?? .null).jsonText)"
  }

  func close() async throws { try await channel.close().get() }
}

/// Turns the bytes of a channel into lines.
private final class LineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = Frame

  private var framer = LineFramer(maxLine: 64 << 20)

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    unwrapInboundIn(data).withUnsafeReadableBytes { bytes in framer.feed(bytes) { context.fireChannelRead(wrapInboundOut($0)) } }
  }
}

private final class LineCollector: ChannelInboundHandler {
  typealias InboundIn = Frame

  private let continuation: AsyncStream<String>.Continuation

  init(_ continuation: AsyncStream<String>.Continuation) { self.continuation = continuation }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .line(let line) = unwrapInboundIn(data) { continuation.yield(String(decoding: line, as: UTF8.self)) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { continuation.finish() }
  }

  func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { continuation.finish() }
}

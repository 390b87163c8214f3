import Foundation
import Glibc
import NIOCore
import NIOPosix
import Testing

@testable import Server

@Suite struct SenderTests {
  /// A sender of one end of a pair of sockets, and the descriptor of the other.
  private static func run(_ body: (Sender, any Channel, CInt) async throws -> Void) async throws {
    var ends: [CInt] = [0, 0]
    try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).withConnectedSocket(ends[0]).get()
    let sender = try await channel.eventLoop.submit { try Sender(channel) }.get()
    try await body(sender, channel, ends[1])
    try? await channel.close().get()
    close(ends[1])
  }

  private static func lines(_ descriptor: CInt, _ count: Int) async -> [String] {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var ends = 0
        while ends < count, case let taken = read(descriptor, &chunk, chunk.count), taken > 0 {
          bytes += chunk[..<taken]
          ends += chunk[..<taken].count { $0 == 10 }
        }
        continuation.resume(returning: bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) })
      }
    }
  }

  @Test func `what there is room for is sent when the call returns`() async throws {
    try await Self.run { sender, _, other in
      #expect(sender.send([Array("one".utf8), Array("two".utf8)]) == nil)
      #expect(await Self.lines(other, 2) == ["one", "two"])
    }
  }

  @Test func `messages of many threads come whole and in order, though the peer reads them late`() async throws {
    let (senders, messages) = (6, 200)
    try await Self.run { sender, channel, other in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<senders {
          group.addTask {
            let filler = String(repeating: "x", count: 500 * (number + 1))
            var sent: [EventLoopFuture<Void>] = []
            for message in 0..<messages {
              let line = Array("\(number) \(message) \(filler)".utf8)
              // Some send on the event loop itself, as the greeting is sent.
              let future = number < 2 ? try await channel.eventLoop.submit { sender.send([line]) }.get() : sender.send([line])
              if let future { sent.append(future) }
            }
            for future in sent { try await future.get() }
          }
        }
        // The first are sent before anything is read, and fill the socket.
        var full = 1
        while sender.send([Array("full".utf8) + Array(repeating: 46, count: 5_000)]) == nil { full += 1 }
        var next = [Int](repeating: 0, count: senders)
        for line in await Self.lines(other, full + senders * messages) where !line.hasPrefix("full") {
          let parts = line.split(separator: " ")
          let number = try #require(Int(parts[0]))
          #expect(parts.count == 3 && parts[1] == "\(next[number])" && parts[2].count == 500 * (number + 1))
          next[number] += 1
        }
        #expect(next == [Int](repeating: messages, count: senders))
        try await group.waitForAll()
      }
    }
  }

  @Test func `what is sent to a channel that has closed fails`() async throws {
    try await Self.run { sender, channel, _ in
      try await channel.close().get()
      try await channel.closeFuture.get()
      let sent = try #require(sender.send([[65]]))
      await #expect(throws: (any Error).self) { try await sent.get() }
    }
  }
}

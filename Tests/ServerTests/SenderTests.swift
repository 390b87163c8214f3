import Foundation
import Glibc
import Testing

@testable import Server

@Suite struct SenderTests {
  /// A sender of one end of a pair of sockets, its socket, and the descriptor of the other end.
  private static func run(_ body: (Sender, StreamSocket, CInt) async throws -> Void) async throws {
    var ends: [CInt] = [0, 0]
    try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let threads = try SocketThreads.start(2)
    let socket = StreamSocket(ends[0])
    let sender = Sender(socket, threads)
    try await body(sender, socket, ends[1])
    sender.close()
    threads.stop()
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
    try await Self.run { sender, _, other in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<senders {
          group.addTask {
            let filler = String(repeating: "x", count: 500 * (number + 1))
            for message in 0..<messages {
              let place = sender.send([Array("\(number) \(message) \(filler)".utf8)])
              // Some wait for each message, some for none.
              if number < 3, let place { try await sender.wait(for: place) }
            }
          }
        }
        // The first are sent before anything is read, and fill the socket.
        var full = 1
        while sender.send([Array("full".utf8) + Array(repeating: 46, count: 5_000)]) == nil { full += 1 }
        #expect(sender.unsent > 0)
        var next = [Int](repeating: 0, count: senders)
        for line in await Self.lines(other, full + senders * messages) where !line.hasPrefix("full") {
          let parts = line.split(separator: " ")
          let number = try #require(Int(parts[0]))
          #expect(parts.count == 3 && parts[1] == "\(next[number])" && parts[2].count == 500 * (number + 1))
          next[number] += 1
        }
        #expect(next == [Int](repeating: messages, count: senders))
        try await group.waitForAll()
        #expect(sender.unsent == 0)
      }
    }
  }

  @Test func `who waits for what a peer does not read is told when it is given up`() async throws {
    try await Self.run { sender, _, _ in
      var last: Sender.Place?
      while last == nil { last = sender.send([[UInt8](repeating: 65, count: 100_000)]) }
      let place = try #require(last)
      let waiting = Task { try await sender.wait(for: place) }
      sender.close()
      await #expect(throws: Sender.Lost.self) { try await waiting.value }
    }
  }

  @Test func `who waits for a peer that goes away meanwhile is told`() async throws {
    var ends: [CInt] = [0, 0]
    try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let threads = try SocketThreads.start(1)
    let sender = Sender(StreamSocket(ends[0]), threads)
    var last: Sender.Place?
    while last == nil { last = sender.send([[UInt8](repeating: 65, count: 100_000)]) }
    let place = try #require(last)
    let waiting = Task { try await sender.wait(for: place) }
    close(ends[1])
    await #expect(throws: Sender.Lost.self) { try await waiting.value }
    threads.stop()
  }

  @Test func `what is sent to a peer that is gone fails`() async throws {
    try await Self.run { sender, socket, _ in
      socket.shutdown(.both)
      let place = try #require(sender.send([[65]]))
      await #expect(throws: Sender.Lost.self) { try await sender.wait(for: place) }
      let later = try #require(sender.send([[66]]))
      await #expect(throws: Sender.Lost.self) { try await sender.wait(for: later) }
    }
  }
}

// Clients that do harm, by mistake or not: each is dealt with alone, and another client is served as if nothing were.

import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Server

@Suite struct BadPeerTests {
  @Test func `a line past the limit is refused and its connection closed`() async throws {
    try await TestServer.run({ $0.limits.maxLine = .kibibytes(64) }) { server in
      var other = try await server.connect()
      var client = try await server.connect()
      // The rest of a huge line may find the connection closed already.
      for _ in 0..<40 { try? await client.send(String(repeating: "x", count: 8 << 10), end: "") }
      #expect(await client.reply() == "null -32600")
      #expect(await client.reply() == "closed")
      try await other.call("ping", id: "1")
      #expect(await other.reply() == #"1 "pong""#)
    }
  }

  @Test func `requests before an overlong line are still answered`() async throws {
    try await TestServer.run({ $0.limits.maxLine = .kibibytes(1) }) { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      try await client.send(String(repeating: "x", count: 2_000))
      server.service.gate.open()
      #expect(await client.reply() == #"1 "wait""#)
      #expect(await client.reply() == "null -32600")
      #expect(await client.reply() == "closed")
    }
  }

  @Test func `half a line and a goodbye disturb nobody`() async throws {
    try await TestServer.run { server in
      var other = try await server.connect()
      for _ in 0..<20 {
        let client = try await server.connect()
        try await client.send(#"{"jsonrpc":"2.0","id":1,"meth"#, end: "")
        try await client.close()
      }
      try await other.call("ping", id: "1")
      #expect(await other.reply() == #"1 "pong""#)
    }
  }

  @Test func `a peer that goes away before its answer disturbs nobody`() async throws {
    try await TestServer.run { server in
      var other = try await server.connect()
      let client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      try await client.call("search", #"{"q":"large"}"#, id: "2")
      await server.service.begun.wait()
      try await client.close()
      server.service.gate.open()
      try await other.call("search", #"{"q":"a"}"#, id: "3")
      #expect(await other.reply() == #"3 "a""#)
    }
  }

  @Test func `a peer that has said its last still gets its answers`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      try await client.send(#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, end: "")
      try await client.channel.close(mode: .output).get()
      #expect(await client.reply() == #"2 "pong""#)
      server.service.gate.open()
      #expect(await client.reply() == #"1 "wait""#)
      #expect(await client.reply() == "closed")
    }
  }

  @Test func `a peer that does not read its replies is closed`() async throws {
    try await TestServer.run({ $0.limits.writeBuffer = .kibibytes(64) }) { server in
      let client = try await server.connect(readsGreeting: false, autoRead: false)
      // Sending ends with an error once the server has closed.
      await #expect(throws: (any Error).self) {
        while true { try await client.call("search", #"{"q":"large"}"#, id: "1") }
      }
      var other = try await server.connect()
      try await other.call("ping", id: "1")
      #expect(await other.reply() == #"1 "pong""#)
    }
  }

  @Test func `one connection too many is told so and closed`() async throws {
    try await TestServer.run({ $0.limits.connections = 2 }) { server in
      var first = try await server.connect()
      let second = try await server.connect()
      var third = try await server.connect(readsGreeting: false)
      #expect(await third.reply() == "null -32003")
      #expect(await third.reply() == "closed")
      try await first.call("ping", id: "1")
      #expect(await first.reply() == #"1 "pong""#)
      try await second.close()
    }
  }

  @Test func `fifty clients at once get their own answers`() async throws {
    try await TestServer.run { server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask {
            var random = SeededRandom(seed: UInt64(number))
            var client = try await server.connect()
            var bytes: [UInt8] = []
            for id in 0..<20 {
              bytes += Array(#"{"jsonrpc":"2.0","id":\#(id),"method":"search","params":{"q":"q\#(number)-\#(id)"}}"#.utf8) + [10]
            }
            var start = 0
            while start < bytes.count {
              let end = min(bytes.count, start + Int.random(in: 1...400, using: &random))
              try await client.send(bytes: Array(bytes[start..<end]))
              start = end
            }
            var replies: Set<String> = []
            for _ in 0..<20 { replies.insert(await client.reply()) }
            #expect(replies == Set((0..<20).map { #"\#($0) "q\#(number)-\#($0)""# }))
            try await client.close()
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test(arguments: 1...5)
  func `random bytes do not disturb another client`(seed: UInt64) async throws {
    try await TestServer.run { server in
      var random = SeededRandom(seed: seed)
      var other = try await server.connect()
      for _ in 0..<20 {
        let client = try await server.connect()
        let bytes = (0..<Int.random(in: 1...3_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        try await client.send(bytes: bytes)
        try await client.close()
      }
      try await other.call("ping", id: "1")
      #expect(await other.reply() == #"1 "pong""#, "seed \(seed)")
    }
  }

  @Test func `a stop lets requests in work finish and takes the socket away`() async throws {
    let path = try await stoppedServerPath()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  private func stoppedServerPath() async throws -> String {
    var path = ""
    try await TestServer.run { server in
      path = server.path
      var idle = try await server.connect()
      var client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      await server.service.begun.wait()
      await server.group.triggerGracefulShutdown()
      #expect(await idle.reply() == "closed")
      server.service.gate.open()
      #expect(await client.reply() == #"1 "wait""#)
      #expect(await client.reply() == "closed")
    }
    return path
  }
}

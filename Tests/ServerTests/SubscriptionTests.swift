// Standing queries over the socket: each ends with its connection, and a client that does not read loses only its own matches.

import ArasAPI
import NIOCore
import TestSupport
import Testing

@testable import Server

@Suite struct SubscriptionTests {
  private func subscribe(_ client: inout TestClient, _ q: String, id: String = "1") async throws -> String {
    try await client.call("subscribe", #"{"q":"\#(q)"}"#, id: id)
    let reply = await client.next()
    return reply?["result"]?["subscription"]?.string ?? "none: \(reply?.jsonText ?? "closed")"
  }

  /// Numbers of matches, and of those left out.
  private func told(_ client: inout TestClient) async -> String {
    guard let json = await client.next() else { return "closed" }
    guard let method = json["method"]?.string, let params = json["params"] else { return json.jsonText }
    return "\(params["subscription"]?.string ?? "-") \(method) \((params["missed"] ?? params["revision"] ?? .null).jsonText)"
  }

  @Test func `a match comes as a notification after the reply`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      let id = try await subscribe(&client, "early")
      #expect(id == "f1-early")
      #expect(await told(&client) == "f1-early match 1")
      server.service.tell(id, 2..<4)
      #expect(await told(&client) == "f1-early match 2")
      #expect(await told(&client) == "f1-early match 3")
    }
  }

  @Test func `in a batch the reply comes first as well`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.send(
        #"[{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"q":"early"}},{"jsonrpc":"2.0","id":2,"method":"ping"}]"#)
      #expect(await client.next()?.array?.count == 2)
      #expect(await told(&client) == "f1-early match 1")
    }
  }

  @Test func `unsubscribe ends it, and a connection ends only its own`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      var other = try await server.connect()
      let id = try await subscribe(&client, "a")
      let kept = try await subscribe(&other, "b")
      for unknown in ["nothing", kept] {
        try await client.call("unsubscribe", #"{"subscription":"\#(unknown)"}"#, id: "2")
        #expect(await client.reply() == "2 -32002")
      }
      server.service.tell(id, 1..<2)
      #expect(await told(&client) == "\(id) match 1")
      try await client.call("unsubscribe", #"{"subscription":"\#(id)"}"#, id: "3")
      #expect(await client.reply() == #"3 {"subscription":"\#(id)"}"#)
      #expect(server.service.subscriptions.withLock { Array($0.keys) } == [kept])
      server.service.tell(kept, 5..<6)
      #expect(await told(&other) == "\(kept) match 5")
    }
  }

  @Test func `what cannot be subscribed to is an error`() async throws {
    try await TestServer.run({ $0.limits.subscriptionsPerConnection = 1 }) { server in
      var client = try await server.connect()
      try await client.call("subscribe", #"{"q":"fail"}"#, id: "1")
      #expect(await client.reply() == "1 -32001")
      try await client.call("subscribe", #"{"q":"a","limit":3}"#, id: "2")
      #expect(await client.reply() == "2 -32602")
      try await client.call("unsubscribe", "{}", id: "3")
      #expect(await client.reply() == "3 -32602")
      // Without an id nobody would know what it was called; it is not made.
      try await client.send(#"{"jsonrpc":"2.0","method":"subscribe","params":{"q":"a"}}"#)
      _ = try await subscribe(&client, "a", id: "4")
      try await client.call("subscribe", #"{"q":"b"}"#, id: "5")
      #expect(await client.reply() == "5 -32003")
      #expect(server.service.subscriptions.withLock { $0.count } == 1)
    }
  }

  @Test func `a connection that ends leaves no subscription`() async throws {
    try await TestServer.run { server in
      for number in 0..<3 {
        var client = try await server.connect()
        _ = try await subscribe(&client, "a")
        _ = try await subscribe(&client, "b", id: "2")
        if number == 0 { try await client.channel.close(mode: .output) } else { try await client.close() }
        if number == 0 { #expect(await client.line() == nil) }
      }
      var other = try await server.connect()
      while server.service.subscriptions.withLock({ !$0.isEmpty }) {
        try await other.call("ping", id: "1")
        #expect(await other.reply() == #"1 "pong""#)
      }
    }
  }

  @Test func `who does not read is told how much was left out, and nobody else notices`() async throws {
    try await TestServer.run({ $0.limits.notifications = 50 }) { server in
      var slow = try await server.connect()
      var other = try await server.connect()
      let lost = try await subscribe(&slow, "a")
      let kept = try await subscribe(&other, "b")
      try await slow.channel.setOption(.autoRead, value: false).get()
      // Far more than the sockets hold.
      let count = 20_000
      for number in 0..<count {
        server.service.tell(lost, number..<(number + 1))
        guard number % 1000 == 0 else { continue }
        server.service.tell(kept, number..<(number + 1))
        #expect(await told(&other) == "\(kept) match \(number)")
      }
      try await slow.channel.setOption(.autoRead, value: true).get()
      slow.channel.read()
      // Every match is told, or counted where it would have stood.
      var next = 0
      var missed = 0
      while next < count {
        let words = await told(&slow).split(separator: " ")
        guard words.count == 3, let number = Int(words[2]) else { break }
        if words[1] == "match" {
          #expect(number == next)
          next += 1
        } else {
          missed += number
          next += number
        }
      }
      #expect(next == count)
      #expect(missed > 0)
    }
  }

  @Test func `a stop ends connections with subscriptions too`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      _ = try await subscribe(&client, "a")
      await server.group.triggerGracefulShutdown()
      #expect(await client.line() == nil)
    }
  }
}

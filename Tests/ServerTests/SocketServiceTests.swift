// What the protocol promises, over a real Unix socket.

import ArasAPI
import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Server

@Suite struct SocketServiceTests {
  @Test func `a client is greeted`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect(readsGreeting: false)
      #expect(
        await client.line()
          == #"{"jsonrpc":"2.0","method":"hello","params":{"name":"aras","version":"0","protocol":1,"max_line":1048576,"#
          + #""index":{"uuid":"fake","revision":7}}}"#)
    }
  }

  /// A line, and what is answered.
  static let lines: [(String, String)] = [
    (#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, #"1 "pong""#),
    (#"{"jsonrpc":"2.0","id":"a","method":"ping","params":{}}"#, #""a" "pong""#),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, #"null "pong""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"search","params":{"q":"Bakı"}}"#, #"1 "Bakı""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"count"}"#, #"1 {"total":{"articles":1,"passages":2,"exact":true}}"#),
    (#"{"jsonrpc":"2.0","id":1,"method":"facets"}"#, #"1 "facets""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"actors","params":{"query":"ir"}}"#, #"1 "ir""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"topics","params":{"query":"tr"}}"#, #"1 "tr""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"suggest","params":{"q":"zang","limit":3}}"#, #"1 "zang 3""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"suggest","params":{"prefix":"zang"}}"#, "1 -32602"),
    (#"{"jsonrpc":"2.0","id":1,"method":"suggest","params":{"limit":-1}}"#, "1 -32602"),
    (#"{"jsonrpc":"2.0","id":1,"method":"status"}"#, #"1 "fine""#),
    (#"{"jsonrpc":"2.0","id":1,"method":"get","params":{"id":"x"}}"#, "1 -32002"),
    (#"{"jsonrpc":"2.0","id":1,"method":"get"}"#, "1 -32602"),
    (#"{"jsonrpc":"2.0","id":1,"method":"search","params":{"limti":1}}"#, "1 -32602"),
    (#"{"jsonrpc":"2.0","id":1,"method":"search","params":{"q":1}}"#, "1 -32602"),
    (#"{"jsonrpc":"2.0","id":1,"method":"search","params":{"q":"fail"}}"#, "1 -32001"),
    (#"{"jsonrpc":"2.0","id":1,"method":"search","params":{"q":"crash"}}"#, "1 -32603"),
    (#"{"jsonrpc":"2.0","id":1,"method":"serach"}"#, "1 -32601"),
    (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, "1 -32600"),
    (#"{"jsonrpc":"2.0","id":1}"#, "1 -32600"),
    (#"{"jsonrpc":"2.0","id":[],"method":"ping"}"#, "null -32600"),
    ("7", "null -32600"),
    ("[]", "null -32600"),
    ("garbage", "null -32700"),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping""#, "null -32700"),
    ("\u{0}\u{1}", "null -32700"),
  ]

  @Test(arguments: lines)
  func `a line is answered, and the connection serves on`(line: String, expected: String) async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.send(line)
      #expect(await client.reply() == expected)
      try await client.call("ping", id: "99")
      #expect(await client.reply() == #"99 "pong""#)
    }
  }

  @Test func `bytes that are not UTF-8 are answered with a parse error`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.send(bytes: Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xFF, 0xFE] + Array("\"}\n".utf8))
      #expect(await client.reply() == "null -32700")
    }
  }

  @Test func `an unknown method is answered with the nearest name`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.call("serach", id: "1")
      #expect(await client.next()?["error"]?["data"]?["nearest"]?.string == "search")
    }
  }

  @Test func `a notification gets no reply`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.send(#"{"jsonrpc":"2.0","method":"ping"}"#)
      try await client.send(#"{"jsonrpc":"2.0","method":"nothing"}"#)
      try await client.send(#"[{"jsonrpc":"2.0","method":"ping"}]"#)
      try await client.call("ping", id: "2")
      #expect(await client.reply() == #"2 "pong""#)
    }
  }

  @Test func `a batch is answered in one line, each request for itself`() async throws {
    try await TestServer.run({ $0.limits.inFlight = 2 }) { server in
      var client = try await server.connect()
      let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
      let silent = #"{"jsonrpc":"2.0","method":"ping"}"#
      let search = #"{"jsonrpc":"2.0","id":3,"method":"search","params":{"q":"a"}}"#
      try await client.send("[\(ping), 5, \(silent), \(search), \(ping)]")
      let replies = try #require(await client.next()?.array)
      #expect(replies.map { $0["id"] ?? .bool(false) } == [.int(1), .null, .int(3), .int(1)])
      #expect(replies[1]["error"]?["code"]?.int == -32600)
      #expect(replies[2]["result"]?.string == "a")
    }
  }

  @Test func `a quick answer does not wait for a slow one`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      try await client.call("ping", id: "2")
      #expect(await client.reply() == #"2 "pong""#)
      server.service.gate.open()
      #expect(await client.reply() == #"1 "wait""#)
    }
  }

  @Test func `a search that keeps its thread holds up neither its own connection nor another`() async throws {
    try await TestServer.run(readers: 1) { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"stay"}"#, id: "1")
      await server.service.begun.wait()
      try await client.call("ping", id: "2")
      #expect(await client.reply() == #"2 "pong""#)
      var other = try await server.connect()
      try await other.call("search", #"{"q":"a"}"#, id: "3")
      #expect(await other.reply() == #"3 "a""#)
      server.service.gate.open()
      #expect(await client.reply() == #"1 "stay""#)
    }
  }

  @Test func `the last request of those that came together may keep its thread, no other and none of a batch`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      let request = { (id: Int) in #"{"jsonrpc":"2.0","id":\#(id),"method":"search","params":{"q":"patient"}}"# }
      try await client.send("\(request(1))\n\(request(2))\n\(request(3))")
      var replies: Set<String> = []
      for _ in 1...3 { replies.insert(await client.reply()) }
      #expect(replies == [#"1 "may not""#, #"2 "may not""#, #"3 "may stay""#])
      try await client.send("[\(request(4))]")
      #expect(await client.next()?.array?.first?["result"]?.string == "may not")
    }
  }

  @Test func `a batch of far too many calls is refused, and the connection serves on`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.send("[" + String(repeating: "1,", count: 20_000) + "1]")
      #expect(await client.reply() == "null -32600")
      try await client.call("ping", id: "2")
      #expect(await client.reply() == #"2 "pong""#)
    }
  }

  @Test func `a connection with too many requests in work is not read`() async throws {
    try await TestServer.run({ $0.limits.inFlight = 1 }) { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      try await client.call("ping", id: "2")
      await server.service.begun.wait()
      var other = try await server.connect()
      try await other.call("ping", id: "3")
      #expect(await other.reply() == #"3 "pong""#)
      server.service.gate.open()
      #expect(await client.reply() == #"1 "wait""#)
      #expect(await client.reply() == #"2 "pong""#)
    }
  }

  @Test func `a search that finds the queue full is told to come again, and a ping is not`() async throws {
    try await TestServer.run(readers: 1, { $0.limits.queue = 0 }) { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"wait"}"#, id: "1")
      await server.service.begun.wait()
      var other = try await server.connect()
      try await other.call("search", #"{"q":"a"}"#, id: "2")
      let error = try #require(await other.next()?["error"])
      #expect(error["code"]?.int == -32003)
      #expect(try #require(error["data"]?["retry_after_ms"]?.int) > 0)
      try await other.call("ping", id: "3")
      #expect(await other.reply() == #"3 "pong""#)
      server.service.gate.open()
      #expect(await client.reply() == #"1 "wait""#)
      try await other.call("search", #"{"q":"a"}"#, id: "4")
      #expect(await other.reply() == #"4 "a""#)
    }
  }

  @Test func `a search takes the configured time limit unless it says its own`() async throws {
    try await TestServer.run({ $0.limits.queryTimeout = .seconds(3) }) { server in
      var client = try await server.connect()
      try await client.call("search", #"{"q":"a"}"#, id: "1")
      _ = await client.reply()
      try await client.call("search", #"{"q":"b","timeout_ms":70}"#, id: "2")
      _ = await client.reply()
      #expect(server.service.requests.withLock { $0.map(\.timeoutMs) } == [3000, 70])
    }
  }

  @Test func `progress follows the reply of a streaming reindex`() async throws {
    try await TestServer.run { server in
      var client = try await server.connect()
      try await client.call("reindex", #"{"paths":["a"],"stream":true}"#, id: #""r""#)
      #expect(await client.reply() == #""r" {"queued":2,"paths":["a"]}"#)
      var steps: [String] = []
      while steps.last?.contains("true") != true, let json = await client.next() {
        #expect(json["method"]?.string == "progress")
        #expect(json["params"]?["request"]?.string == "r")
        steps.append("\(json["params"]?["done"]?.int ?? -1) \(json["params"]?["finished"]?.bool ?? false)")
      }
      #expect(steps == ["1 false", "2 true"])
      try await client.call("reindex", id: "2")
      try await client.call("ping", id: "3")
      #expect(Set([await client.reply(), await client.reply()]) == [#"2 {"queued":2,"paths":[]}"#, #"3 "pong""#])
    }
  }

  @Test func `the same is spoken over TCP`() async throws {
    try await TestServer.run({ $0.tcp.listen = .init(host: "127.0.0.1", port: 0) }) { server in
      let port = try #require(server.port)
      var client = try await TestClient(ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)) {
        $0.connect(host: "127.0.0.1", port: port)
      }
      #expect(await client.next()?["method"]?.string == "hello")
      try await client.call("ping", id: "1")
      #expect(await client.reply() == #"1 "pong""#)
    }
  }
}

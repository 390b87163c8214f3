import Testing

@testable import ArasAPI
@testable import Client

@Suite struct DaemonClientTests {
  @Test func readsTheGreetingAndTheResultsVeryBytes() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      while let request = connection.request() {
        let id = String(decoding: request.id?.jsonBytes ?? [], as: UTF8.self)
        connection.sendLine(#"{"jsonrpc":"2.0", "result" : {"a": 1.50, "b":"x\/y"} ,"id":"# + id + "}")
      }
    }
    let client = try daemon.connect()
    #expect(client.hello.index == HelloIndex(uuid: "u", revision: 7))
    let reply = try client.call("ping", EmptyRequest())
    #expect(String(decoding: reply.bytes, as: UTF8.self) == #"{"a": 1.50, "b":"x\/y"}"#)
    #expect(reply.value["b"] == "x/y")
  }

  @Test func putsAReplyInManyPiecesTogether() throws {
    let text = String(repeating: "ایران", count: 20_000)
    let daemon = TestDaemon { connection in
      for byte in TestDaemon.hello.unicodeScalars { connection.send(String(byte)) }
      connection.send("\r\n")
      guard let request = connection.request() else { return }
      let line = String(decoding: RPCMessage.result(text, id: request.id ?? .null), as: UTF8.self) + "\n"
      var rest = line[...]
      while !rest.isEmpty {
        connection.send(String(rest.prefix(777)))
        rest = rest.dropFirst(777)
      }
      _ = connection.request()
    }
    let client = try daemon.connect()
    #expect(try client.call("x", EmptyRequest()).value == .string(text))
  }

  @Test func matchesRepliesThatComeOutOfOrder() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      let requests = (0..<3).compactMap { _ in connection.request() }
      for request in requests.reversed() {
        connection.sendLine(#"{"jsonrpc":"2.0","method":"progress","params":{}}"#)
        connection.reply(request.method, to: request)
      }
      _ = connection.request()
    }
    let client = try daemon.connect()
    let ids = try ["a", "b", "c"].map { try client.send($0, EmptyRequest()) }
    #expect(try ids.map { try client.reply(to: $0).value } == ["a", "b", "c"])
    #expect(try client.notification(within: 0)?.method == "progress")
  }

  @Test(arguments: ["", "{\"jsonrpc\":\"2.0\",\"id\":1,\"resu"])
  func saysThatTheConnectionClosedInTheMiddle(part: String) throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      _ = connection.request()
      connection.send(part)
    }
    let client = try daemon.connect()
    #expect(throws: ClientError.closed) { try client.call("x", EmptyRequest()) }
  }

  @Test func givesUpOnADaemonThatDoesNotAnswer() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      while connection.request() != nil {}
    }
    let client = try daemon.connect(patience: .init(helloSeconds: 10, replySeconds: 0))
    #expect(throws: ClientError.noReply(seconds: 0)) { try client.call("x", EmptyRequest()) }
  }

  @Test func passesTheDaemonsErrorsOn() throws {
    let error = APIError.busy("too many", retryAfterMs: 50)
    let daemon = TestDaemon { connection in
      connection.greet()
      while let request = connection.request() { connection.fail(error, to: request) }
    }
    let client = try daemon.connect()
    #expect(throws: ClientError.api(error)) { try client.call("search", SearchRequest()) }
  }

  @Test(arguments: [
    "HTTP/1.1 400 Bad Request", "{}", "{\"jsonrpc\":\"2.0\",\"method\":\"hello\",\"params\":{}}",
    "{\"jsonrpc\":\"2.0\",\"method\":\"hello\",\"params\":{\"name\":\"other\",\"version\":\"1\",\"protocol\":1,\"max_line\":1}}",
    "{\"jsonrpc\":\"2.0\",\"method\":\"hello\",\"params\":{\"name\":\"aras\",\"version\":\"9\",\"protocol\":2,\"max_line\":1}}",
  ])
  func refusesAnotherServer(greeting: String) throws {
    let daemon = TestDaemon { connection in
      connection.sendLine(greeting)
      _ = connection.request()
    }
    let error = try #require(throws: ClientError.self) { try daemon.connect() }
    #expect(error.exitCode == .unreachable)
    guard case .wrongAnswer = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func refusesALineThatTheDaemonWouldNotTake() throws {
    let daemon = TestDaemon { connection in
      connection.sendLine(
        String(decoding: RPCMessage.notification("hello", params: HelloParams(version: "1", maxLine: 200)), as: UTF8.self))
      _ = connection.request()
    }
    let client = try daemon.connect()
    let error = try #require(throws: ClientError.self) { try client.call("search", SearchRequest(q: String(repeating: "a", count: 200))) }
    guard case .tooLong = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func manyLargeRequestsAndRepliesDoNotBlockEachOther() throws {
    let text = String(repeating: "x", count: 500_000)
    let daemon = TestDaemon { connection in
      connection.greet()
      while let request = connection.request() { connection.reply(text, to: request) }
    }
    let client = try daemon.connect()
    let ids = try (0..<20).map { _ in try client.send("search", SearchRequest(q: text)) }
    for id in ids { #expect(try client.reply(to: id).bytes.count == text.utf8.count + 2) }
  }

  @Test func saysThatNobodyListens() throws {
    let error = try #require(throws: ClientError.self) { try DaemonClient(to: .unix(path: "/nonexistent/arasd.sock")) }
    #expect(error.exitCode == .unreachable)
    #expect("\(error)" == "no daemon answers at /nonexistent/arasd.sock: No such file or directory. Start it with: arasd")
    #expect(throws: ClientError.self) { try DaemonClient(to: .unix(path: String(repeating: "a", count: 200))) }
  }
}

@Suite struct BatchRunnerTests {
  struct Lines: LineSource {
    var lines: [[UInt8]]
    mutating func next(waiting: Bool) -> [UInt8]?? { lines.isEmpty ? .none : .some(lines.removeFirst()) }
  }

  @Test func answersALineForEachLineInOrder() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      while let request = connection.request() {
        switch request.params["q"]?.string {
        case "bad": connection.fail(.querySyntax("m", offset: 0, length: 1), to: request)
        case let q: connection.reply(JSONValue.object(["q": .string(q ?? ""), "total": ["passages": 1]]), to: request)
        }
      }
    }
    let client = try daemon.connect()
    var lines = Lines(lines: (0..<50).map { Array("q\($0)".utf8) } + [Array("bad".utf8), [0xFF], []])
    var out: [JSONValue] = []
    let status = try BatchRunner(client: client, request: SearchRequest(), window: 4).run(&lines) { line in
      if let value = try? JSONValue(parsing: line) { out.append(value) }
    }
    #expect(status == .badQuery)
    #expect(out.count == 53)
    #expect(out.prefix(50).map { $0["q"]?.string } == (0..<50).map { "q\($0)" })
    #expect(out[50]["error"]?["code"] == -32001 && out[51]["error"]?["code"] == -32602 && out[52]["q"] == "")
  }
}

extension BatchRunnerTests {
  @Test func readsLinesOfParameters() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      while let request = connection.request() { connection.reply(request.params, to: request) }
    }
    let client = try daemon.connect()
    var shared = SearchRequest()
    shared.limit = 3
    shared.match = .any
    let texts = [
      #"{"q": "a b", "limit": 5}"#, #" {"filters": {"actor": ["iran"]}} "#, #"{"lmit": 5}"#, #"{"q": "#, #"{"q": 1}"#, #"{"q": }"#, "{",
      "{a} or b",
    ]
    var lines = Lines(lines: texts.map { Array($0.utf8) })
    var out: [JSONValue] = []
    let status = try BatchRunner(client: client, request: shared).run(&lines) { line in
      if let value = try? JSONValue(parsing: line) { out.append(value) }
    }
    #expect(status == .badQuery && out.count == texts.count)
    #expect(out[0] == ["q": "a b", "match": "any", "limit": 5])
    #expect(out[1]["filters"]?["actor"] == ["iran"] && out[1]["limit"] == 3)
    #expect(out[2]["error"]?["data"]?["nearest"] == "limit" && out[4]["error"]?["code"] == -32602 && out[5]["error"]?["code"] == -32700)
    // What is no object is the text of a query.
    #expect(out[3]["q"] == #"{"q": "# && out[6]["q"] == "{" && out[7]["q"] == "{a} or b")
  }

  @Test func asksAgainWhereTheDaemonWasBusy() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      var count = 0
      while let request = connection.request() {
        count += 1
        if count % 3 != 0 {
          connection.fail(.busy("later", retryAfterMs: 1), to: request)
        } else {
          connection.reply(request.params, to: request)
        }
      }
    }
    let client = try daemon.connect()
    var lines = Lines(lines: (0..<40).map { Array("q\($0)".utf8) })
    var out: [String?] = []
    let status = try BatchRunner(client: client, request: SearchRequest(), window: 5).run(&lines) { line in
      out.append((try? JSONValue(parsing: line))?["q"]?.string)
    }
    #expect(out == (0..<40).map { "q\($0)" } && status == .nothingFound)
  }
}

@Suite struct IndexingWaitTests {
  private static func status(_ state: IndexState, queue: Int) -> StatusResult {
    StatusResult(
      state: state, version: "1", uuid: "u", revision: 5, articles: 0, passages: 0, terms: 0, bytes: 0, queueDepth: queue, skippedCount: 0,
      uptimeS: 1)
  }

  @Test func endsWithTheLastNotification() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      for done in 1...3 {
        let progress = ProgressNotification(
          request: .int(1), done: done, total: 3, rate: 1, finished: done == 3, revision: done == 3 ? 9 : nil)
        connection.sendLine(String(decoding: RPCMessage.notification("progress", params: progress), as: UTF8.self))
      }
      _ = connection.request()
    }
    var seen: [Int] = []
    let revision = try IndexingWait(client: daemon.connect(), quietMilliseconds: 10_000).run { seen.append($0.done) }
    #expect(revision == 9 && seen == [1, 2, 3])
  }

  @Test func asksForTheStatusWhereNoNotificationsCome() throws {
    let daemon = TestDaemon { connection in
      connection.greet()
      for status in [
        Self.status(.ready, queue: 1), Self.status(.indexing, queue: 0), Self.status(.ready, queue: 0), Self.status(.ready, queue: 0),
      ] {
        if let request = connection.request() { connection.reply(status, to: request) }
      }
      _ = connection.request()
    }
    #expect(try IndexingWait(client: daemon.connect(), quietMilliseconds: 0).run { _ in } == 5)
  }
}

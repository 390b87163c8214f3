import Testing

@testable import ArasAPI

@Suite struct RPCInputTests {
  private func single(_ text: String) throws -> RPCCall {
    guard case .single(let call) = RPCInput(line: Array(text.utf8)) else {
      Issue.record("a batch: \(text)")
      throw JSONError(message: "a batch", offset: 0)
    }
    return call
  }

  @Test(arguments: [
    (#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, RPCRequest(id: .int(1), method: "ping")),
    (#"{"jsonrpc":"2.0","id":"a","method":"ping","params":{"x":1}}"#, RPCRequest(id: .string("a"), method: "ping", params: ["x": 1])),
    (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, RPCRequest(id: .double(1.5), method: "ping")),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, RPCRequest(id: .null, method: "ping")),
    (#"{"jsonrpc":"2.0","method":"ping","params":[]}"#, RPCRequest(id: nil, method: "ping", params: [])),
  ])
  func readsRequests(text: String, request: RPCRequest) throws {
    #expect(try single(text).get() == request)
  }

  @Test(arguments: [
    ("{", -32700, RPCID.null), ("\u{FF}", -32700, .null), ("[]", -32600, .null), ("3", -32600, .null), ("{}", -32600, .null),
    (#"{"jsonrpc":"1.0","id":7,"method":"x"}"#, -32600, .int(7)), (#"{"jsonrpc":"2.0","id":7,"method":3}"#, -32600, .int(7)),
    (#"{"jsonrpc":"2.0","id":{},"method":"x"}"#, -32600, .null),
    (#"{"jsonrpc":"2.0","id":"q","method":"x","params":"y"}"#, -32600, .string("q")),
  ])
  func refusesWithTheIDWhereThereIsOne(text: String, code: Int, id: RPCID) throws {
    guard case .failure(let failure) = try single(text) else {
      Issue.record("accepted: \(text)")
      return
    }
    #expect(failure.error.code == code && failure.id == id)
  }

  @Test func judgesEachRequestOfABatchByItself() {
    let line = Array(#"[{"jsonrpc":"2.0","id":1,"method":"a"}, 5, {"jsonrpc":"2.0","method":"b"}]"#.utf8)
    guard case .batch(let calls) = RPCInput(line: line) else {
      Issue.record("not a batch")
      return
    }
    #expect(calls.count == 3)
    #expect((try? calls[0].get())?.method == "a" && (try? calls[1].get()) == nil && (try? calls[2].get())?.method == "b")
  }

  @Test func writesMessages() {
    func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }
    #expect(text(RPCMessage.result("pong", id: .int(3))) == #"{"jsonrpc":"2.0","id":3,"result":"pong"}"#)
    let error = APIError.querySyntax("unbalanced quote", offset: 12, length: 1)
    #expect(
      text(RPCMessage.error(error, id: .null))
        == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"unbalanced quote","data":{"code":"query_syntax","offset":12,"length":1,"message":"unbalanced quote"}}}"#
    )
    let hello = HelloParams(version: "1.0", index: HelloIndex(uuid: "u", revision: 1841))
    #expect(
      text(RPCMessage.notification("hello", params: hello))
        == #"{"jsonrpc":"2.0","method":"hello","params":{"name":"aras","version":"1.0","protocol":1,"max_line":1048576,"index":{"uuid":"u","revision":1841}}}"#
    )
    #expect(text(RPCMessage.batch([Array("1".utf8), Array("2".utf8)])) == "[1,2]")
    #expect(RPCMessage.batch([]) == nil)
  }
}

@Suite struct APIErrorTests {
  @Test(arguments: APIError.Kind.allCases)
  func readsWhatItWrote(kind: APIError.Kind) throws {
    let error = APIError(kind, "what, where", details: [JSONMember("offset", 3), JSONMember("retry_after_ms", 100)])
    let read = try APIError(json: JSONValue(parsing: error.jsonBytes))
    #expect(read == error && read.kind == kind && read.offset == 3 && read.retryAfterMs == 100)
  }

  @Test func namesTheNearestMethod() {
    let error = APIError.methodNotFound("serch", among: ["search", "count"])
    #expect(error.code == -32601 && error.detail("nearest") == "search")
  }

  @Test func readsErrorsOfOthers() throws {
    let error = try APIError(json: ["code": -32099, "message": "m"])
    #expect(error.kind == nil && error.message == "m" && error.name == "error")
  }
}

// JSON-RPC 2.0 messages as bytes: calls, replies, errors and notifications. None of them ends with a line feed; whoever
// sends them puts one after each.

/// Writes JSON-RPC messages.
package enum RPCMessage {
  package static func result(_ result: some JSONWritable, id: RPCID) -> [UInt8] {
    message {
      $0.field("id", id)
      $0.field("result", result)
    }
  }

  package static func error(_ error: APIError, id: RPCID) -> [UInt8] {
    message {
      $0.field("id", id)
      $0.field("error", error)
    }
  }

  package static func failure(_ failure: RPCFailure) -> [UInt8] { error(failure.error, id: failure.id) }

  package static func notification(_ method: String, params: some JSONWritable) -> [UInt8] {
    message {
      $0.field("method", method)
      $0.field("params", params)
    }
  }

  package static func call(_ method: String, params: some JSONWritable, id: RPCID) -> [UInt8] {
    message {
      $0.field("id", id)
      $0.field("method", method)
      $0.field("params", params)
    }
  }

  /// Joins the replies of a batch; none where every request was a notification.
  package static func batch(_ replies: [[UInt8]]) -> [UInt8]? {
    guard !replies.isEmpty else { return nil }
    var writer = JSONWriter(capacity: replies.reduce(2) { $0 + $1.count + 1 })
    writer.array { for reply in replies { $0.raw(reply) } }
    return writer.bytes
  }

  private static func message(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object {
      $0.field("jsonrpc", "2.0")
      body(&$0)
    }
    return writer.bytes
  }
}

/// Is what the other side of the socket may receive in one line.
package enum RPCIncoming: Sendable, Equatable {
  case result(id: RPCID, JSONValue)
  case error(id: RPCID, APIError)
  case notification(method: String, params: JSONValue)

  /// Reads a message from the daemon; nil where it is none.
  package init?(_ json: JSONValue) {
    if let method = json["method"]?.string {
      self = .notification(method: method, params: json["params"] ?? .null)
      return
    }
    guard let id = RPCID(json["id"] ?? .null) else { return nil }
    if let error = json["error"], let error = try? APIError(json: error) {
      self = .error(id: id, error)
    } else if let result = json["result"] {
      self = .result(id: id, result)
    } else {
      return nil
    }
  }
}

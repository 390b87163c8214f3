// JSON-RPC 2.0 from the server's side: a line of bytes to the requests in it. Each request of a batch is judged by
// itself, so that one bad request does not take the others with it.

/// Is what a request is answered by.
package enum RPCID: Sendable, Hashable {
  case int(Int64)
  case double(Double)
  case string(String)
  case null

  package init?(_ json: JSONValue) {
    switch json {
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .null: self = .null
    default: return nil
    }
  }
}

extension RPCID: JSONWritable, JSONReadable {
  package init(json: JSONValue) throws(JSONMismatch) {
    guard let id = RPCID(json) else { throw JSONMismatch(expected: "a string, a number or null", found: json) }
    self = id
  }

  package func write(to writer: inout JSONWriter) {
    switch self {
    case .int(let value): writer.int(value)
    case .double(let value): writer.double(value)
    case .string(let value): writer.string(value)
    case .null: writer.null()
    }
  }
}

/// Is one call of a method.
package struct RPCRequest: Sendable, Equatable {
  /// Nil for a notification, which is never answered.
  package var id: RPCID?
  package var method: String
  /// An object, or null where none were sent; a list is refused by the method, which takes its parameters by name.
  package var params: JSONValue

  package init(id: RPCID?, method: String, params: JSONValue = .null) {
    self.id = id
    self.method = method
    self.params = params
  }
}

/// Is a request that cannot be carried out, with the id to answer it by.
package struct RPCFailure: Error, Sendable, Equatable {
  package var id: RPCID
  package var error: APIError

  package init(id: RPCID, error: APIError) {
    self.id = id
    self.error = error
  }
}

/// Is what one line holds.
package enum RPCInput: Sendable, Equatable {
  case single(RPCCall)
  case batch([RPCCall])
}

/// Is one request of a line, or why it is none.
package typealias RPCCall = Result<RPCRequest, RPCFailure>

extension RPCInput {
  /// Reads a line; it never fails, since every fault has its answer.
  package init(line: UnsafeBufferPointer<UInt8>) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: line)
    } catch {
      self = .single(.failure(RPCFailure(id: .null, error: .parseError(error))))
      return
    }
    if case .array(let values) = json {
      self =
        values.isEmpty
        ? .single(.failure(RPCFailure(id: .null, error: .invalidRequest("an empty batch"))))
        : .batch(values.map(RPCInput.call))
    } else {
      self = .single(RPCInput.call(json))
    }
  }

  package init(line: [UInt8]) {
    self = line.withUnsafeBufferPointer { RPCInput(line: $0) }
  }

  private static func call(_ json: JSONValue) -> RPCCall {
    func refuse(_ message: String, id: RPCID = .null) -> RPCCall { .failure(RPCFailure(id: id, error: .invalidRequest(message))) }
    guard case .object = json else { return refuse("a request must be an object, not \(json.typeName)") }
    var id: RPCID?
    if let value = json["id"] {
      guard let valid = RPCID(value) else { return refuse("\"id\" must be a string, a number or null, not \(value.typeName)") }
      id = valid
    }
    guard json["jsonrpc"] == .string("2.0") else { return refuse("\"jsonrpc\" must be \"2.0\"", id: id ?? .null) }
    guard let method = json["method"]?.string else { return refuse("\"method\" must be a string", id: id ?? .null) }
    let params = json["params"] ?? .null
    switch params {
    case .object, .array, .null: break
    default: return refuse("\"params\" must be an object, not \(params.typeName)", id: id ?? .null)
    }
    return .success(RPCRequest(id: id, method: method, params: params))
  }
}

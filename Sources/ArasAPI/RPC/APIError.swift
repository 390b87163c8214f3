// What can go wrong, as every caller sees it: one number and one name per kind of error, a sentence, and the details
// that a program can act on. JSON-RPC's own numbers where it has them, ours from -32001 on.

/// Is an error as it crosses the socket.
package struct APIError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number; one of `Kind`, or another daemon's that this side does not know.
  package var code: Int
  /// The number's name, `query_syntax` for example.
  package var name: String
  /// One sentence: what, where, what to do.
  package var message: String
  /// Details beside name and message, written into `error.data` in this order.
  package var details: [JSONMember]

  package init(code: Int, name: String, message: String, details: [JSONMember] = []) {
    self.code = code
    self.name = name
    self.message = message
    self.details = details
  }

  package init(_ kind: Kind, _ message: String, details: [JSONMember] = []) {
    self.init(code: kind.rawValue, name: kind.name, message: message, details: details)
  }

  package var kind: Kind? { Kind(rawValue: code) }

  package var description: String { "\(name): \(message)" }

  package enum Kind: Int, Sendable, CaseIterable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case internalError = -32603
    case querySyntax = -32001
    case notFound = -32002
    case busy = -32003
    case timeout = -32004
    case indexUnavailable = -32005
    case unauthorized = -32006

    package var name: String {
      switch self {
      case .parseError: "parse_error"
      case .invalidRequest: "invalid_request"
      case .methodNotFound: "method_not_found"
      case .invalidParams: "invalid_params"
      case .internalError: "internal_error"
      case .querySyntax: "query_syntax"
      case .notFound: "not_found"
      case .busy: "busy"
      case .timeout: "timeout"
      case .indexUnavailable: "index_unavailable"
      case .unauthorized: "unauthorized"
      }
    }
  }
}

extension APIError {
  package static func parseError(_ error: JSONError) -> APIError {
    APIError(.parseError, "not JSON: \(error.message) at byte \(error.offset)", details: [JSONMember("offset", .int(Int64(error.offset)))])
  }

  package static func invalidRequest(_ message: String) -> APIError { APIError(.invalidRequest, message) }

  /// Names the method that there is not, and the nearest one that there is.
  package static func methodNotFound(_ method: String, among methods: [String]) -> APIError {
    let nearest = NearestName.of(method, among: methods)
    return APIError(
      .methodNotFound, "there is no method \"\(method)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""),
      details: [JSONMember("method", .string(method))] + (nearest.map { [JSONMember("nearest", .string($0))] } ?? []))
  }

  /// Names the parameter at fault; `nearest` is the valid name or value that comes closest to what was sent.
  package static func invalidParams(_ message: String, parameter: String, nearest: String? = nil) -> APIError {
    APIError(
      .invalidParams, message,
      details: [JSONMember("parameter", .string(parameter))] + (nearest.map { [JSONMember("nearest", .string($0))] } ?? []))
  }

  /// Says where in the query text, in bytes, the fault is.
  package static func querySyntax(_ message: String, offset: Int, length: Int) -> APIError {
    APIError(
      .querySyntax, message, details: [JSONMember("offset", .int(Int64(offset))), JSONMember("length", .int(Int64(length)))])
  }

  package static func notFound(_ message: String) -> APIError { APIError(.notFound, message) }

  package static func busy(_ message: String, retryAfterMs: Int) -> APIError {
    APIError(.busy, message, details: [JSONMember("retry_after_ms", .int(Int64(retryAfterMs)))])
  }

  package static func timeout(_ message: String) -> APIError { APIError(.timeout, message) }
  package static func indexUnavailable(_ message: String) -> APIError { APIError(.indexUnavailable, message) }
  package static func unauthorized(_ message: String) -> APIError { APIError(.unauthorized, message) }
  package static func internalError(_ message: String) -> APIError { APIError(.internalError, message) }

  /// Returns a detail by its name.
  package func detail(_ key: String) -> JSONValue? { details.last { $0.key == key }?.value }

  package var offset: Int? { detail("offset")?.int }
  package var retryAfterMs: Int? { detail("retry_after_ms")?.int }
}

extension APIError: JSONWritable, JSONReadable {
  /// Writes the `error` member of a reply.
  package func write(to writer: inout JSONWriter) {
    writer.object {
      $0.field("code", code)
      $0.field("message", message)
      $0.key("data")
      $0.object {
        $0.field("code", name)
        for detail in details { $0.field(detail.key, detail.value) }
        $0.field("message", message)
      }
    }
  }

  package init(json: JSONValue) throws(JSONMismatch) {
    let code: Int = try json.read("code")
    let data = json["data"] ?? .null
    self.init(
      code: code,
      name: data["code"]?.string ?? Kind(rawValue: code)?.name ?? "error",
      message: try json.read("message"),
      details: (data.members ?? []).filter { $0.key != "code" && $0.key != "message" })
  }
}

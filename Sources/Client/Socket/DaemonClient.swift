// The daemon from the client's side: methods are called by name, replies are matched by id, whatever order they come in,
// and notifications are kept for whoever waits for them.
import ArasAPI

/// Is the result of a call: as a value, and the very bytes that the daemon wrote.
package struct Reply: Sendable, Equatable {
  package var value: JSONValue
  package var bytes: [UInt8]

  package init(value: JSONValue, bytes: [UInt8]) {
    self.value = value
    self.bytes = bytes
  }

  /// Reads the result as a type.
  package func read<T: JSONReadable>(_ type: T.Type = T.self) throws(ClientError) -> T {
    do {
      return try T(json: value)
    } catch {
      throw .wrongAnswer("\(error)")
    }
  }
}

/// Is a notification of the daemon.
package struct Notification: Sendable, Equatable {
  package var method: String
  package var params: JSONValue
}

/// Calls the methods of one daemon; used by one thread.
package final class DaemonClient {
  private let connection: Connection
  package let hello: HelloParams
  private var lastID: Int64 = 0
  private var replies: [RPCID: Result<Reply, ClientError>] = [:]
  private var notifications: [Notification] = []

  /// How long to wait for the greeting, and for the reply to a call.
  package struct Patience: Sendable {
    package var helloSeconds: Int
    package var replySeconds: Int

    package init(helloSeconds: Int = 10, replySeconds: Int = 120) {
      self.helloSeconds = helloSeconds
      self.replySeconds = replySeconds
    }

    /// For a reply that waits until a large index is tagged anew.
    package static let long = Patience(replySeconds: 3600)
  }

  private let patience: Patience

  /// Connects, and waits for the daemon's greeting.
  package init(to endpoint: Endpoint, patience: Patience = Patience()) throws(ClientError) {
    self.patience = patience
    connection = try Connection(to: endpoint)
    let line: [UInt8]?
    do {
      line = try connection.line(within: Int32(patience.helloSeconds) * 1000)
    } catch {
      throw .unreachable("\(endpoint)", reason: "the connection was closed at once")
    }
    guard let line else { throw .noReply(seconds: patience.helloSeconds) }
    guard case .notification("hello", let params)? = (try? JSONValue(parsing: line)).flatMap(RPCIncoming.init) else {
      throw .wrongAnswer("it does not greet")
    }
    do {
      hello = try HelloParams(json: params)
    } catch {
      throw .wrongAnswer("\(error)")
    }
    guard hello.name == "aras", hello.protocolVersion == 1 else {
      throw .wrongAnswer("it is \(hello.name), protocol \(hello.protocolVersion); this client speaks aras, protocol 1")
    }
  }

  /// Calls a method and waits for its result.
  package func call(_ method: String, _ params: some JSONWritable) throws(ClientError) -> Reply {
    try reply(to: try send(method, params))
  }

  /// Sends a call; its reply is taken by `reply(to:)`, now or after others.
  package func send(_ method: String, _ params: some JSONWritable) throws(ClientError) -> RPCID {
    lastID += 1
    let id = RPCID.int(lastID)
    var bytes = RPCMessage.call(method, params: params, id: id)
    guard bytes.count <= hello.maxLine else { throw .tooLong(bytes: bytes.count, limit: hello.maxLine) }
    bytes.append(0x0A)
    try connection.send(bytes)
    return id
  }

  /// Waits for the reply to a call.
  package func reply(to id: RPCID) throws(ClientError) -> Reply {
    while true {
      if let reply = replies.removeValue(forKey: id) { return try reply.get() }
      guard try receive(within: Int32(patience.replySeconds) * 1000) else { throw .noReply(seconds: patience.replySeconds) }
    }
  }

  /// Waits for a notification; nil where none came in time.
  package func notification(within milliseconds: Int32) throws(ClientError) -> Notification? {
    while notifications.isEmpty {
      guard try receive(within: milliseconds) else { return nil }
    }
    return notifications.removeFirst()
  }

  /// Reads one message and puts it where it belongs; false where none came in time.
  private func receive(within milliseconds: Int32) throws(ClientError) -> Bool {
    guard let line = try connection.line(within: milliseconds) else { return false }
    let members: [(member: JSONMember, span: Range<Int>)]
    do {
      members = try line.withUnsafeBufferPointer { (bytes) throws(JSONError) in try JSONValue.members(parsing: bytes) }
    } catch {
      throw .wrongAnswer("\(error)")
    }
    switch RPCIncoming(.object(members.map(\.member))) {
    case .notification(let method, let params):
      notifications.append(Notification(method: method, params: params))
    case .error(.null, let error):
      throw .api(error)  // The daemon could not read a request: which one is unknown, and so what to wait for.
    case .error(let id, let error):
      replies[id] = .failure(.api(error))
    case .result(let id, let value):
      let span = members.last { $0.member.key == "result" }?.span ?? 0..<0
      replies[id] = .success(Reply(value: value, bytes: Array(line[span])))
    case nil:
      throw .wrongAnswer("a line is no JSON-RPC message")
    }
    return true
  }
}

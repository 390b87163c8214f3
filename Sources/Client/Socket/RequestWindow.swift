// Many calls over one connection: several are under way at once, and their answers are taken in the order of the calls. A call that the
// daemon was too busy for is made again after the time that it asked for.
import ArasAPI
import Glibc

/// Keeps calls under way; used by one thread.
package struct RequestWindow<Tag> {
  private enum State {
    case sent(RPCID)
    case failed(APIError)
  }

  private struct Call {
    var tag: Tag
    var method: String
    var params: any JSONWritable
    var state: State
  }

  private let client: DaemonClient
  /// Calls under way at most.
  private let limit: Int
  private var calls: [Call] = []

  /// How often a call is made again before `busy` is its answer.
  private static var mostAttempts: Int { 50 }

  package init(client: DaemonClient, limit: Int) {
    self.client = client
    self.limit = max(1, limit)
  }

  package var isFull: Bool { calls.count >= limit }
  package var isEmpty: Bool { calls.isEmpty }

  /// Makes a call; one that is too long for the daemon is answered by an error in its turn.
  package mutating func send(_ method: String, _ params: some JSONWritable, _ tag: Tag) throws(ClientError) {
    calls.append(Call(tag: tag, method: method, params: params, state: try sent(method, params)))
  }

  /// Puts an error where the answer of a call would be.
  package mutating func fail(_ error: APIError, _ tag: Tag) {
    calls.append(Call(tag: tag, method: "", params: JSONValue.null, state: .failed(error)))
  }

  private func sent(_ method: String, _ params: some JSONWritable) throws(ClientError) -> State {
    do {
      return .sent(try client.send(method, params))
    } catch .tooLong(let bytes, let limit) {
      return .failed(.invalidRequest("\(ClientError.tooLong(bytes: bytes, limit: limit))"))
    }
  }

  /// Waits for the answer of the oldest call; nil where none is under way.
  package mutating func next() throws(ClientError) -> (tag: Tag, answer: Result<Reply, APIError>)? {
    guard !calls.isEmpty else { return nil }
    var call = calls.removeFirst()
    var attempts = 1
    while true {
      switch call.state {
      case .failed(let error): return (call.tag, .failure(error))
      case .sent(let id):
        do {
          return (call.tag, .success(try client.reply(to: id)))
        } catch .api(let error) {
          guard error.kind == .busy, attempts < Self.mostAttempts else { return (call.tag, .failure(error)) }
          attempts += 1
          usleep(UInt32(min(5000, max(1, error.retryAfterMs ?? 100))) * 1000)
          call.state = try sent(call.method, call.params)
        }
      }
    }
  }
}

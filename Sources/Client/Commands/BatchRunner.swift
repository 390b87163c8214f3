// Many queries over one connection: a query a line comes in, an answer a line goes out, in the same order. Several are
// under way at once, but whoever waits for an answer before the next query gets it.
import ArasAPI
import Glibc

/// Is where a batch's lines come from.
package protocol LineSource {
  /// Returns the next line; nil at the end. Where `waiting` is false and no line is there yet, returns `.some(nil)`.
  mutating func next(waiting: Bool) -> [UInt8]??
}

/// Reads lines of a file descriptor.
package struct DescriptorLines: LineSource {
  private let descriptor: Int32
  private var buffer = LineBuffer()
  private var ended = false

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package mutating func next(waiting: Bool) -> [UInt8]?? {
    while true {
      if let line = buffer.next() { return .some(line) }
      if ended { return buffer.rest().map { .some($0) } ?? .none }
      if !waiting {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&entry, 1, 0) == 0 { return .some(nil) }
      }
      let descriptor = descriptor
      let count = buffer.append { FileBytes.read(from: descriptor, into: &$0) }
      if count == nil || count == 0 { ended = true }
    }
  }
}

/// Runs a batch of searches.
package struct BatchRunner {
  package var client: DaemonClient
  /// What every query of the batch is asked with.
  package var request: SearchRequest
  /// Queries under way at most.
  package var window: Int

  package init(client: DaemonClient, request: SearchRequest, window: Int = 16) {
    self.client = client
    self.request = request
    self.window = max(1, window)
  }

  private enum Pending {
    case sent(RPCID)
    case failed(APIError)
  }

  /// Answers every line; a line that fails is answered by its error, and the rest goes on.
  ///
  /// - Returns: `badQuery` where a line failed, else whether anything was found.
  package func run(_ lines: inout some LineSource, write: ([UInt8]) -> Void) throws(ClientError) -> ExitStatus {
    var pending: [Pending] = []
    var found = false
    var failed = false
    var ended = false
    while !ended || !pending.isEmpty {
      if !ended, pending.count < window {
        switch lines.next(waiting: pending.isEmpty) {
        case .none: ended = true
        case .some(nil): break  // No line yet: answer what is under way.
        case .some(let line?):
          pending.append(try send(line))
          continue
        }
      }
      guard !pending.isEmpty else { continue }
      switch try answer(pending.removeFirst()) {
      case .success(let reply):
        if (reply.value["total"]?["passages"]?.int ?? 0) > 0 { found = true }
        write(reply.bytes + [0x0A])
      case .failure(let error):
        failed = true
        var writer = JSONWriter()
        writer.object { $0.field("error", error) }
        write(writer.bytes + [0x0A])
      }
    }
    return failed ? .badQuery : found ? .found : .nothingFound
  }

  private func send(_ line: [UInt8]) throws(ClientError) -> Pending {
    guard let text = String(validating: line, as: UTF8.self) else {
      return .failed(.invalidParams("the line is not valid UTF-8", parameter: "q", nearest: "q"))
    }
    var request = request
    request.q = text
    do {
      return .sent(try client.send("search", request))
    } catch .tooLong(let bytes, let limit) {
      return .failed(.invalidRequest("\(ClientError.tooLong(bytes: bytes, limit: limit))"))
    }
  }

  private func answer(_ pending: Pending) throws(ClientError) -> Result<Reply, APIError> {
    switch pending {
    case .failed(let error): return .failure(error)
    case .sent(let id):
      do {
        return .success(try client.reply(to: id))
      } catch .api(let error) {
        return .failure(error)
      }
    }
  }
}

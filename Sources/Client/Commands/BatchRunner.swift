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
///
/// A line is the text of a query; a line that begins with `{` and ends with `}` is an object of the parameters of a search, which go before
/// those that the whole batch is asked with.
package struct BatchRunner {
  package var client: DaemonClient
  /// What every query of the batch is asked with.
  package var request: SearchRequest
  /// Queries under way at most.
  package var window: Int

  package init(client: DaemonClient, request: SearchRequest, window: Int = 16) {
    self.client = client
    self.request = request
    self.window = window
  }

  /// Answers every line; a line that fails is answered by its error, and the rest goes on.
  ///
  /// - Returns: `badQuery` where a line failed, else whether anything was found.
  package func run(_ lines: inout some LineSource, write: ([UInt8]) -> Void) throws(ClientError) -> ExitStatus {
    var pending = RequestWindow<Void>(client: client, limit: window)
    var found = false
    var failed = false
    var ended = false
    while !ended || !pending.isEmpty {
      if !ended, !pending.isFull {
        switch lines.next(waiting: pending.isEmpty) {
        case .none: ended = true
        case .some(nil): break  // No line yet: answer what is under way.
        case .some(let line?):
          switch parameters(line) {
          case .success(let request): try pending.send("search", request, ())
          case .failure(let error): pending.fail(error, ())
          }
          continue
        }
      }
      guard let (_, answer) = try pending.next() else { continue }
      switch answer {
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

  private func parameters(_ line: [UInt8]) -> Result<SearchRequest, APIError> {
    guard let text = String(validating: line, as: UTF8.self) else {
      return .failure(.invalidParams("the line is not valid UTF-8", parameter: "q", nearest: "q"))
    }
    let trimmed = text.trimmed
    guard trimmed.hasPrefix("{"), trimmed.hasSuffix("}") else {
      var request = request
      request.q = text
      return .success(request)
    }
    do {
      let own = try JSONValue(parsing: trimmed).members ?? []
      let shared = (try JSONValue(parsing: request.jsonBytes).members ?? []).filter { member in !own.contains { $0.key == member.key } }
      return .success(try SearchRequest(parameters: .object(own + shared)))
    } catch let error as JSONError {
      return .failure(.parseError(error))
    } catch {
      return .failure(error as? APIError ?? .internalError("\(error)"))
    }
  }
}

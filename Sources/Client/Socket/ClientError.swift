// What can go wrong between the command line and the daemon, each with the sentence that the user reads and the exit
// code that a script acts on.
import ArasAPI

/// Is a failure of a command.
package enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No daemon answers there.
  case unreachable(String, reason: String)
  /// The daemon's queue of connections is full.
  case refused(String)
  /// The connection ended before the reply.
  case closed
  /// The connection ended while it was listened to.
  case gone
  /// No reply came in time.
  case noReply(seconds: Int)
  /// Something else than a daemon of ours answers, or an answer makes no sense.
  case wrongAnswer(String)
  /// The request is longer than the daemon takes.
  case tooLong(bytes: Int, limit: Int)
  case configuration(String)
  case api(APIError)

  package var description: String {
    switch self {
    case .unreachable(let place, let reason): "no daemon answers at \(place): \(reason). Start it with: arasd"
    case .refused(let place): "the daemon at \(place) takes no more connections now; try again"
    case .closed: "the daemon closed the connection before it answered"
    case .gone: "the daemon went away, and nothing is watched any more; start it, and watch again"
    case .noReply(let seconds): "the daemon did not answer within \(seconds) s"
    case .wrongAnswer(let what): "the answer is not one of an Aras daemon: \(what)"
    case .tooLong(let bytes, let limit): "the request has \(bytes) bytes; the daemon takes \(limit)"
    case .configuration(let message): message
    case .api(let error): error.message
    }
  }

  package var exitCode: ExitStatus {
    switch self {
    case .unreachable, .closed, .gone, .noReply, .wrongAnswer: .unreachable
    case .refused: .busy
    case .tooLong, .configuration: .badQuery
    case .api(let error):
      switch error.kind {
      case .busy, .timeout: .busy
      case .notFound: .nothingFound
      case .indexUnavailable, .internalError: .unreachable
      default: .badQuery
      }
    }
  }
}

/// Is what a command's exit code says; the numbers from 64 on are those of sysexits.h.
package enum ExitStatus: Int32, Sendable {
  case found = 0
  case nothingFound = 1
  case badQuery = 2
  case usage = 64
  case unreachable = 69
  case busy = 75
}

// Why the daemon cannot do what it was asked, and the exit code that tells scripts the same.

import Engine
import Settings
import Tagging

/// An end that is not a success.
package struct DaemonFailure: Error, CustomStringConvertible {
  package enum Code: Int32, Sendable {
    /// The work failed.
    case failed = 1
    /// The configuration is wrong.
    case configuration = 2
    /// Another daemon has the index or the socket.
    case busy = 75
  }

  package var code: Code
  package var description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  package init(_ error: any Error) {
    switch error {
    case let failure as DaemonFailure: self = failure
    case let error as SettingsError: self.init(.configuration, error.description)
    case let error as RegistryError: self.init(.configuration, error.description)
    case let error as SocketError: self.init(error.isTaken ? .busy : .configuration, error.description)
    case let error as EngineError:
      switch error.kind {
      case .locked: self.init(.busy, error.description)
      case .unusable: self.init(.configuration, error.description)
      case .failed: self.init(.failed, error.description)
      }
    default: self.init(.failed, "\(error)")
    }
  }
}

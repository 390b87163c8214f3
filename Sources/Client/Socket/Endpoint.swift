// Where a daemon listens: a socket in the file system, or a host and a port.

/// Is the address of a daemon.
package enum Endpoint: Sendable, Hashable, CustomStringConvertible {
  case unix(path: String)
  case tcp(host: String, port: UInt16)

  /// Reads `HOST:PORT`, `[::1]:PORT` or else a path; whatever holds a slash is a path.
  package init(_ text: String) {
    if !text.contains("/"), let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 {
      var host = text[..<colon]
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      self = .tcp(host: host.isEmpty ? "localhost" : String(host), port: port)
    } else {
      self = .unix(path: text)
    }
  }

  package var description: String {
    switch self {
    case .unix(let path): path
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}

// Where a network listener is bound. `off` is a value of its own, so that a default that listens can be switched off.

import Yams

/// An address and a port (`127.0.0.1:7700`, `[::1]:7700`).
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  package var host: String
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `ADDR:PORT`; an IPv6 address stands in brackets.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
    self.init(host: String(host), port: port)
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// A listener that may be switched off; reads `off` or an address.
struct OptionalListenAddress: SettingValue {
  static var expectation: String { "an address and a port such as 127.0.0.1:7700, or off" }
  var address: ListenAddress?

  init?(node: Node) {
    guard let text = node.scalar?.string else { return nil }
    // YAML 1.1 reads a bare `off` as a truth value, but the scalar keeps the text that was written.
    if ["off", "false", "no", "none"].contains(text.lowercased()) { return }
    guard let address = ListenAddress(text) else { return nil }
    self.address = address
  }
}

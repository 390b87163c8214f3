// Finds the daemon's socket by the rules the daemon itself follows: what is said on the command line, the environment,
// the configuration file, and last the folder that belongs to this user alone.
import Glibc

/// Finds the socket; the surroundings are values, so that the rules can be tested.
package struct SocketLocation {
  package var environment: [String: String]
  package var userID: UInt32
  package var currentDirectory: String
  /// Returns a file's bytes, nil where it cannot be read.
  package var readFile: (String) -> [UInt8]?

  package init(
    environment: [String: String], userID: UInt32, currentDirectory: String, readFile: @escaping (String) -> [UInt8]?
  ) {
    self.environment = environment
    self.userID = userID
    self.currentDirectory = currentDirectory
    self.readFile = readFile
  }

  /// The rules in the surroundings of this process.
  package static var ofThisProcess: SocketLocation {
    SocketLocation(
      environment: processEnvironment(), userID: getuid(), currentDirectory: FileBytes.currentDirectory, readFile: FileBytes.read)
  }

  /// Returns where the daemon listens.
  ///
  /// - Parameters:
  ///   - option: what `--socket` says.
  ///   - configuration: what `--config` says; such a file must be readable.
  package func find(option: String?, configuration: String?) throws(ClientError) -> Endpoint {
    if let option { return Endpoint(option) }
    if let path = set("ARAS_SOCKET__PATH") { return path == "auto" ? standard : Endpoint(expanded(path, base: currentDirectory)) }
    guard let file = try configurationFile(configuration), let path = Self.socketPath(inConfiguration: file.bytes), path != "auto" else {
      return standard
    }
    return .unix(path: expanded(path, base: Self.base(ofConfiguration: expanded(file.path, base: currentDirectory))))
  }

  /// The place when nothing names one: the session's runtime folder, else a folder that only this user can enter.
  private var standard: Endpoint {
    if let folder = set("XDG_RUNTIME_DIR"), folder.hasPrefix("/") { return .unix(path: folder + "/aras/arasd.sock") }
    return .unix(path: "/tmp/aras-\(userID)/arasd.sock")
  }

  private func set(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func expanded(_ path: String, base: String) -> String {
    if path.hasPrefix("~/"), let home = set("HOME") { return home + path.dropFirst() }
    if path.hasPrefix("/") || Endpoint(path) != .unix(path: path) { return path }
    return (base == "/" ? "" : base) + "/" + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
  }

  /// Relative paths of a configuration start from its folder; a folder named `config` speaks of the project around it.
  private static func base(ofConfiguration file: String) -> String {
    var parts = file.split(separator: "/").dropLast()
    if parts.last == "config" { parts = parts.dropLast() }
    return "/" + parts.joined(separator: "/")
  }

  private func configurationFile(_ option: String?) throws(ClientError) -> (path: String, bytes: [UInt8])? {
    if let named = option ?? set("ARAS_CONFIG") {
      guard let bytes = readFile(expanded(named, base: currentDirectory)) else {
        throw .configuration("the configuration file \(named) cannot be read; name another by --config or ARAS_CONFIG")
      }
      return (named, bytes)
    }
    let personal = set("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? set("HOME").map { $0 + "/.config" }
    for path in ["config/aras.yaml", personal.map { $0 + "/aras/aras.yaml" }, "/etc/aras/aras.yaml"] {
      // The first file found is the configuration, whether it names a socket or not.
      if let path, let bytes = readFile(expanded(path, base: currentDirectory)) { return (path, bytes) }
    }
    return nil
  }

  /// Returns `socket.path` of a configuration: a block or a one-line mapping `socket:` at the margin. It is the only setting
  /// that a client needs, so it reads no more YAML than that.
  package static func socketPath(inConfiguration bytes: [UInt8]) -> String? {
    var inside = false
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = trimmed(line)
      if text.isEmpty || text.hasPrefix("#") { continue }
      if line.first == " " {
        if inside, let value = value(of: "path", in: text) { return scalar(value) }
        continue
      }
      inside = false
      guard let rest = value(of: "socket", in: text) else { continue }
      inside = rest.isEmpty || rest.hasPrefix("#")
      if rest.hasPrefix("{") {
        for pair in rest.dropFirst().prefix(while: { $0 != "}" }).split(separator: ",") {
          if let value = value(of: "path", in: trimmed(pair)) { return scalar(value) }
        }
      }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private static func value(of key: String, in line: Substring) -> Substring? {
    for name in [key, "\"\(key)\"", "'\(key)'"] where line.hasPrefix(name) {
      let rest = line.dropFirst(name.count).drop(while: \.isWhitespace)
      if rest.first == ":" { return trimmed(rest.dropFirst()) }
    }
    return nil
  }

  private static func scalar(_ text: Substring) -> String? {
    if let quote = text.first, quote == "\"" || quote == "'" {
      return String(text.dropFirst().prefix { $0 != quote })
    }
    var value = text
    if let comment = value.firstRange(of: " #") { value = trimmed(value[..<comment.lowerBound]) }
    return value.isEmpty || value.hasPrefix("#") || value == "~" || value == "null" ? nil : String(value)
  }
}

extension Substring {
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return nil
  }
}

/// Returns the environment of this process.
package func processEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var at = environ
  while let entry = at.pointee {
    let text = String(cString: entry)
    if let equals = text.firstIndex(of: "=") { variables[String(text[..<equals])] = String(text[text.index(after: equals)...]) }
    at += 1
  }
  return variables
}

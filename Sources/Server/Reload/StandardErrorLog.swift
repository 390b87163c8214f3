// The log: a line a message on standard error, with one level for the whole program that a reload can change.

import Foundation
import Logging
import Settings
import Synchronization

/// The least important level that is written.
package enum LogThreshold {
  private static let level = Mutex(Logger.Level.info)

  package static var current: Logger.Level {
    get { level.withLock { $0 } }
    set { level.withLock { $0 = newValue } }
  }

  package static func set(_ level: LogLevel) { current = Logger.Level(rawValue: level.rawValue) ?? .info }
}

/// Writes log messages to standard error: `2023-09-05T12:00:00Z info message key=value`.
package struct StandardErrorLog: LogHandler {
  package var metadata: Logger.Metadata = [:]
  private let write: @Sendable (String) -> Void

  package init(write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }) { self.write = write }

  package var logLevel: Logger.Level {
    get { LogThreshold.current }
    // The level is the program's, not a logger's.
    set { _ = newValue }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    var line = "\(Date.now.formatted(.iso8601)) \(event.level) \(event.message)"
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(Self.oneLine("\(value)"))" }
    write(Self.oneLine(line, quoting: false) + "\n")
  }

  /// Keeps a message on its line whatever a file's name holds, and quotes what has blanks in it.
  private static func oneLine(_ text: String, quoting: Bool = true) -> String {
    let escaped = text.unicodeScalars.reduce(into: "") { line, scalar in
      if scalar.value < 0x20 || scalar.value == 0x7F {
        line += "\\x" + String(scalar.value, radix: 16)
      } else {
        line.unicodeScalars.append(scalar)
      }
    }
    return quoting && escaped.contains(where: { $0 == " " || $0 == "=" }) ? "\"\(escaped)\"" : escaped
  }
}

// The process's own streams: results go to standard output, everything else to standard error. A reader that goes away
// ends the program quietly.
import Glibc

/// Writes to the two output streams.
package enum Streams {
  /// Keeps a closed pipe from killing the process, so that it can end in order.
  package static func ignorePipeSignal() { signal(SIGPIPE, SIG_IGN) }

  /// Writes results; ends the process where nobody reads them any more.
  package static func output(_ text: String) { output(Array(text.utf8)) }

  package static func output(_ bytes: [UInt8]) {
    guard FileBytes.write(bytes, to: STDOUT_FILENO) else {
      if errno == EPIPE { exit(ExitStatus.found.rawValue) }
      report("aras: cannot write the result: \(String(cString: strerror(errno)))\n")
      exit(ExitStatus.badQuery.rawValue)
    }
  }

  /// Writes a message for the user.
  package static func report(_ text: String) { FileBytes.write(Array(text.utf8), to: STDERR_FILENO) }

  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of the terminal, or of what `COLUMNS` says; 80 where nothing tells.
  package static func columns(environment: [String: String]) -> Int {
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    }
    return environment["COLUMNS"].flatMap { Int($0) }.map { max(20, $0) } ?? 80
  }
}

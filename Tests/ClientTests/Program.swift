// Runs the built `aras` as a user would, and gives what it printed and how it ended.
import Glibc

@testable import Client

struct Program {
  struct Outcome {
    var output: String
    var errors: String
    var status: Int32
  }

  /// The program beside the test bundle, nil where it was not built.
  static let path: String? = {
    guard let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    let folder = String(cString: own).split(separator: "/").dropLast().joined(separator: "/")
    let program = "/\(folder)/aras"
    return access(program, X_OK) == 0 ? program : nil
  }()

  static func run(_ arguments: [String], environment: [String] = [], input: String = "") throws -> Outcome {
    let input = try ScratchFile(input)
    let output = try ScratchFile()
    let errors = try ScratchFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, file) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
      posix_spawn_file_actions_addopen(&actions, target, file.path, O_RDWR, 0)
    }
    let words = ([path ?? "aras"] + arguments).map { strdup($0) }
    let variables = (["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"] + environment).map { strdup($0) }
    defer { for pointer in words + variables { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, path ?? "", &actions, nil, words + [nil], variables + [nil])
    guard code == 0 else { throw ClientError.configuration(String(cString: strerror(code))) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // The exit code is in the second byte; a program that a signal ended has the signal in the first.
    return Outcome(output: output.text, errors: errors.text, status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F))
  }
}

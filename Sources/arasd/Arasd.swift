// The daemon's command line. What the commands do is in Server; here are their options and exit codes.

import ArgumentParser
import Server
import Settings

@main
struct Arasd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arasd",
    abstract: "Keeps a full-text index in step with folders of articles and answers searches over a socket.",
    discussion: """
      Without a configuration file, `arasd --source ~/articles --index ~/aras-index` is enough for a first try. Searches are asked with \
      `aras`.

      Configuration: --config, else $ARAS_CONFIG, else ./config/aras.yaml, else $XDG_CONFIG_HOME/aras/aras.yaml, else /etc/aras/aras.yaml. \
      Any setting can be overridden by ARAS_SECTION__KEY, such as ARAS_LOG__LEVEL=debug.

      Signals: SIGTERM and SIGINT stop it in order, SIGHUP reloads actors, topics and stop words.

      Exit codes: 0 stopped in order; 1 failed; 2 the configuration is wrong; 64 wrong usage; 75 another arasd has the index or the socket.
      """,
    version: "arasd \(Daemon.version)",
    subcommands: [Serve.self, IndexOnce.self, Check.self],
    defaultSubcommand: Serve.self)

  @OptionGroup var options: DaemonOptions
}

/// The options that all commands share.
struct DaemonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("A folder or file to index, in place of the configured ones; repeatable.", valueName: "path"))
  var sources: [String] = []

  @Option(help: ArgumentHelp("The folder of the index.", valueName: "dir"))
  var index: String?

  @Option(help: ArgumentHelp("The Unix socket.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("Where to serve HTTP.", valueName: "addr:port"))
  var http: String?

  @Flag(name: .customLong("no-http"), help: "Serve no HTTP.")
  var noHTTP = false

  func validate() throws {
    if http != nil, noHTTP { throw ValidationError("--http and --no-http exclude each other.") }
    if let http, ListenAddress(http) == nil {
      throw ValidationError("--http takes an address and a port, such as 127.0.0.1:7700, not '\(http)'.")
    }
  }

  var overrides: SettingsOverrides {
    var overrides = SettingsOverrides()
    overrides.config = config
    overrides.sources = sources
    overrides.index = index
    overrides.socket = socket
    overrides.http = http
    overrides.noHTTP = noHTTP
    return overrides
  }
}

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Index the sources, follow their changes and answer searches.")

  @OptionGroup var options: DaemonOptions

  func run() async throws { try await exiting { try await Daemon.serve(options.overrides) } }
}

struct IndexOnce: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "index", abstract: "Index what changed since the last run, and end.")

  @OptionGroup var options: DaemonOptions

  func run() async throws { try await exiting { try await Daemon.indexOnce(options.overrides) } }
}

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Verify the configuration and the index.")

  @OptionGroup var options: DaemonOptions

  func run() async throws { try await exiting { try await Daemon.check(options.overrides) } }
}

/// Runs a command and says why it failed, with the exit code that stands for it.
private func exiting(_ body: () async throws -> Void) async throws {
  do {
    try await body()
  } catch {
    let failure = DaemonFailure(error)
    for line in failure.description.split(separator: "\n") { Daemon.complain("arasd: \(line)") }
    throw ExitCode(failure.code.rawValue)
  }
}

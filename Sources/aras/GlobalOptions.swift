// The options that every command takes, and what each command needs of them: a connection, a way to print, an end.
import ArasAPI
import ArgumentParser
import Client

enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, ndjson, csv
}

extension ColorChoice: ExpressibleByArgument {}

/// How a command comes to the daemon, and speaks to its user.
struct ConnectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The daemon's socket: a path or HOST:PORT.", valueName: "path"), completion: .file())
  var socket: String?

  @Option(help: ArgumentHelp("The configuration to find the socket by.", valueName: "file"), completion: .file(extensions: ["yaml"]))
  var config: String?

  @Option(help: "When to colour text.")
  var color = ColorChoice.auto

  /// Runs a command's body on a connection and turns what goes wrong into a message and an exit code.
  func withClient(
    query: String? = nil, patience: DaemonClient.Patience = .init(), _ body: (DaemonClient) throws(ClientError) -> ExitStatus
  ) throws {
    let status: ExitStatus
    do {
      let endpoint = try SocketLocation.ofThisProcess.find(option: socket, configuration: config)
      status = try body(DaemonClient(to: endpoint, patience: patience))
    } catch {
      for line in ErrorText.lines(error, query: query) { remark(line) }
      status = error.exitCode
    }
    guard status == .found else { throw ExitCode(status.rawValue) }
  }

  func remark(_ line: String) { Streams.report("aras: \(line)\n") }
}

struct GlobalOptions: ParsableArguments {
  @OptionGroup var connection: ConnectionOptions

  @Option(help: "How to print results.")
  var format = OutputFormat.text

  func withClient(
    query: String? = nil, patience: DaemonClient.Patience = .init(), _ body: (DaemonClient) throws(ClientError) -> ExitStatus
  ) throws {
    try connection.withClient(query: query, patience: patience, body)
  }

  func remark(_ line: String) { connection.remark(line) }

  var text: TextRenderer {
    let environment = processEnvironment()
    let isTerminal = Streams.outputIsTerminal
    let colored = connection.color.colored(isTerminal: isTerminal, environment: environment)
    return TextRenderer(theme: Theme(colored: colored), width: Streams.columns(environment: environment), cutsTitles: isTerminal)
  }

  /// Prints the very bytes of the daemon's result.
  func printJSON(_ reply: Reply) { Streams.output(reply.bytes + [0x0A]) }
}

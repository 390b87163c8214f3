// The commands about the daemon itself.
import ArasAPI
import ArgumentParser
import Client

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints the state of the daemon and its index.")

  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let reply = try client.call("status", EmptyRequest())
      switch global.format {
      case .text: Streams.output(global.text.status(try reply.read()))
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.members(reply.value))
      }
      return .found
    }
  }
}

struct Reindex: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Has the daemon look at its files again.",
    discussion: """
      Examples:
        aras reindex --wait
        aras reindex articles/2023 --full
      """)

  @Argument(help: "Files and folders; none for all sources.", completion: .file()) var paths: [String] = []
  @Flag(help: "Index again what has not changed, too.") var full = false
  @Flag(help: "Wait until it is done, and draw how far it is.") var wait = false
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let request = ReindexRequest(paths: paths.map(FileBytes.absoluteIfPresent), full: full, stream: wait)
      let reply = try client.call("reindex", request)
      let queued = try reply.read(ReindexResult.self).queued
      switch global.format {
      case .text: Streams.output("\(queued) file\(queued == 1 ? "" : "s") queued\n")
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.members(reply.value))
      }
      if wait { try waitForEnd(client) }
      return .found
    }
  }

  private func waitForEnd(_ client: DaemonClient) throws(ClientError) {
    let draws = Streams.errorIsTerminal
    let bar = ProgressBar(width: Streams.columns(environment: processEnvironment()) - 1)
    let revision = try IndexingWait(client: client).run { progress in
      if draws { Streams.report("\r\u{1B}[K" + bar.line(done: progress.done, total: progress.total, rate: progress.rate)) }
    }
    if draws { Streams.report("\r\u{1B}[K") }
    global.remark("done, revision \(revision)")
  }
}

struct Ping: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Asks the daemon for a sign of life.")

  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    try global.withClient { (client) throws(ClientError) in
      let reply = try client.call("ping", EmptyRequest())
      Streams.output(
        global.format == .text || global.format == .csv ? "\(reply.value.string ?? reply.value.jsonText)\n" : reply.value.jsonText + "\n")
      return .found
    }
  }
}

struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a shell's completion script.",
    discussion: """
      Examples:
        aras completions bash > ~/.local/share/bash-completion/completions/aras
        aras completions zsh > ~/.zfunc/_aras
        aras completions fish > ~/.config/fish/completions/aras.fish
      """)

  @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"])) var shell: String

  func validate() throws {
    if CompletionShell(rawValue: shell) == nil {
      throw ValidationError("There is no script for '\(shell)'; there is one for bash, zsh and fish.")
    }
  }

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else { return }
    Streams.output(Aras.completionScript(for: shell))
  }
}

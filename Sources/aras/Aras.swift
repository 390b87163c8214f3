// `aras`, the command line client: each command is one call of the daemon and one way to print its result.
import ArasAPI
import ArgumentParser
import Client

@main
struct Aras: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aras",
    abstract: "Searches articles through the Aras daemon.",
    discussion: """
      Examples:
        aras search "transport corridor" --actor iran --date 2022..
        aras search 'actor:iran NEAR/10 actor:israel' --sort date:desc
        aras facets sanctions --facets actor:30,date:month
        aras show ID

      Exit codes: 0 found, 1 nothing found, 2 query or configuration error, 64 usage, 69 daemon unreachable, 75 busy.
      """,
    version: "aras \(ArasVersion.current)",
    subcommands: [
      Search.self, Count.self, Facets.self, Suggest.self, Similar.self, Export.self, Show.self, Why.self, Actors.self, Topics.self,
      Status.self, Reindex.self, Watch.self, Eval.self, Ping.self, Completions.self,
    ])

  static func main() {
    Streams.ignorePipeSignal()
    Self.main(ArgumentPreparation.prepared(Array(CommandLine.arguments.dropFirst())))
  }
}

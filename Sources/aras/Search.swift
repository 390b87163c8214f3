// `aras search`.
import ArasAPI
import ArgumentParser
import Client

struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds articles.",
    discussion: """
      Examples:
        aras search sanctions OR embargo --lang en
        aras search '"ceasefire agreement"' --date 2020-09..2020-12 --limit 20
        aras search minister -defence --actor azerbaijan --not-actor turkey
        aras search --batch < queries.txt
      """)

  @OptionGroup var search: SearchArguments
  @Flag(help: "Read a query, or an object of parameters, a line from standard input; print a result a line as JSON.") var batch = false
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func validate() throws {
    if batch, !search.query.query.isEmpty { throw ValidationError("With --batch the queries come from standard input.") }
    if batch, global.format == .csv { throw ValidationError("--batch prints JSON lines; --format csv does not go with it.") }
  }

  func run() throws {
    let request = try search.request()
    try global.withClient(query: request.q) { (client) throws(ClientError) in
      batch ? try runBatch(client, request) : try global.printHits(try client.call("search", request))
    }
  }

  private func runBatch(_ client: DaemonClient, _ request: SearchRequest) throws(ClientError) -> ExitStatus {
    var lines = DescriptorLines(descriptor: 0)
    return try BatchRunner(client: client, request: request).run(&lines) { Streams.output($0) }
  }
}

// `aras watch`.
import ArasAPI
import ArgumentParser
import Client

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints every passage that matches from now on, as soon as its file is indexed.",
    discussion: """
      Words side by side mean all of them. A passage is printed once: not again when its file changes elsewhere, but when its own text
      changes and still matches. Ends with Ctrl-C, after --limit matches, or with exit code 69 when the daemon goes away.

      Examples:
        aras watch sanctions --actor iran
        aras watch '"ceasefire agreement"' --lang en --format ndjson
        aras watch 'actor:armenia NEAR/10 actor:azerbaijan' --limit 1 && notify-send Aras
      """)

  @Argument(help: "The query; none for everything that is written.") var query: [String] = []
  @Flag(help: "Refuse a query that does not parse, instead of reading it as words.") var strict = false
  @Option(help: "Matches after which to end.") var limit: Int?
  @Option(help: "Snippets per passage.") var snippets = 3
  @Option(help: "Bytes per snippet, about.") var length = 240

  @OptionGroup(title: "Filters") var filters: FilterArguments
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  private func request() throws -> SubscribeRequest {
    var search = SearchRequest()
    filters.apply(to: &search)
    let request = SubscribeRequest(
      q: ArgumentPreparation.query(of: query), filters: search.filters, exclude: search.exclude,
      snippets: SnippetOptions(count: snippets, length: length), syntax: strict ? .strict : .lenient)
    do {
      return try SubscribeRequest(parameters: JSONValue(parsing: request.jsonBytes))
    } catch let error as APIError {
      throw ValidationError(error.message)
    }
  }

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    _ = try request()
  }

  func run() throws {
    let request = try request()
    let text = global.text
    try global.withClient(query: request.q) { (client) throws(ClientError) in
      try Watcher(client: client, request: request, limit: limit).run { event in
        switch event {
        case .begun(let result):
          if global.format == .csv { Streams.output(CSV.searchHead) }
          for line in RemarksText.lines(result.query) { global.remark(line) }
          global.remark("watching from revision \(result.revision) on")
        case .match(let match, let params):
          switch global.format {
          case .text: Streams.output(text.match(match))
          case .json, .ndjson: Streams.output(params.jsonText + "\n")
          case .csv: Streams.output(CSV.match(match))
          }
        case .lagged(let lagged): global.remark(Visible.text(lagged.message))
        }
      }
      return .found
    }
  }
}

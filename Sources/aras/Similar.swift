// `aras similar`: a search for what is like an article or passage.
import ArasAPI
import ArgumentParser
import Client

struct Similar: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds what is like an article or a passage (ID#3), leaving it and its copies out.",
    discussion: """
      Examples:
        aras similar ID
        aras similar ID#3 --group passage --lang ru
        aras similar ID sanctions --date 2023..
      """)

  @Argument(help: "The id of an article or a passage, as search prints it.") var id: String
  @OptionGroup var search: SearchArguments
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  func run() throws {
    let request = SimilarRequest(id: id, search: try search.request())
    try global.withClient(query: request.search.q) { (client) throws(ClientError) in
      try global.printHits(try client.call("similar", request))
    }
  }
}

extension GlobalOptions {
  /// Prints the result of a search in the asked format.
  func printHits(_ reply: Reply) throws(ClientError) -> ExitStatus {
    let result = try reply.read(SearchResult.self)
    switch format {
    case .text: Streams.output(text.search(result))
    case .json: printJSON(reply)
    case .ndjson: Streams.output(NDJSON.elements(of: reply.value, key: "hits"))
    case .csv: Streams.output(CSV.search(result))
    }
    for line in RemarksText.lines(result) { remark(line) }
    if result.total.passages == 0 {
      remark(
        Streams.errorIsTerminal && result.explain == nil
          ? "nothing found; --explain says which part of the query is to blame" : "nothing found")
      return .nothingFound
    }
    return .found
  }
}

// `aras count` and `aras facets`: a search without its hits.
import ArasAPI
import ArgumentParser
import Client

struct Count: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Counts what a search finds.",
    discussion: """
      Example:
        aras count sanctions --actor russia --date 2022
      """)

  @OptionGroup var query: QueryArguments
  @OptionGroup(title: "Filters") var filters: FilterArguments
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  private func request() throws -> SearchRequest {
    var request = SearchRequest()
    query.apply(to: &request)
    filters.apply(to: &request)
    return try request.validated()
  }

  func validate() throws { _ = try request() }

  func run() throws {
    let request = try request()
    try global.withClient(query: request.q) { (client) throws(ClientError) in
      let reply = try client.call("count", request)
      let result = try reply.read(CountResult.self)
      switch global.format {
      case .text: Streams.output(global.text.totals(result.total) + "\n")
      case .json, .ndjson: global.printJSON(reply)
      case .csv: Streams.output(CSV.count(result.total))
      }
      for line in result.query.map(RemarksText.lines) ?? [] { global.remark(line) }
      return result.total.passages > 0 ? .found : .nothingFound
    }
  }
}

struct Facets: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Counts what a search finds by its actors, topics, dates and so on.",
    discussion: """
      Examples:
        aras facets pipeline --facets actor:30,topic
        aras facets --actor georgia --facets date:year
      """)

  @OptionGroup var query: QueryArguments
  @OptionGroup var facets: FacetArguments
  @OptionGroup(title: "Filters") var filters: FilterArguments
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  private func request() throws -> SearchRequest {
    var request = SearchRequest()
    query.apply(to: &request)
    filters.apply(to: &request)
    try facets.apply(to: &request)
    return try request.validated()
  }

  func validate() throws { _ = try request() }

  func run() throws {
    let request = try request()
    try global.withClient(query: request.q) { (client) throws(ClientError) in
      let reply = try client.call("facets", request)
      let result = try reply.read(FacetsResult.self)
      switch global.format {
      case .text: Streams.output(global.text.facets(result.facets) + "\n" + global.text.totals(result.total) + "\n")
      case .json: global.printJSON(reply)
      case .ndjson: Streams.output(NDJSON.facets(reply.value))
      case .csv: Streams.output(CSV.facets(result.facets))
      }
      for line in result.query.map(RemarksText.lines) ?? [] { global.remark(line) }
      return result.total.passages > 0 ? .found : .nothingFound
    }
  }
}

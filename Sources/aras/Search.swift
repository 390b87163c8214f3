import ArasAPI
// `aras search`.
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

  @OptionGroup var query: QueryArguments

  @Option(help: "Hits at most; 0 for totals and facets alone.") var limit = 10
  @Option(help: "Hits to pass over.") var offset = 0
  @Option(help: "The cursor of an earlier result, for its next page.") var cursor: String?
  @Option(help: "The order of hits.") var sort = SortOrder.relevance
  @Option(help: "Whether a hit is an article or a passage.") var group = Unit.article
  @Option(help: "Passages shown per article.") var perGroup = 3
  @Option(help: "Snippets per passage.") var snippets = 3
  @Option(help: "Bytes per snippet at most.") var length = 240
  @Flag(help: "Say for each hit which terms matched with what weight.") var explain = false
  @Flag(help: "Read a query a line from standard input, print a result a line as JSON.") var batch = false

  @OptionGroup(title: "Facets") var facets: FacetArguments
  @Flag(help: "Count no facets.") var noFacets = false

  @OptionGroup(title: "Filters") var filters: FilterArguments
  @OptionGroup(title: "Options of every command") var global: GlobalOptions

  private func request() throws -> SearchRequest {
    var request = SearchRequest()
    query.apply(to: &request)
    filters.apply(to: &request)
    try facets.apply(to: &request)
    if noFacets { request.facets = [] }
    request.limit = limit
    request.offset = offset
    request.cursor = cursor
    request.sort = sort
    request.group = group
    request.perGroup = perGroup
    request.snippets = SnippetOptions(count: snippets, length: length)
    request.explain = explain
    return try request.validated()
  }

  func validate() throws {
    if noFacets, !facets.facets.isEmpty { throw ValidationError("--facets and --no-facets exclude each other.") }
    if batch, !query.query.isEmpty { throw ValidationError("With --batch the queries come from standard input.") }
    if batch, global.format == .csv { throw ValidationError("--batch prints JSON lines; --format csv does not go with it.") }
    _ = try request()
  }

  func run() throws {
    let request = try request()
    try global.withClient(query: request.q) { (client) throws(ClientError) in
      batch ? try runBatch(client, request) : try runOne(client, request)
    }
  }

  private func runBatch(_ client: DaemonClient, _ request: SearchRequest) throws(ClientError) -> ExitStatus {
    var lines = DescriptorLines(descriptor: 0)
    return try BatchRunner(client: client, request: request).run(&lines) { Streams.output($0) }
  }

  private func runOne(_ client: DaemonClient, _ request: SearchRequest) throws(ClientError) -> ExitStatus {
    let reply = try client.call("search", request)
    let result = try reply.read(SearchResult.self)
    switch global.format {
    case .text: Streams.output(global.text.search(result))
    case .json: global.printJSON(reply)
    case .ndjson: Streams.output(NDJSON.elements(of: reply.value, key: "hits"))
    case .csv: Streams.output(CSV.search(result))
    }
    for line in RemarksText.lines(result) { global.remark(line) }
    if result.total.passages == 0 {
      global.remark("nothing found")
      return .nothingFound
    }
    return .found
  }
}

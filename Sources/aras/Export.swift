// `aras export`: everything that a search finds, for other programs, reference managers and reports.
import ArasAPI
import ArgumentParser
import Client

extension ExportFormat: ExpressibleByArgument {}

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes everything that a search finds, however much, with texts, places and ids.",
    discussion: """
      Entries are passages in ndjson, csv and markdown, articles in csl-json and bibtex; --group says otherwise. In csv a cell that a \
      spreadsheet would run as a formula has an apostrophe before it. The order of dates holds while the index changes; that of relevance \
      may move, and the command says so.

      Examples:
        aras export '"Zangezur corridor"' --format markdown > quotes.md
        aras export --actor iran --date 2023 --sort date:asc --format csv > iran-2023.csv
        aras export sanctions --format bibtex --limit 100 > sanctions.bib
      """)

  @OptionGroup var query: QueryArguments

  @Option(help: "What to write.") var format = ExportFormat.ndjson
  @Option(help: "Whether an entry is an article or a passage.") var group: Unit?
  @Option(help: "Passages per article, the best.") var perGroup = 3
  @Option(help: "Entries at most; all of them unless given.") var limit: Int?
  @Option(help: "The order of entries.") var sort = SortOrder.relevance
  @Option(help: ArgumentHelp("Quote the best part of a passage, of about so many bytes, instead of all of it.", valueName: "bytes"))
  var length: Int?

  @OptionGroup(title: "Filters") var filters: FilterArguments
  @OptionGroup(title: "Options of every command") var connection: ConnectionOptions

  private var unit: Unit { group ?? format.unit }

  private func request() throws -> SearchRequest {
    var request = SearchRequest()
    query.apply(to: &request)
    filters.apply(to: &request)
    // A part of everything is no export: there is more time than a person would wait for a first page.
    if query.timeoutMs == SearchRequest().timeoutMs { request.timeoutMs = 60_000 }
    request.facets = []
    request.group = unit
    request.perGroup = perGroup
    request.sort = sort
    request.snippets = SnippetOptions(count: 1, length: length ?? Exporter.wholePassage)
    return try request.validated()
  }

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    _ = try request()
  }

  func run() throws {
    let request = try request()
    try connection.withClient(query: request.q) { (client) throws(ClientError) in
      let outcome = try Exporter(client: client, request: request, limit: limit).run(format.makeWriter(unit)) { Streams.output($0) }
      for line in outcome.remarks(sort: sort) { connection.remark(line) }
      if outcome.hits == 0 {
        connection.remark("nothing found")
        return .nothingFound
      }
      return .found
    }
  }
}

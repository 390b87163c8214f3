// Everything that a search finds, page after page by the cursor: the next page is asked for before the last one is written, so that the
// daemon and the reader work at the same time, and no more than two pages are in memory.
import ArasAPI

/// Runs an export.
package struct Exporter {
  package var client: DaemonClient
  package var request: SearchRequest
  /// Hits at most; nil for all.
  package var limit: Int?
  /// Hits asked for at once.
  package var pageSize: Int

  /// What an export came to.
  package struct Outcome: Sendable, Equatable {
    /// Hits written.
    package var hits = 0
    /// Of the first page.
    package var echo: QueryEcho?
    package var relaxed = false
    package var timedOut = false
    /// Revisions of the index at the first and at the last page.
    package var revisions: ClosedRange<UInt64>?

    package init() {}
  }

  /// The length that makes a snippet of any passage the whole of it.
  package static let wholePassage = 100_000

  package init(client: DaemonClient, request: SearchRequest, limit: Int? = nil, pageSize: Int = 200) {
    self.client = client
    self.request = request
    self.limit = limit
    self.pageSize = max(1, pageSize)
  }

  package func run(_ writer: any ExportWriter, write: ([UInt8]) -> Void) throws(ClientError) -> Outcome {
    var writer = writer
    var outcome = Outcome()
    var window = RequestWindow<Void>(client: client, limit: 1)
    try ask(&window, cursor: nil, after: 0)
    var hasBegun = false
    while let (_, answer) = try window.next() {
      let page: SearchResult
      switch answer {
      case .success(let reply): page = try reply.read()
      case .failure(let error): throw .api(error)
      }
      if let cursor = page.cursor { try ask(&window, cursor: cursor, after: outcome.hits + page.hits.count) }
      if !hasBegun {
        hasBegun = true
        outcome.echo = page.query
        outcome.relaxed = page.relaxed
        write(writer.begin())
      }
      if page.timedOut { outcome.timedOut = true }
      let first = outcome.revisions?.lowerBound ?? page.revision
      outcome.revisions = min(first, page.revision)...max(outcome.revisions?.upperBound ?? first, page.revision)
      var bytes: [UInt8] = []
      for hit in page.hits { bytes += writer.hit(hit) }
      outcome.hits += page.hits.count
      write(bytes)
    }
    write(writer.end())
    return outcome
  }

  private func ask(_ window: inout RequestWindow<Void>, cursor: String?, after hits: Int) throws(ClientError) {
    let wanted = limit.map { min(pageSize, $0 - hits) } ?? pageSize
    guard wanted > 0 else { return }
    var page = request
    page.cursor = cursor
    page.limit = wanted
    try window.send("search", page, ())
  }
}

extension Exporter.Outcome {
  /// What is to be known beside the entries, a line each.
  package func remarks(sort: SortOrder) -> [String] {
    var lines = echo.map(RemarksText.lines) ?? []
    if relaxed { lines.append("no passage has all the words; exported are those with any of them") }
    if timedOut { lines.append("the time ran out: the export is a part of what there is; allow more with --timeout-ms") }
    if let revisions, revisions.lowerBound < revisions.upperBound {
      let what =
        sort == .relevance
        ? "ranks may have moved, so that hits are missing or twice; export again, or with --sort date:desc, which keeps its order"
        : "articles that changed meanwhile may be missing or twice, all others are there once"
      lines.append("the index changed during the export, from revision \(revisions.lowerBound) to \(revisions.upperBound): \(what)")
    }
    return lines
  }
}

// The words and options that search, count and facets have in common, and the request they make.
import ArasAPI
import ArgumentParser
import Client

extension MatchMode: ExpressibleByArgument {}
extension Unit: ExpressibleByArgument {}
extension SortOrder: ExpressibleByArgument {}
extension QuerySyntax: ExpressibleByArgument {}

struct QueryArguments: ParsableArguments {
  @Argument(
    help: "The query; none for everything. Quote what the shell would read: '\"exact phrase\"', 'word*', '(a OR b)'.",
    completion: .custom { ShellCompletion.words($0, $2) })
  var query: [String] = []

  @Option(help: "Whether all words must match, any of them, or what suits the query.")
  var match = MatchMode.auto

  @Flag(help: "Refuse a query that does not parse, instead of reading it as words.")
  var strict = false

  @Option(help: .hidden)
  var syntax: QuerySyntax?

  @Option(help: ArgumentHelp("Milliseconds after which a partial answer will do.", valueName: "ms"))
  var timeoutMs = 5000

  var text: String { ArgumentPreparation.query(of: query) }

  func apply(to request: inout SearchRequest) {
    request.q = text
    request.match = match
    request.syntax = strict ? .strict : syntax ?? .lenient
    request.timeoutMs = timeoutMs
  }
}

struct FilterArguments: ParsableArguments {
  @Option(
    help: "Only passages with this actor: an id, a name or an alias. Each filter may be repeated, for any of several.",
    completion: .custom { ShellCompletion.values(of: "actor", $0, $2) })
  var actor: [String] = []
  @Option(help: "Only with this place.", completion: .custom { ShellCompletion.values(of: "place", $0, $2) }) var place: [String] = []
  @Option(help: "Only with this topic, or one below it.", completion: .custom { ShellCompletion.values(of: "topic", $0, $2) }) var topic:
    [String] = []
  @Option(help: "Only from this source.") var source: [String] = []
  @Option(help: "Only by this author.") var author: [String] = []
  @Option(help: "Only with this keyword.") var keyword: [String] = []
  @Option(help: "Only in this language, such as en.") var lang: [String] = []
  @Option(help: "Only of this time: 2021, 2021-11, 2022-02.., 2020-09-27..2020-11-10, last_month.") var date: [String] = []
  @Option(help: "Only of this file format.") var kind: [String] = []
  @Option(help: "Only with this quality flag.") var quality: [String] = []

  @Option(
    help: "Leave out articles with this actor; likewise the options below.",
    completion: .custom { ShellCompletion.values(of: "actor", $0, $2) })
  var notActor: [String] = []
  @Option(completion: .custom { ShellCompletion.values(of: "place", $0, $2) })
  var notPlace: [String] = []
  @Option(completion: .custom { ShellCompletion.values(of: "topic", $0, $2) })
  var notTopic: [String] = []
  @Option var notSource: [String] = []
  @Option var notAuthor: [String] = []
  @Option var notKeyword: [String] = []
  @Option var notLang: [String] = []
  @Option var notDate: [String] = []
  @Option var notKind: [String] = []
  @Option var notQuality: [String] = []

  func apply(to request: inout SearchRequest) {
    let wanted: [(FilterField, [String], [String])] = [
      (.actor, actor, notActor), (.place, place, notPlace), (.topic, topic, notTopic), (.source, source, notSource),
      (.author, author, notAuthor), (.keyword, keyword, notKeyword), (.lang, lang, notLang), (.date, date, notDate), (.kind, kind, notKind),
      (.quality, quality, notQuality),
    ]
    for (field, values, excluded) in wanted {
      request.filters[field] = FilterValue(any: values)
      request.exclude[field] = FilterValue(any: excluded)
    }
  }
}

struct FacetArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("Facets to count, as actor,topic:30,date:month; a number is a limit, a word the step of dates.", valueName: "names"))
  var facets: [String] = []

  @Option(help: "Whether facets count articles or passages.")
  var facetUnit = Unit.article

  func apply(to request: inout SearchRequest) throws {
    request.facetUnit = facetUnit
    guard !facets.isEmpty else { return }
    var specs: [FacetSpec] = []
    for item in facets.flatMap({ $0.split(separator: ",") }) {
      let parts = item.split(separator: ":", omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let field = FacetField(rawValue: name) else {
        let nearest = NearestName.of(name, among: FacetField.allCases.map(\.rawValue))
        throw ValidationError("There is no facet '\(name)'." + (nearest.map { " Did you mean '\($0)'?" } ?? ""))
      }
      var spec = FacetSpec(field)
      for part in parts.dropFirst() {
        if let limit = Int(part) {
          spec.limit = limit
        } else if field == .date, let interval = DateInterval(rawValue: String(part)) {
          spec.interval = interval
        } else {
          throw ValidationError("'\(part)' in '\(item)' is neither a number nor a step of dates.")
        }
      }
      specs.removeAll { $0.field == field }
      specs.append(spec)
    }
    request.facets = specs
  }
}

/// Which hits there are, and how each is shown.
struct HitArguments: ParsableArguments {
  @Option(help: "Hits at most; 0 for totals and facets alone.") var limit = 10
  @Option(help: "Hits to pass over.") var offset = 0
  @Option(help: "The cursor of an earlier result, for its next page.") var cursor: String?
  @Option(help: "The order of hits.") var sort = SortOrder.relevance
  @Option(help: "Whether a hit is an article or a passage.") var group = Unit.article
  @Option(help: "Passages shown per article.") var perGroup = 3
  @Option(help: "Snippets per passage.") var snippets = 3
  @Option(help: "Bytes per snippet at most.") var length = 240
  @Flag(help: "Say what each score is made of, and what each part of the search finds and removes.") var explain = false

  func apply(to request: inout SearchRequest) {
    request.limit = limit
    request.offset = offset
    request.cursor = cursor
    request.sort = sort
    request.group = group
    request.perGroup = perGroup
    request.snippets = SnippetOptions(count: snippets, length: length)
    request.explain = explain
  }
}

/// Everything that `search` and `similar` take.
struct SearchArguments: ParsableArguments {
  @OptionGroup var query: QueryArguments
  @OptionGroup var hits: HitArguments
  @OptionGroup(title: "Facets") var facets: FacetArguments
  @Flag(help: "Count no facets.") var noFacets = false
  @OptionGroup(title: "Filters") var filters: FilterArguments

  func validate() throws {
    if noFacets, !facets.facets.isEmpty { throw ValidationError("--facets and --no-facets exclude each other.") }
    _ = try request()
  }

  func request() throws -> SearchRequest {
    var request = SearchRequest()
    query.apply(to: &request)
    filters.apply(to: &request)
    try facets.apply(to: &request)
    if noFacets { request.facets = [] }
    hits.apply(to: &request)
    return try request.validated()
  }
}

extension SearchRequest {
  /// Checks the request by the rules that the daemon checks it by.
  func validated() throws -> SearchRequest {
    do {
      return try SearchRequest(parameters: JSONValue(parsing: jsonBytes))
    } catch let error as APIError {
      throw ValidationError(error.message)
    }
  }
}

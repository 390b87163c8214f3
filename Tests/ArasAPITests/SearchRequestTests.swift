import Testing

@testable import ArasAPI

@Suite struct SearchRequestTests {
  private func read(_ text: String) throws -> SearchRequest {
    try SearchRequest(parameters: JSONValue(parsing: text))
  }

  @Test(arguments: ["null", "{}", "[]"])
  func hasTheDefaultsOfTheContract(text: String) throws {
    let request = try read(text)
    #expect(request == SearchRequest())
    #expect(request.q == "" && request.match == .auto && request.limit == 10 && request.offset == 0 && request.perGroup == 3)
    #expect(request.facets == [FacetSpec(.actor), FacetSpec(.topic)])
    #expect(request.facetUnit == .article && request.group == .article && request.sort == .relevance && request.cursor == nil)
    #expect(request.snippets == SnippetOptions(count: 3, length: 240, boundary: .sentence))
    #expect(request.syntax == .lenient && !request.explain && request.timeoutMs == 5000)
  }

  @Test func readsEveryParameter() throws {
    let request = try read(
      #"""
      {"q": "x", "match": "any", "filters": {"actor": ["iran", "russia"], "topic": {"all": ["trade", "energy"]}, "date": ["2021..2023"]},
       "exclude": {"lang": ["fa"]}, "facets": {"date": {"interval": "month"}, "actor": {"limit": 20, "mode": "strict", "query": "ir", "sort": "label"}},
       "facet_unit": "passage", "group": "passage", "per_group": 0, "limit": 0, "offset": 1000000, "cursor": "c", "sort": "date:desc",
       "snippets": {"count": 1, "length": 80, "boundary": "word"}, "syntax": "strict", "explain": true, "timeout_ms": 10}
      """#)
    #expect(request.filters[.actor] == FilterValue(any: ["iran", "russia"]))
    #expect(request.filters[.topic] == FilterValue(all: ["trade", "energy"]))
    #expect(request.filters.entries.map(\.field) == [.actor, .topic, .date])
    #expect(request.exclude[.lang] == FilterValue(any: ["fa"]))
    #expect(request.facets == [FacetSpec(.date, interval: .month), FacetSpec(.actor, limit: 20, mode: .strict, query: "ir", sort: .label)])
    #expect(request.sort == .dateDescending && request.limit == 0 && request.cursor == "c" && request.explain)
    #expect(try SearchRequest(parameters: JSONValue(parsing: request.jsonBytes)) == request)
  }

  @Test func writesOnlyWhatIsAskedFor() {
    var request = SearchRequest(q: "a \"b\"")
    #expect(request.jsonText == #"{"q":"a \"b\""}"#)
    request.facets = []
    request.filters[.actor] = FilterValue(any: ["iran"])
    request.filters[.topic] = FilterValue()
    request.limit = 5
    #expect(request.jsonText == #"{"q":"a \"b\"","filters":{"actor":["iran"]},"facets":[],"limit":5}"#)
  }

  @Test(arguments: [
    (#"{"limt": 3}"#, "limt", "limit"), (#"{"Q": "x"}"#, "Q", "q"), (#"{"filter": {}}"#, "filter", "filters"),
    (#"{"limit": "3"}"#, "limit", "limit"), (#"{"limit": 1.5}"#, "limit", "limit"), (#"{"limit": -1}"#, "limit", "limit"),
    (#"{"limit": null}"#, "limit", "limit"), (#"{"offset": -1}"#, "offset", "offset"), (#"{"q": 5}"#, "q", "q"),
    (#"{"q": ["x"]}"#, "q", "q"),
    (#"{"explain": 1}"#, "explain", "explain"), (#"{"match": "al"}"#, "match", "all"), (#"{"sort": "date:dsc"}"#, "sort", "date:desc"),
    (#"{"sort": true}"#, "sort", "sort"), (#"{"filters": []}"#, "filters", "filters"),
    (#"{"filters": {"actr": ["x"]}}"#, "filters.actr", "filters.actor"),
    (#"{"filters": {"actor": "iran"}}"#, "filters.actor", "filters.actor"),
    (#"{"filters": {"actor": [1]}}"#, "filters.actor", "filters.actor"),
    (#"{"filters": {"actor": {"al": []}}}"#, "filters.actor.al", "filters.actor.all"),
    (#"{"exclude": {"topic": 3}}"#, "exclude.topic", "exclude.topic"), (#"{"facets": "actor"}"#, "facets", "facets"),
    (#"{"facets": ["actors"]}"#, "facets", "actor"), (#"{"facets": [1]}"#, "facets", "facets"),
    (#"{"facets": {"topics": {}}}"#, "facets.topics", "facets.topic"),
    (#"{"facets": {"topic": {"limits": 1}}}"#, "facets.topic.limits", "facets.topic.limit"),
    (#"{"facets": {"topic": {"mode": "maximum"}}}"#, "facets.topic.mode", "max"),
    (#"{"facets": {"topic": {"interval": "day"}}}"#, "facets.topic.interval", nil as String?),
    (#"{"snippets": 3}"#, "snippets", "snippets"), (#"{"snippets": {"lenght": 3}}"#, "snippets.lenght", "snippets.length"),
    (#"{"timeout_ms": 0}"#, "timeout_ms", "timeout_ms"), (#"{"q": "a", "q": "b"}"#, "q", "q"), ("3", "params", "params"),
    ("[1]", "params", "params"),
  ])
  func refusesWhatIsWrongAndNamesTheNearest(text: String, parameter: String, nearest: String?) throws {
    let error = try #require(throws: APIError.self) { try read(text) }
    #expect(error.code == -32602 && error.name == "invalid_params")
    #expect(error.detail("parameter")?.string == parameter, "\(error)")
    if let nearest { #expect(error.detail("nearest")?.string == nearest, "\(error)") }
    #expect(error.message.contains(parameter == "params" ? "params" : String(parameter.split(separator: ".").last ?? "")), "\(error)")
  }

  @Test(arguments: [("", true), (" * ", true), ("**", false), ("a", false), (" ", true), ("* a", false)])
  func knowsWhatAsksForEverything(text: String, everything: Bool) {
    #expect(SearchRequest(q: text).isEverything == everything)
  }

  @Test func acceptsTheCursorOfALastPageAndWholeFractions() throws {
    #expect(try read(#"{"cursor": null, "limit": 20.0}"#).limit == 20)
  }

  @Test func readsRepeatedFacetsOnce() throws {
    #expect(try read(#"{"facets": ["topic", "actor", "topic"]}"#).facets.map(\.field) == [.topic, .actor])
  }
}

@Suite struct NearestNameTests {
  @Test(arguments: [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("abcd", "abdc", 1), ("a", "a", 0)])
  func countsEdits(a: String, b: String, distance: Int) {
    #expect(NearestName.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == distance)
  }

  @Test func findsNothingAmongNothing() { #expect(NearestName.of("a", among: []) == nil) }
}

@Suite struct OtherRequestTests {
  @Test func readsTheirParameters() throws {
    #expect(try GetRequest(parameters: ["id": "a#1", "removed": true]) == GetRequest(id: "a#1", removed: true))
    #expect(throws: APIError.self) { try GetRequest(parameters: [:]) }
    #expect(try ListRequest(parameters: nil) == ListRequest(query: "", limit: 20))
    #expect(try ReindexRequest(parameters: ["paths": ["a"], "stream": true]) == ReindexRequest(paths: ["a"], stream: true))
    #expect(throws: APIError.self) { try ReindexRequest(parameters: ["paths": "a"]) }
    #expect(throws: APIError.self) { try EmptyRequest(parameters: ["x": 1]) }
    _ = try EmptyRequest(parameters: nil)
  }
}

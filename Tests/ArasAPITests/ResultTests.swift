import Testing

@testable import ArasAPI

@Suite struct ResultTests {
  /// The example of the contract, without its line breaks.
  static let example =
    #"{"revision":1841,"query":{"text":"sactions","parsed":"sactions","corrections":[{"from":"sactions","to":"sanctions","offset":0,"length":8}],"#
    + #""warnings":[{"code":"unbalanced_quote","offset":12,"length":1,"message":"m"}],"actors":[]},"#
    + #""total":{"articles":412,"passages":1690,"exact":true},"offset":0,"limit":10,"cursor":"c","took_us":3120,"timed_out":false,"match":"all","relaxed":false,"#
    + #""hits":[{"article":{"id":"a","key":null,"title":"T","date":"2023-09-05","date_precision":"day","source":"s","authors":["A"],"lang":"en","path":"seeds/a","url":null,"#
    + #""actors":[{"id":"iran","mentions":7,"salient":true}],"topics":[{"id":"transport-corridors","score":8.0}]},"score":7.31,"passages_matched":4,"#
    + #""passages":[{"id":"a#12","heading":"H","score":7.31,"start":8412,"end":9120,"line":131,"actors":["iran","azerbaijan"],"topics":["t"],"#
    + #""snippets":[{"text":"x","start":8430,"end":8620,"line":132,"marks":[{"start":17,"end":26,"kind":"term"},{"start":40,"end":47,"kind":"actor","id":"iran"}]}]}]}],"#
    + #""facets":{"actor":{"unit":"article","mode":"auto","exact":true,"distinct":87,"missing":9,"other":312,"#
    + #""values":[{"id":"iran","label":"Iran","count":201,"passages":640,"lift":1.7,"status":"selected"}]}}}"#

  @Test func searchResultIsWrittenInTheOrderOfTheContract() throws {
    let result = try SearchResult(json: JSONValue(parsing: Self.example))
    #expect(result.hits[0].passages[0].snippets[0].marks[1] == Mark(start: 40, end: 47, kind: .actor, id: "iran"))
    #expect(result.facets[.actor]?.values[0].status == .selected)
    #expect(result.jsonText == Self.example)
  }

  @Test func aSnippetSaysWhereThePassageGoesOnAndWhatIsCut() throws {
    let text =
      #"{"text":"ab","start":4,"end":9,"line":1,"marks":[],"more_before":true,"more_after":true,"cuts":[{"at":1,"start":5,"end":8}]}"#
    let snippet = try Snippet(json: JSONValue(parsing: text))
    #expect(snippet.moreBefore && snippet.moreAfter && snippet.cuts == [SnippetCut(at: 1, start: 5, end: 8)])
    #expect(snippet.jsonText == text)
  }

  @Test func membersFromALaterVersionArePassedOver() throws {
    let text = Self.example.replacingFirst("{\"revision\"", with: "{\"new\":[1],\"revision\"").replacingFirst(
      "\"facets\":{", with: "\"facets\":{\"mood\":3,")
    #expect(try SearchResult(json: JSONValue(parsing: text)) == SearchResult(json: JSONValue(parsing: Self.example)))
  }

  @Test func aMismatchSaysWhere() throws {
    let text = Self.example.replacingFirst("\"start\":17", with: "\"start\":\"x\"")
    let error = try #require(throws: JSONMismatch.self) { try SearchResult(json: JSONValue(parsing: text)) }
    #expect(error.path == "hits[0].passages[0].snippets[0].marks[0].start")
    #expect("\(error)" == "hits[0].passages[0].snippets[0].marks[0].start: expected an integer, found a string")
  }

  @Test func theOtherResultsReadWhatTheyWrote() throws {
    func check<T: JSONWritable & JSONReadable & Equatable>(_ value: T) throws {
      #expect(try T(json: JSONValue(parsing: value.jsonBytes)) == value)
    }
    let actor = ActorInfo(
      id: "iran", label: "Iran", kind: "state", codes: ActorCodes(iso2: "IR", iso3: "IRN"), qid: "Q794",
      names: [RegistryName(text: "ایران", lang: "fa", type: "name")], articles: 3, passages: 4, mentions: 5)
    try check(ActorsResult(matching: [actor, actor], limit: 1))
    #expect(ActorsResult(matching: [actor, actor], limit: 1).other == 1)
    try check(TopicsResult(matching: [TopicInfo(id: "t", label: "T", names: [])], limit: 20))
    try check(
      SuggestResult(
        revision: 5,
        suggestions: [
          Suggestion(text: "Iran", kind: .actor, id: "iran", label: "Iran", match: "Иран", articles: 2, passages: 3),
          Suggestion(text: "iranian", kind: .word, articles: nil, passages: 12_000),
        ]))
    #expect(
      SuggestResult(revision: 5, suggestions: [Suggestion(text: "a b", kind: .phrase, articles: 1, passages: 2)]).jsonText
        == #"{"revision":5,"suggestions":[{"text":"a b","kind":"phrase","articles":1,"passages":2}]}"#)
    try check(CountResult(total: Total(articles: 1, passages: 2)))
    #expect(CountResult(total: Total(articles: 1, passages: 2)).jsonText == #"{"total":{"articles":1,"passages":2,"exact":true}}"#)
    try check(
      StatusResult(
        state: .indexing, progress: Progress(done: 1, total: 2, rate: 0.5), version: "1", uuid: "u", revision: 3, articles: 4, passages: 5,
        terms: 6,
        bytes: 7, sources: [SourceStatus(name: "n", path: "p", files: 1, articles: 1)], queueDepth: 8, lastError: "e",
        skipped: [SkippedFile(path: "p", reason: "r", since: "2024-01-01T00:00:00Z")], skippedCount: 1,
        resultCache: ResultCacheStatus(limit: 5, bytes: 4, results: 3, hits: 2, misses: 1),
        postingCache: PostingCacheStatus(limit: 7, bytes: 6), uptimeS: 9.5))
    try check(ProgressNotification(request: .string("x"), done: 1, total: 1, rate: 0, finished: true, revision: 9))
    let article = try SearchResult(json: JSONValue(parsing: Self.example)).hits[0].article
    try check(
      GetResult(
        article: article, text: "t", passages: [ArticlePassage(id: "a#1", start: 0, end: 1, line: 1, lang: "en")],
        mentions: [ArticleMention(actor: "iran", start: 0, end: 1, alias: "Iran", rule: "name", passage: "a#1")],
        topicEvidence: [
          TopicEvidence(topic: "t", passage: "a#1", score: 1, matches: [TopicRuleMatch(start: 0, end: 1, rule: "r", weight: 2)])
        ],
        removed: [RemovedText(start: 0, end: 1, label: "l", reason: "r")]))
  }
}

extension String {
  func replacingFirst(_ part: String, with other: String) -> String {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(part) { return self[..<at] + other + self[index(at, offsetBy: part.count)...] }
      at = index(after: at)
    }
    return self
  }
}

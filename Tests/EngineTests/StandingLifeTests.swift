import ArasAPI
import Tagging
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// The life of a subscription: from which commit it counts, what is not told, when it ends.
@Suite struct StandingLifeTests {
  private func article(_ text: String, title: String? = nil) -> CorpusArticle {
    CorpusArticle(key: "0", title: title, parts: [.init(text: text)])
  }

  @Test func whatWasWrittenBeforeTheReplyIsNotToldAndWhatComesAfterIs() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([article("a tango")], path: "a", commit: false)
    let (first, reply) = try await test.watch(SubscribeRequest(q: "tango"))
    #expect(try await test.search("tango").total.passages == 1)
    #expect(reply.revision == test.index.revision)
    try await test.put([article("tango again")], path: "b", commit: false)
    // Written, but not committed: the next commit adds it for both.
    let second = try await test.watch("tango")
    try await test.index.commit()
    await test.index.standingQueriesAsked()
    #expect(first.matches.map(\.article.path) == ["b"])
    #expect(second.matches.map(\.article.path) == ["b"])
    #expect(first.matches.first.map { $0.revision > reply.revision } == true)
  }

  @Test func subscribingWhileCommitsComeLosesAndDoublesNothing() async throws {
    var random = SeededRandom(seed: 7)
    let test = try TestIndex(registry: try TinyRegistry.load())
    let pauses = (0..<20).map { _ in Int.random(in: 0...3, using: &random) }
    let writing = Task {
      var revisions: [(String, UInt64)] = []
      for number in 0..<120 {
        try await test.put([article("tango number \(number)")], path: "f\(number)", commit: false)
        if number % 3 != 1 { revisions.append(("f\(number)", try await test.index.commit())) } else { revisions.append(("f\(number)", 0)) }
      }
      try await test.index.commit()
      return revisions
    }
    var standing: [(Told, SubscribeResult)] = []
    for pause in pauses {
      for _ in 0..<pause { _ = try await test.search("tango") }
      standing.append(try await test.watch(SubscribeRequest(q: "tango")))
    }
    _ = try await writing.value
    await test.index.standingQueriesAsked()
    let all = (0..<120).map { "f\($0)" }
    for (told, reply) in standing {
      let paths = told.matches.map(\.article.path)
      #expect(paths == all.suffix(paths.count), "from revision \(reply.revision)")
      #expect(told.matches.allSatisfy { $0.revision > reply.revision })
      #expect(told.matches.map(\.revision) == told.matches.map(\.revision).sorted())
    }
    // The first was there from the beginning or nearly so; were nothing told, all would hold.
    #expect(standing.first.map { !$0.0.matches.isEmpty } == true)
  }

  @Test func aSubscriptionThatEndedIsToldNothing() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let (told, reply) = try await test.watch(SubscribeRequest(q: "tango"))
    let other = try await test.watch("tango")
    #expect(test.index.subscriptions == 2)
    test.index.unsubscribe(reply.subscription)
    #expect(test.index.subscriptions == 1)
    try await test.put([article("a tango")], path: "a")
    await test.index.standingQueriesAsked()
    #expect(told.passages.isEmpty)
    #expect(other.passages.count == 1)
  }

  @Test func otherTagsForOldTextAreNothingNew() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([article("The Zorblatt Agency dances tango")], path: "a")
    let old = try await test.watch("actor:zorblatt")
    let registry = try TinyRegistry.load(
      actors: TinyRegistry.actors + "\n  - {id: zorblatt, kind: organisation, label: Zorblatt Agency, names: [Zorblatt Agency]}\n")
    try await test.index.replaceRegistry(registry, analysis: AnalysisOptions())
    await test.index.standingQueriesAsked()
    #expect(try await test.search("actor:zorblatt").total.passages == 1)
    #expect(old.passages.isEmpty)
    try await test.put([article("Again the Zorblatt Agency")], path: "b")
    try await test.put([article("The Zorblatt Agency dances tango", title: "With a title now")], path: "a")
    await test.index.standingQueriesAsked()
    #expect(old.matches.map(\.article.path) == ["b"])
  }

  @Test func wordsSideBySideMeanAllOfThemEvenInAQuestion() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let told = try await test.watch("who drilled a corridor through the mountains?")
    try await test.put([article("They drilled a hole")], path: "a")
    try await test.put([article("They drilled a corridor into the mountain")], path: "b")
    await test.index.standingQueriesAsked()
    #expect(told.matches.map(\.article.path) == ["b"])
  }

  @Test func whatCannotBeAskedIsRefusedAtOnce() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    var wrongDate = SubscribeRequest(q: "tango")
    wrongDate.filters[.date] = FilterValue(any: ["someday"])
    for request in [SubscribeRequest(q: "\"tango", syntax: .strict), wrongDate] {
      await #expect(throws: APIError.self) { _ = try await test.watch(request) }
    }
    #expect(test.index.subscriptions == 0)
    let (_, reply) = try await test.watch(SubscribeRequest(q: "\"tango"))
    #expect(reply.query.warnings.map(\.code) == ["unbalanced_quote"])
  }

  @Test func thereAreNoMoreThanTheLimit() async throws {
    let folder = try TestIndex(registry: try TinyRegistry.load()).folder + "-limited"
    defer { TestFolder.remove(folder) }
    var limits = IndexLimits(readers: 1)
    limits.subscriptions = 2
    let index = try Index.open(path: folder, registry: try TinyRegistry.load(), analysis: AnalysisOptions(), limits: limits)
    let replies = [try await index.subscribe(SubscribeRequest()) { _ in }, try await index.subscribe(SubscribeRequest()) { _ in }]
    do {
      _ = try await index.subscribe(SubscribeRequest()) { _ in }
      Issue.record("a third was taken")
    } catch let error as APIError {
      #expect(error.kind == .busy && error.message.contains("limits.subscriptions"))
    }
    index.unsubscribe(replies[0].subscription)
    _ = try await index.subscribe(SubscribeRequest()) { _ in }
    await index.close()
  }

  @Test func aCommitOfManyPassagesIsToldInOrderAndHoldsNobodyUp() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let told = try await test.watch("tango -actor:betaland")
    var random = SeededRandom(seed: 3)
    let articles = (0..<150).map { number in
      CorpusArticle(
        key: "\(number)",
        parts: (0..<8).map { _ in .init(text: QuerySemanticsTests.words(3...9, "en", &random).map(\.0).joined(separator: " ")) })
    }
    try await test.put(articles, path: "many.jsonl")
    // Ten commits more stand behind it.
    for number in 0..<10 { try await test.put([article("tango \(number)")], path: "f\(number)") }
    let searched = try await test.searched(SubscribeRequest(q: "tango -actor:betaland"))
    await test.index.standingQueriesAsked()
    #expect(told.passages.sorted() == searched.keys.sorted())
    #expect(told.passages.count > 20)
    #expect(told.matches.suffix(10).map(\.article.path) == (0..<10).map { "f\($0)" })
    #expect(told.matches.map(\.revision) == told.matches.map(\.revision).sorted())
  }
}

import ArasAPI
import Tagging
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Of a trained layer that is another only those articles are tagged again that it gives its topic, or gave it.
@Suite struct TrainedRetagTests {
  /// A topic that is learnt: the weight of one word; none where nothing is learnt.
  private func registry(_ term: String?) throws -> Registry {
    let folder = try makeTemporaryFolder()
    defer { TestFolder.remove(folder) }
    try TinyRegistry.write("version: 1\nactors: [{id: kilo, kind: state, names: [Kilo]}]\n", "\(folder)/actors.yaml")
    try TinyRegistry.write(
      "version: 1\ntopics: [{id: t, label: T, threshold: 1, rules: {1: [border]}}, {id: u, label: U, threshold: 1, rules: {1: [sleeps]}}]\n",
      "\(folder)/topics.yaml")
    if let term {
      let layer = TrainedTopic(
        id: "t", method: .linear, day: "2026-11-21", yes: 50, no: 200, sampled: 0,
        weights: [TrainedTopic.Weight(term: Array(term.utf8), weight: 4)])
      let bytes = TrainedTopicFile.bytes(layer, signature: TrainedFeatures.signature(Analyzer()))
      try TinyRegistry.write(String(decoding: bytes, as: UTF8.self), "\(folder)/t.tsv")
    }
    return try Registry.load(actorFiles: ["\(folder)/actors.yaml"], topicFiles: ["\(folder)/topics.yaml"], trainedFolder: folder)
  }

  private func places(_ index: Index) async throws -> [UInt32: ArticlePlace] {
    try await index.reading { _, snapshot in
      var places: [UInt32: ArticlePlace] = [:]
      snapshot.columns.forEachPlace { places[$0] = $1 }
      return places
    }
  }

  private func answers(_ index: Index) async throws -> [String] {
    var answers: [String] = []
    for topic in ["t", "u"] {
      var request = SearchRequest(q: "topic:\(topic)")
      request.limit = 100
      answers += try await index.search(request).hits.map { "\(topic) \($0.article.id) \($0.passages.map(\.topics))" }.sorted()
    }
    return answers
  }

  @Test(
    arguments: [
      ("tariff", "parad", 20), (nil, "tariff", 10), ("tariff", nil, 10), ("tariff", "tariff", 0), ("sleep", "harvest", 20),
    ] as [(String?, String?, Int)])
  func othersStayAsTheyAre(_ before: String?, _ after: String?, _ count: Int) async throws {
    let texts = [
      "Tariffs rise here.", "A parade walks here.", "The border stays.", "Nobody sleeps there.", "Kilo sleeps.", "Nothing at all.",
    ]
    let articles = (0..<60).map { number in
      // The second passage of some has what the first has not.
      CorpusArticle(
        key: "\(number)", title: nil,
        parts: (number % 12 < 6 ? [] : [.init(text: "It is so.")]) + [.init(text: texts[number % texts.count])])
    }
    let test = try TestIndex(registry: try registry(before))
    try await test.put(articles, path: "a.jsonl")
    let was = try await places(test.index)
    let next = try registry(after)
    try await test.index.replaceRegistry(next, analysis: AnalysisOptions())
    let now = try await places(test.index)
    #expect(was.count == 60 && now.count == 60)
    #expect(now.filter { was[$0.key] != $0.value }.count == count)
    let fresh = try TestIndex(registry: next)
    try await fresh.put(articles, path: "a.jsonl")
    #expect(try await answers(test.index) == (try await answers(fresh.index)))
  }
}

import ArasAPI
import TestSupport
import Testing

@testable import Engine

/// A filter and a clause of the query with the same value find the same passages.
@Suite struct QueryFilterTests {
  private static let actors =
    TinyRegistry.actors + "\n  - {id: alpha-hills, kind: place, label: Alpha Hills, parent: alphaland, names: [Alpha Hills]}\n"

  private static func index() async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load(actors: actors))
    try await test.put(
      [
        CorpusArticle(
          key: "1", date: "2021-11",
          parts: [
            .init(text: "Alphaland raised tariffs. Alphaland again, Alphaland."), .init(text: "The Alpha Army held drills."),
            .init(text: "The Alpha Hills are high."), .init(text: "Nothing here."),
          ]),
        CorpusArticle(key: "2", date: "2022", parts: [.init(text: "Deltaport is where the Alphish and Betaland met over a parade.")]),
      ], path: "seeds/a.jsonl")
    return test
  }

  @Test(arguments: [
    (FilterField.actor, "alphaland"), (.actor, "alphaland+"), (.actor, "alphaland!"), (.actor, "alphaland+!"), (.actor, "Alpha Army"),
    (.actor, "deltaport"), (.place, "deltaport"), (.place, "alpha-hills"), (.actor, "alpha-hills"), (.actor, "Alphish"), (.actor, "nobody"),
    (.actor, "nobody+"), (.topic, "economy"), (.topic, "tariffs"), (.topic, "parades+"), (.topic, "none"), (.date, "2021"),
    (.date, "2021-11-05..2022-03"), (.date, "..2021"), (.lang, "EN"), (.path, "seeds/**"), (.path, "none/**"), (.kind, "text"),
  ])
  func sayTheSame(_ field: FilterField, _ value: String) async throws {
    let test = try await Self.index()
    func found(_ q: String, _ filter: FilterValue?) async throws -> [String] {
      try await test.search(q) {
        $0.group = .passage
        $0.limit = 100
        $0.filters[field] = filter
      }.hits.flatMap { $0.passages.map(\.id) }.sorted()
    }
    let asked = try await found("\(field.rawValue):\"\(value)\"", nil)
    #expect(try await found("", FilterValue(any: [value])) == asked)
    #expect(try await found("", FilterValue(all: [value])) == asked)
    #expect(try await found("", FilterValue(any: [value, "nosuch"].filter { field != .date || $0 != "nosuch" })) == asked)
  }

  @Test func childrenThatArePlacesCount() async throws {
    let test = try await Self.index()
    #expect(try await test.search("actor:alphaland+").total.passages == 4)
    #expect(try await test.search("actor:alphaland").total.passages == 2)
    #expect(try await test.search("actor:alphaland+! NEAR/9 tariffs").total.passages == 1)
  }

  @Test func aReversedDateIsRefusedWithTheReason() async throws {
    let test = try await Self.index()
    let error = await #expect(throws: APIError.self) {
      try await test.search("") { $0.filters[.date] = FilterValue(any: ["2023..2021"]) }
    }
    #expect(error?.name == "invalid_params" && error?.message.contains("2021..2023") == true)
  }
}

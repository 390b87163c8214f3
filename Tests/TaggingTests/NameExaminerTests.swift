import Testing
import TextAnalysis

@testable import Tagging

/// "Why this actor, and why not there?": one text for each ground that there is.
@Suite struct NameExaminerTests {
  private func trials(
    of id: String, _ text: String, title: String? = nil, year: Int? = nil, publishers: [String] = [], language: Language = .english
  ) throws -> [NameTrial] {
    let analyzer = Analyzer()
    let actor = try #require(Shared.registry.actorIndex(id))
    let passage = TaggingPassage(
      words: analyzer.analyze(text, language: language), text: Array(text.utf8), heading: nil, language: language)
    return Tagger(registry: Shared.registry).trials(
      of: actor, title: title.map { analyzer.analyze($0, language: language) }, passages: [passage], year: year, publishers: publishers)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var actor: String
    var text: String
    var words: String
    var isAccepted: Bool
    var reason: String
    var testDescription: String { "\(actor): \(text)" }
  }

  @Test(arguments: [
    Case(actor: "iran", text: "Iran spoke.", words: "Iran", isAccepted: true, reason: "its name"),
    Case(actor: "iran", text: "The Iranian answer", words: "Iranian", isAccepted: true, reason: "the word for its people"),
    Case(actor: "iran", text: "Tehran spoke.", words: "Tehran", isAccepted: true, reason: "a place that stands for it"),
    Case(actor: "united-states", text: "Let us go.", words: "us", isAccepted: false, reason: "without the capitals"),
    Case(actor: "irgc", text: "The IRGC agreed.", words: "IRGC", isAccepted: true, reason: "acronym"),
    Case(actor: "georgia", text: "Georgia won.", words: "Georgia", isAccepted: false, reason: "nothing in the article supports it"),
    Case(actor: "georgia", text: "Georgia, said Tbilisi.", words: "Georgia", isAccepted: true, reason: "another name of Georgia"),
    Case(actor: "georgia", text: "Georgia and Armenia met.", words: "Georgia", isAccepted: true, reason: "listed as its support"),
    Case(
      actor: "united-states", text: "The Washington Post wrote of the US.", words: "Washington", isAccepted: false, reason: "names nobody"),
    Case(
      actor: "azerbaijan", text: "East Azerbaijan Province is calm.", words: "Azerbaijan", isAccepted: false,
      reason: "part of \"East Azerbaijan Province\""),
    Case(actor: "lebanon", text: "He lives in Lebanon, Tenn., now.", words: "Lebanon", isAccepted: false, reason: "a town of that name"),
    Case(actor: "vladimir-putin", text: "Putin spoke.", words: "Putin", isAccepted: false, reason: "a surname alone"),
    Case(actor: "vladimir-putin", text: "President Putin spoke.", words: "Putin", isAccepted: true, reason: "with a title"),
  ])
  func everyGroundIsSaid(_ test: Case) throws {
    let all = try trials(of: test.actor, test.text)
    let bytes = Array(test.text.utf8)
    let trial = try #require(
      all.first { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self).hasPrefix(test.words) }, "\(all)")
    #expect(trial.isAccepted == test.isAccepted)
    #expect(trial.reason.contains(test.reason), "\(trial.reason)")
  }

  @Test func thePublishersNameIsNobody() throws {
    let all = try trials(
      of: "georgia", "The Georgian Institute of Politics in Tbilisi wrote.", publishers: ["Georgian Institute of Politics"])
    #expect(all.contains { $0.reason.contains("publisher") && !$0.isAccepted })
  }

  @Test func whatIsAcceptedIsWhatTaggingFound() throws {
    let text =
      "Iran and Azerbaijan: Tehran warned Baku. Iran's Foreign Ministry, Georgia and Mr Aliyev were quiet; us too. The Iranians left."
    let tags = Shared.tag(text)
    for entry in Shared.registry.actors {
      let index = try #require(Shared.registry.actorIndex(entry.id))
      let found = tags.passages.flatMap(\.mentions).filter { Int($0.actor) == index }.map(\.start)
      let accepted = try trials(of: entry.id, text).filter(\.isAccepted).map(\.start)
      // Of names within names of the same actor the longest speaks.
      #expect(Set(accepted).isSubset(of: Set(found)))
      #expect(accepted.isEmpty == found.isEmpty, "\(entry.id)")
    }
  }
}

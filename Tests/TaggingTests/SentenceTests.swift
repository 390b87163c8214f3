import Foundation
import Testing
import TextAnalysis

@testable import Tagging

/// States in sentences of eight languages: inflected and affixed names, names inside longer words, and sentences without any.
@Suite struct SentenceTests {
  /// Counts over the sentences of one language: states that should be found and were, that were not, and that should not have been.
  struct Count {
    var right = 0
    var missed: [String] = []
    var wrong: [String] = []
    var sentences = 0

    var recall: Double { Double(right) / Double(max(1, right + missed.count)) }
    var precision: Double { Double(right) / Double(max(1, right + wrong.count)) }
  }

  static func count(_ language: String, _ lines: String) -> Count {
    var count = Count()
    for line in lines.split(separator: "\n") {
      let parts = line.split(separator: "=>", omittingEmptySubsequences: false)
      let sentence = parts[0].trimmingCharacters(in: .whitespaces)
      let expected = Set((parts.count > 1 ? parts[1] : "").split(separator: " ").map(String.init))
      let tags = Shared.tag(sentence, language: language)
      let states = tags.actors.map { Shared.registry.actors[Int($0.actor)] }.filter { $0.kind == .state }
      let found = Set(states.map(\.id))
      count.sentences += 1
      count.right += found.intersection(expected).count
      count.missed += expected.subtracting(found).map { "\($0) in \(sentence)" }
      count.wrong += found.subtracting(expected).map { "\($0) in \(sentence)" }
    }
    return count
  }

  @Test(arguments: Sentences.all.keys.sorted())
  func `states are found and nothing else is taken for one`(_ language: String) throws {
    let count = Self.count(language, try #require(Sentences.all[language]))
    #expect(count.sentences >= 40)
    #expect(count.recall >= 0.95, "missed \(count.missed)")
    #expect(count.precision >= 0.97, "wrong \(count.wrong)")
  }
}

import TestSupport
import Testing
import TextAnalysis

@testable import Tagging

/// What the first look turns away is nowhere a word with a capital.
@Suite struct CapitalLookTests {
  private func look(_ forms: String...) -> CapitalLook? {
    CapitalLook(forms: forms.map { SoughtForm(form: Array($0.utf8), extent: .withEndings) })
  }

  private func mayStand(_ look: CapitalLook, _ text: String) -> Bool { Array(text.utf8).withUnsafeBufferPointer { look.mayStand(in: $0) } }

  @Test(arguments: [
    "Well", "w.e.l.l.", "so Well", "“Well,” he said", "WELL", "Well’s", "Wells", "W.E.L.L.", "W\u{301}ell", "Ẃell", "We\u{AD}ll", "Wéll",
    "Ｗｅｌｌ",
    "x Well",
  ]) func aWordWithACapitalPasses(_ text: String) throws {
    #expect(mayStand(try #require(look("well")), text))
  }

  @Test(arguments: ["well", "as well as", "“well”", "We", "Wel", "Welcome", "", "W", "the swell"]) func aWordWithoutIsTurnedAway(
    _ text: String
  ) throws {
    #expect(!mayStand(try #require(look("well")), text))
  }

  @Test func othersThanPlainLettersAreNotLookedFor() {
    #expect(look("иран") == nil)
    #expect(look("well", "o.k") == nil)
    #expect(look("7up") == nil)
  }

  /// Of random words of letters with and without marks: where the analyser finds the form with a capital, the look does not turn it away.
  @Test func whatTheAnalyserFindsPasses() throws {
    var random = SeededRandom(seed: .random(in: 0...UInt64.max))
    let seed = random.state
    let analyzer = Analyzer()
    let pieces = [
      "a", "A", "e", "E", "é", "É", "æ", "Æ", "ß", "s", "S", "ı", "İ", "i", "I", "'", "’", ".", "-", " ", " ", "\u{301}", "\u{AD}", "“",
      "&",
    ]
    var found = 0
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      let words = analyzer.analyze(text, language: .english)
      for index in words.words.indices where !words.words[index].flags.isDisjoint(with: [.capitalised, .allCaps, .acronym]) {
        guard let look = CapitalLook(forms: [SoughtForm(form: Array(words.folded(index)), extent: .whole)]) else { continue }
        found += 1
        #expect(mayStand(look, text), "seed \(seed) “\(text)”: \(String(decoding: words.folded(index), as: UTF8.self))")
      }
    }
    #expect(found > 100)
  }
}

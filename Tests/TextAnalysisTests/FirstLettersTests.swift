import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct FirstLettersTests {
  /// What leaving out terms by first letters rests on.
  @Test(arguments: [7, UInt64.random(in: 8...999_999)])
  func theEnglishStemmerLeavesTheFirstLetterAsItIs(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let analyzer = Analyzer()
    let endings = ["", "s", "ies", "ing", "ly", "ed", "ization", "fulness", "y"]
    let known = ["skis", "skies", "dying", "lying", "tying", "idly", "gently", "ugly", "early", "only", "singly", "yes", "youth", "yyyy"]
    let made = (0..<20_000).map { _ in
      let letters = (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random)
      }
      return String(letters) + (endings.randomElement(using: &random) ?? "")
    }
    for word in known + made {
      let stream = analyzer.analyze(Array(word.utf8), language: .english)
      #expect(stream.term(0).first == word.utf8.first, "seed \(seed) \(word)")
    }
  }

  @Test func wantedTermsAreThereAndOthersAreNoneOfThem() {
    let analyzer = Analyzer()
    let text = Array("Sanctions against running Iranians: Économie, 23rd, YPG's yachts".utf8)
    let all = analyzer.analyze(text, language: .english)
    let wanted: [[UInt8]] = [Array("sanction".utf8), Array("yacht".utf8)]
    let some = analyzer.analyze(text, language: .english, wanted: FirstLetters(of: wanted))
    #expect(some.count == all.count)
    for word in 0..<all.count {
      #expect(all.exact(word).elementsEqual(some.exact(word)))
      #expect(wanted.contains { $0.elementsEqual(all.term(word)) } == wanted.contains { $0.elementsEqual(some.term(word)) })
    }
    #expect(analyzer.analyze(text, language: .english).words == all.words)
  }
}

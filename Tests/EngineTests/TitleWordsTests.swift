import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct TitleWordsTests {
  /// The forms of each word that stand outside a text are those that a look at all words of the text finds.
  @Test func formsOutsideATextAreThoseOfNoWordOfIt() {
    let seed: UInt64 = 20_240_117
    var random = SeededRandom(seed: seed)
    let analyzer = Analyzer()
    let pool = [
      "Iran", "iran", "İran", "Türkiye", "Turkiye", "roads", "road", "Roads", "the", "café", "cafe", "U.S.", "us", "5", "2021", "Баку",
      "баку",
      "ёлка", "елка", "文化", "a", "ab", "ba", "transport", "transports", "transporting",
    ]
    for round in 0..<600 {
      let language = [Language.english, .russian, .turkish, .undetermined].randomElement(using: &random) ?? .english
      func words(_ count: ClosedRange<Int>) -> WordStream {
        let text = (0..<Int.random(in: count, using: &random)).map { _ in pool.randomElement(using: &random) ?? "" }.joined(separator: " ")
        return analyzer.analyze(text, language: language)
      }
      let (title, text) = (words(0...12), words(0...40))
      func forms(_ words: WordStream, _ index: Int) -> [(TitleWords.Forms, [UInt8])] {
        let own: [(TitleWords.Forms, [UInt8])] = [(.term, Array(words.term(index))), (.exact, Array(words.exact(index)))]
        return words.words[index].flags.contains(.differs) ? own + [(.folded, Array(words.folded(index)))] : own
      }
      let outside = TitleWords(title).outside(text)
      #expect(outside.count == title.count)
      for index in title.words.indices {
        for (kind, form) in forms(title, index) {
          let isInText = text.words.indices.contains { forms(text, $0).contains { $0.0 == kind && $0.1 == form } }
          #expect(outside[index].contains(kind) == !isInText, "seed \(seed) round \(round): \(String(decoding: form, as: UTF8.self))")
        }
      }
    }
  }
}

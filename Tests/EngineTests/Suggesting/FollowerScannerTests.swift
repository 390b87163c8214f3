import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct FollowerScannerTests {
  private static let words = [
    "sanction", "Sanctions", "sanctioned", "SANCTIONS", "sand", "corridor", "Corridors", "état", "Etat", "naïve", "Azərbaycan", "Иран",
    "ирана", "санкции", "ایران", "تحریم", "don't", "Iran's", "U.S.", "COVID-19", "co-operate", "3", "12.5", "x",
  ]
  private static let gaps = [" ", " ", " ", ", ", ". ", "\n", "\n\n", " – ", "“", "” ", "/", "-", "(", ") ", "\u{200C}", "’s "]

  /// What stands behind a word is the same whether it is looked for by its letters or the whole text is analysed.
  @Test func findsWhatTheAnalysisFinds() {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let analyzer = Analyzer()
    var followers = 0
    for _ in 0..<600 {
      var text = ""
      for _ in 0..<Int.random(in: 0...60, using: &random) { text += random.pick(Self.words) + random.pick(Self.gaps) }
      let bytes = Array(text.utf8)
      let language: Language = random.pick([.english, .russian, .persian, .undetermined])
      let whole = analyzer.analyze(bytes, language: language)
      let length = Int.random(in: 1...2, using: &random)
      let typed = (0..<length).map { _ in random.pick(Self.words) }.joined(separator: " ")
      let stream = analyzer.analyze(Array(typed.utf8), language: language)
      let tail = stream.words.indices.map { analyzer.queryTerms(for: stream, at: $0, languages: [language, .english]) }
      guard let first = stream.words.indices.first else { continue }
      var wanted: [[UInt8]: Int] = [:]
      for index in whole.words.indices.dropFirst(tail.count) {
        let follows = tail.indices.allSatisfy { place in tail[place].contains { $0.elementsEqual(whole.term(index - tail.count + place)) } }
        if follows { wanted[Array(whole.exact(index)), default: 0] += 1 }
      }
      var found: [[UInt8]: Int] = [:]
      let scanner = FollowerScanner(analyzer, tail: tail, first: stream.folded(first))
      scanner.forEachFollower(in: bytes, language) { found[Array($0.exact($1)), default: 0] += 1 }
      #expect(found == wanted, "seed \(seed), “\(typed)” (\(language.rawValue)) in “\(text)”")
      followers += wanted.count
    }
    #expect(followers > 100)
  }
}

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

  private struct Follower: Hashable {
    var form: [UInt8]
    /// Words of the tail before it.
    var length: Int
  }

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
      let length = Int.random(in: 1...3, using: &random)
      let typed = (0..<length).map { _ in random.pick(Self.words) }.joined(separator: " ")
      let stream = analyzer.analyze(Array(typed.utf8), language: language)
      let tail = TypedTail(stream.words.indices.map { analyzer.queryTerms(for: stream, at: $0, languages: [language, .english]) })
      guard let last = stream.words.indices.last else { continue }
      let terms = Array(tail.last.reversed())
      var wanted: [Follower: Int] = [:]
      for index in whole.words.indices.dropFirst() {
        let length = terms.indices.prefix { place in
          place < index && terms[place].contains { $0.elementsEqual(whole.term(index - 1 - place)) }
        }.count
        if length > 0 { wanted[Follower(form: Array(whole.exact(index)), length: length), default: 0] += 1 }
      }
      var found: [Follower: Int] = [:]
      let scanner = FollowerScanner(analyzer, tail, last: stream.folded(last))
      scanner.forEachFollower(in: bytes, language) { found[Follower(form: Array($0.exact($1)), length: $2), default: 0] += 1 }
      #expect(found == wanted, "seed \(seed), “\(typed)” (\(language.rawValue)) in “\(text)”")
      followers += wanted.count
    }
    #expect(followers > 100)
  }
}

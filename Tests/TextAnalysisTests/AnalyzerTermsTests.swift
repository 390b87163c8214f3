// Which index term a word has, and which terms a word of a query asks for.

import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct AnalyzerTermsTests {
  @Test(arguments: [
    ("en", "exercises", "exercis"), ("en", "Azerbaijan's", "azerbaijan"), ("en", "cafés", "cafe"), ("en", "2021", "2021"),
    ("en", "Иран", ":иран"), ("en", "北京", ":北京"), ("ru", "переговорами", "ru:переговор"), ("ru", "NATO", ":nato"), ("ru", "2021", "2021"),
    ("ru", "Ёлка", "ru:елк"), ("ru", "елка", "ru:елк"),
    ("az", "Azərbaycana", ":azerbaycana"), ("fa", "ایران", ":ايران"), ("und", "Iran", ":iran"), ("hy", "Հայաստանում", "hy:հայաստ"),
    ("tr", "Ankara'nın", "tr:ankar"), ("de", "Übungen", "de:ubung"), ("en", "U.S.", "us"),
  ])
  func aWordHasThisTerm(_ language: String, _ text: String, _ term: String) {
    #expect(Analyzer().analyze(text, language: Language(rawValue: language)).terms == [term])
  }

  @Test func termsFromMemoryAreTheSame() {
    let analyzer = Analyzer()
    let text = "Iran's exercises near Türkiye; Ирана exercises Iran's Ирана Türkiye"
    let first = analyzer.analyze(text, language: .english)
    let second = analyzer.analyze(text, language: .english)
    #expect(first.terms == second.terms)
    #expect(first.exacts == second.exacts && first.foldeds == second.foldeds)
    #expect(first.words.map(\.flags) == second.words.map(\.flags))
    #expect(analyzer.analyze(text, language: .russian).terms == Analyzer().analyze(text, language: .russian).terms)
  }

  /// Thousands of words push each other out of the memory of short terms, and each still has the term that it has alone.
  @Test func termsDoNotDependOnTheWordsBefore() {
    var random = SeededRandom(seed: 7)
    let endings = ["", "s", "ed", "ing", "ly", "ies", "y", "ation", "er", "est", "ness"]
    let words = (0..<9000).map { _ in
      String((0..<Int.random(in: 1...7, using: &random)).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a" })
        + (endings.randomElement(using: &random) ?? "")
    }
    for language in [Language.english, .german, .turkish] {
      let analyzer = Analyzer()
      let text = words.joined(separator: " ")
      let once = analyzer.analyze(text, language: language).terms
      #expect(analyzer.analyze(text, language: language).terms == once)
      for index in stride(from: 0, to: words.count, by: 500) {
        let part = words[index..<min(index + 500, words.count)]
        #expect(Analyzer().analyze(part.joined(separator: " "), language: language).terms == Array(once[part.indices]))
      }
    }
  }

  @Test func aMemoryThatIsFullForgetsAndGoesOn() {
    let memory = FormMemory(slotCount: 16, arenaCapacity: 64)
    for number in 0..<200 {
      let key = Array("key\(number)".utf8)
      key.withUnsafeBufferPointer { key in
        memory.insert(key, tag: 3, value: key)
        #expect(memory.value(key, tag: 3).map { Array($0) } == Array(key))
        #expect(memory.value(key, tag: 4) == nil)
      }
    }
    #expect(memory.count <= 12)
  }

  /// What a query word must reach: the term that the same word has in a passage of each language.
  @Test(arguments: ["exercises", "Ирана", "NATO", "2021", "İran'ın", "l'Iran", "Türkiye", "IRAN", "Işık", "U.S.", "北京", "Iran's"])
  func queryTermsReachTheWordInEveryLanguage(_ word: String) {
    let analyzer = Analyzer()
    let languages = ["en", "ru", "tr", "az", "fr", "de", "fa", "und"].map { Language(rawValue: $0) }
    for queryLanguage in [Language.english, .undetermined] {
      let query = analyzer.analyze(word, language: queryLanguage)
      let terms = analyzer.queryTerms(for: query, at: 0, languages: languages)
      #expect(Set(terms).count == terms.count)
      for language in languages {
        let passage = analyzer.analyze(word, language: language)
        guard let last = passage.words.indices.last else { continue }
        let term = Array(passage.term(last))
        #expect(terms.contains(term), "\(word) in \(language): \(String(decoding: term, as: UTF8.self))")
      }
    }
  }

  @Test func queryTermsOfOneLanguageAreItsOwn() {
    let analyzer = Analyzer()
    let query = analyzer.analyze("exercises", language: .english)
    func terms(_ languages: [Language]) -> [String] {
      analyzer.queryTerms(for: query, at: 0, languages: languages).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(terms([.english]) == ["exercis"])
    #expect(terms([.english, .russian, .persian]) == ["exercis", ":exercises"])
    #expect(terms([]) == ["exercis"])
  }
}

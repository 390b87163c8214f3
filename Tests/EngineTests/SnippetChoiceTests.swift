import ArasAPI
import Testing

@testable import Engine

/// Which stretches of a passage are shown.
@Suite struct SnippetChoiceTests {
  static let filler = "Nothing of note was said on that long and quiet afternoon by anyone who sat there."

  private func snippets(
    _ query: String, _ text: String, title: String? = nil, others: [String] = [], _ options: SnippetOptions = SnippetOptions(),
    _ change: (inout SearchRequest) -> Void = { _ in }
  ) async throws -> [Snippet] {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles =
      [CorpusArticle(key: "0", title: title, parts: [.init(text: text)])]
      + others.enumerated().map { CorpusArticle(key: "\($0 + 1)", parts: [.init(text: $1)]) }
    try await test.put(articles, path: "a.jsonl")
    let result = try await test.search(query) {
      $0.snippets = options
      $0.match = .any
      change(&$0)
    }
    let own = StableHash.articleID(path: "a.jsonl", key: "0")
    return result.hits.first { $0.article.id == own }?.passages.first?.snippets ?? []
  }

  private func marked(_ snippet: Snippet) -> [String] {
    let bytes = Array(snippet.text.utf8)
    return snippet.marks.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
  }

  @Test func aSentenceOfRareWordsComesBeforeManyOfCommonOnes() async throws {
    let common = "The tango is danced by those who tango, and tango they do."
    let text = [common, Self.filler, common, Self.filler, "Only a zulu stood there.", Self.filler, common].joined(separator: " ")
    let shown = try await snippets(
      "tango zulu", text, others: (0..<20).map { "A tango of number \($0)." }, SnippetOptions(count: 1, length: 70))
    #expect(shown.map(\.text) == ["Only a zulu stood there."])
  }

  @Test func wordsCloseTogetherComeBeforeWordsFarApart() async throws {
    let far = "The drum was heard, as it had been on every single evening of that year, before any zulu came."
    let near = "Then the drum and the zulu fell silent for as long as anybody there could think of, or longer."
    let text = [far, Self.filler, near, Self.filler].joined(separator: " ")
    #expect(try await snippets("drum zulu", text, SnippetOptions(count: 1, length: 100)).map(\.text) == [near])
  }

  /// Words that just fit are shown, whether a blank is behind them or another word that belongs to them.
  @Test(arguments: ["drum and zulu dancers", "drum and zulu/tango dancers", "drum and zulu-tango.dancers"])
  func wordsThatJustFitAreShown(_ words: String) async throws {
    let text = "It was a long and quiet afternoon with \(words) and with everyone else who sat there and waited for whatever came"
    for length in 13...24 {
      let shown = try await snippets("drum zulu", text, SnippetOptions(count: 1, length: length, boundary: .word))
      #expect(shown.map(marked) == [["drum", "zulu"]], "\(length): \(shown.map(\.text))")
      #expect(shown.allSatisfy { $0.text.utf8.count <= length }, "\(length): \(shown.map(\.text))")
    }
  }

  @Test func whatIsNotShownYetComesBeforeWhatIs() async throws {
    let text = [
      "A drum beats.", Self.filler, "A drum beats here and a drum beats there.", Self.filler, "There is a zulu.", Self.filler,
    ].joined(separator: " ")
    let shown = try await snippets("drum zulu", text, SnippetOptions(count: 2, length: 60))
    #expect(Set(shown.flatMap(marked)) == ["drum", "zulu"])
    #expect(shown.map(\.start) == shown.map(\.start).sorted(), "in the order of the text")
  }

  @Test func neighboursAreOneSnippetWhereBothFit() async throws {
    let text = [Self.filler, "A drum beats.", "Two zulu dancers dance.", Self.filler, "One more drum."].joined(separator: " ")
    let shown = try await snippets("drum zulu", text, SnippetOptions(count: 3, length: 45))
    #expect(shown.map(\.text) == ["A drum beats. Two zulu dancers dance.", "One more drum."])
    #expect(shown.map(\.moreBefore) == [true, true] && shown.map(\.moreAfter) == [true, false])
    #expect(shown.map(marked) == [["drum", "zulu"], ["drum"]])
  }

  @Test func aShortSentenceIsShownWithTheOneBeforeIt() async throws {
    let text = [Self.filler, "The minister was asked about the border.", "He danced a tango.", Self.filler, Self.filler].joined(
      separator: " ")
    let shown = try await snippets("tango", text, SnippetOptions(count: 1, length: 100))
    #expect(shown.map(\.text) == ["The minister was asked about the border. He danced a tango."])
  }

  @Test(arguments: ["zulu", "title:zulu", "*", "kind:text"])
  func withoutAWordOfTheQueryAPassageIsShownFromItsBeginning(_ query: String) async throws {
    let text = ["It began at noon.", "It went further.", Self.filler, "It ended."].joined(separator: " ")
    let shown = try await snippets(query, text, title: "About a zulu", SnippetOptions(count: 3, length: 60))
    #expect(shown.map(\.text) == ["It began at noon. It went further."])
    #expect(shown.allSatisfy { $0.marks.isEmpty && !$0.moreBefore && $0.moreAfter })
  }

  @Test func aFilterMarksNothing() async throws {
    let text = ["It began at noon.", Self.filler, Self.filler, "Alphaland was there."].joined(separator: " ")
    let shown = try await snippets("", text, SnippetOptions(count: 3, length: 60)) { $0.filters[.actor] = FilterValue(any: ["alphaland"]) }
    #expect(shown.map(\.text) == ["It began at noon."])
  }

  @Test func noneAreMadeWhereNoneAreWanted() async throws {
    #expect(try await snippets("drum", "A drum.", SnippetOptions(count: 0)) == [])
  }

  @Test func aPhraseAcrossSentencesIsShownWhole() async throws {
    let text = [Self.filler, "They spoke of war.", "Games came later, on another of these long days.", Self.filler].joined(separator: " ")
    let shown = try await snippets("\"war games\"", text, SnippetOptions(count: 2, length: 70))
    #expect(shown.flatMap(marked) == ["war", "Games"] && shown.count == 1, "\(shown)")
  }

  @Test func aNameIsNotCutWhereASentenceSeemsToEnd() async throws {
    let registry = try TinyRegistry.load(
      actors: TinyRegistry.actors + "\n  - {id: saint, kind: place, label: Old Fort, names: [\"Fort No. Seven\"]}")
    let test = try TestIndex(registry: registry)
    let text = "\(Self.filler) They walked to Fort No. Seven in the rain. \(Self.filler)"
    try await test.put([CorpusArticle(key: "0", parts: [.init(text: text)])], path: "a.jsonl")
    let result = try await test.search("place:saint") { $0.snippets = SnippetOptions(count: 2, length: 60) }
    let shown = result.hits.first?.passages.first?.snippets ?? []
    #expect(shown.map(marked) == [["Fort No. Seven"]], "\(shown)")
  }

  @Test func overlappingMarksAreOne() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put([CorpusArticle(key: "1", parts: [.init(text: "美国和中国人民的人", language: "zh")])], path: "a.jsonl")
    let shown = try await test.search("中国 OR 国人 OR 人民").hits.first?.passages.first?.snippets ?? []
    #expect(shown.map(marked) == [["中国人民"]])
  }
}

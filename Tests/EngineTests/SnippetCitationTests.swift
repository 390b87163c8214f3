import ArasAPI
import Testing

@testable import Engine

/// That what a snippet shows stands in the article where the snippet says.
@Suite struct SnippetCitationTests {
  private static let filler = "Nothing of note was said on that long and quiet afternoon by anyone who sat there, nor later."

  private func snippet(_ query: String, _ path: String, _ text: String) async throws -> (snippet: Snippet, article: [UInt8]) {
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.add(path, text)
    let hit = try #require(try await test.search(query) { $0.snippets.length = 300 }.hits.first)
    let article = Array(try await test.index.get(GetRequest(id: hit.article.id)).text.utf8)
    let snippet = try #require(hit.passages.first?.snippets.first { !$0.marks.isEmpty })
    var cited = article[snippet.start..<snippet.end]
    for cut in snippet.cuts.reversed() { cited.removeSubrange(cut.start..<cut.end) }
    #expect(cited.elementsEqual(snippet.text.utf8), "\(snippet)")
    for cut in snippet.cuts { #expect(cut.at > 0 && cut.at < snippet.text.utf8.count) }
    #expect(snippet.line == 1 + article[..<snippet.start].count { $0 == 0x0A })
    return (snippet, article)
  }

  @Test func withoutCutsTheTextIsTheArticles() async throws {
    let (snippet, article) = try await snippet("tango", "a.txt", "Title of it\n\n\(Self.filler) They dance a tango. \(Self.filler)\n")
    #expect(snippet.cuts.isEmpty && Array(article[snippet.start..<snippet.end]) == Array(snippet.text.utf8))
  }

  @Test func footnoteNumbersAreCut() async throws {
    let text = "Title of it\n\n\(Self.filler) They dance a tango [12], it was said [Data Ref]. \(Self.filler) \(Self.filler)\n"
    let (snippet, article) = try await snippet("tango", "a.txt", text)
    #expect(snippet.text.contains("They dance a tango, it was said."))
    #expect(snippet.cuts.map { String(decoding: article[$0.start..<$0.end], as: UTF8.self) } == [" [12]", " [Data Ref]"])
  }

  @Test func markupOfMarkdownIsCut() async throws {
    let text = "# Title of it\n\n\(Self.filler) They **dance** a [tango](http://x.y/z) there. \(Self.filler) \(Self.filler)\n"
    let (snippet, _) = try await snippet("tango", "a.md", text)
    #expect(snippet.text.contains("They dance a tango there.") && !snippet.cuts.isEmpty)
  }

  /// Paragraphs that are joined to one passage leave out all blank lines between them but one.
  @Test func linesAreCountedAcrossWhatIsLeftOut() async throws {
    let text = "Title of it\n\n\(Self.filler)\n\n\n\n\n\nThey dance a tango.\n\n\n\n\(Self.filler) \(Self.filler)\n"
    let (snippet, _) = try await snippet("tango", "a.txt", text)
    #expect(snippet.text.contains("tango"))
  }
}

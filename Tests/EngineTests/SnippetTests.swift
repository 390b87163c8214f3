import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

@Suite struct SnippetTests {
  private static func text(_ random: inout SeededRandom) -> String {
    let words = [
      "tango", "border", "İran", "Ünal", "граница", "מים", "👩‍👩‍👧‍👦", "e\u{301}tude", "मुक्ति", "संस्कृति", "中国人民", "a",
      String(repeating: "long", count: 30),
    ]
    var text = ""
    for _ in 0..<Int.random(in: 1...80, using: &random) {
      text += random.pick(words) + random.pick([" ", " ", " ", ", ", ". ", ".\n", "\n", "  "])
    }
    return text
  }

  @Test func staysWithinItsLengthAndIsWhatTheArticleSays() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    let test = try TestIndex(registry: try TinyRegistry.load())
    try await test.put(
      (0..<60).map { number in
        CorpusArticle(key: "\(number)", parts: (0..<3).map { _ in .init(text: Self.text(&random)) })
      }, path: "a.jsonl")
    for round in 0..<60 {
      let length = Int.random(in: 1...300, using: &random)
      let count = Int.random(in: 1...5, using: &random)
      let result = try await test.search(random.pick(["tango", "border OR граница", "\"tango border\"", "*", "中国 OR İran", "long*"])) {
        $0.limit = 20
        $0.snippets = SnippetOptions(count: count, length: length, boundary: round % 2 == 0 ? .sentence : .word)
      }
      for hit in result.hits {
        let article = Array(try await test.index.get(GetRequest(id: hit.article.id)).text.utf8)
        for passage in hit.passages { try check(passage, article, length: length, count: count, "seed \(seed)") }
      }
    }
  }

  private func check(_ passage: PassageHit, _ article: [UInt8], length: Int, count: Int, _ context: String) throws {
    #expect(!passage.snippets.isEmpty && passage.snippets.count <= count, "\(context)")
    let whole = String(decoding: article[passage.start..<passage.end], as: UTF8.self)
    var borders: Set<Int> = [0]
    var offset = 0
    for character in whole {
      offset += character.utf8.count
      borders.insert(offset)
    }
    var last = passage.start
    for snippet in passage.snippets {
      let bytes = Array(snippet.text.utf8)
      #expect(snippet.start >= last && snippet.end <= passage.end, "\(context), snippets in order")
      last = snippet.end
      #expect(Array(article[snippet.start..<snippet.end]) == bytes, "\(context)")
      #expect(borders.contains(snippet.start - passage.start), "\(context): cut in a grapheme: \(snippet.text)")
      #expect(borders.contains(snippet.end - passage.start), "\(context): cut in a grapheme: \(snippet.text)")
      #expect(snippet.line == 1 + article[..<snippet.start].count { $0 == 0x0A }, "\(context)")
      if bytes.count > length {
        let words = Analyzer().analyze(bytes, language: .english)
        let isOneWord = words.count <= 1 || snippet.text.split(whereSeparator: \.isWhitespace).count == 1
        #expect(isOneWord, "\(context): \(bytes.count) bytes of \(length): \(snippet.text)")
      }
      for mark in snippet.marks { #expect(mark.start >= 0 && mark.start < mark.end && mark.end <= bytes.count) }
    }
  }

  @Test func offsetsPointIntoTheTextBeneathMarkup() async throws {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let markdown =
      "# Title of it\n\nThe **border** of *Alphaland* is [closed](http://x.y/z) today, says `tango` and the &amp; others do too.\n"
    let html =
      "<html><body><article><h1>Title of it</h1><p>The <b>border</b> of <i>Alphaland</i> is <a href='x'>closed</a> &amp; today a tango is danced there.</p></article></body></html>"
    for (path, text) in [("a.md", markdown), ("b.html", html)] {
      try await test.add(path, text)
      let result = try await test.search("tango path:\(path)")
      let hit = try #require(result.hits.first, "\(path)")
      let article = try await test.index.get(GetRequest(id: hit.article.id))
      let bytes = Array(article.text.utf8)
      let snippet = try #require(hit.passages.first?.snippets.first)
      let mark = try #require(snippet.marks.first)
      #expect(String(decoding: Array(snippet.text.utf8)[mark.start..<mark.end], as: UTF8.self) == "tango")
      // The article's bytes hold every word of the snippet in its order.
      let stretch = String(decoding: bytes[snippet.start..<snippet.end], as: UTF8.self)
      var rest = stretch[...]
      for word in snippet.text.split(whereSeparator: { !$0.isLetter }) {
        let found = try #require(rest.firstRange(of: word), "\(word) in \(stretch)")
        rest = rest[found.upperBound...]
      }
      for mention in article.mentions {
        #expect(String(decoding: bytes[mention.start..<mention.end], as: UTF8.self).contains("Alphaland"), "\(path)")
      }
      #expect(!article.mentions.isEmpty)
    }
  }
}

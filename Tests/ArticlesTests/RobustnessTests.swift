import TestSupport
import Testing

@testable import Articles

@Suite("Robustness")
struct RobustnessTests {
  @Test("Random bytes never crash and every article keeps its promises", arguments: FileFormat.allCases)
  func random(_ format: FileFormat) throws {
    let seed: UInt64 = 20_230_905
    var random = SeededRandom(seed: seed)
    let pieces = [
      "\n", "\n\n", " ", "\r\n", "<p>", "</p>", "<div class=\"x\">", "</div>", "# ", "- ", "**", "[1]", "[Data Ref]", "](", "```\n",
      "---\n", "\"", ",", "{\"text\": \"", "\"}", "\\", "word", "The end of it. ", "é", "İ", "ש", "你好", "。",
      "By John Smith", "5 May 2020", "Keywords: a, b", "Published:", "\u{0}", "\u{FEFF}", "\u{200B}", "<", ">", "&amp;", "|",
      "title,text\n", "text of a longer sentence with the words that are in it and of it, ", "\u{301}",
    ]
    for round in 0..<400 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        if Int.random(in: 0..<12, using: &random) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
        }
      }
      do {
        let (articles, _) = try Extraction.articles(bytes, path: "a", format: format)
        for article in articles { Extraction.checkOffsets(article, "seed \(seed) round \(round)") }
      } catch let error as ExtractionError {
        #expect(!error.reason.isEmpty)
      }
    }
  }

  @Test("A huge line is split into passages")
  func hugeLine() throws {
    let sentence = Array("The minister said that the road would be open in the spring of the next year. ".utf8)
    var bytes: [UInt8] = []
    for _ in 0..<25_000 { bytes += sentence }
    let article = try #require(try Extraction.articles(bytes, path: "a.txt").articles.first)
    #expect(article.passages.count > 1500)
    #expect(article.passages.allSatisfy { $0.text.count < 4000 })
  }

  @Test("A huge word, and a huge run without sentence ends, are split too", arguments: ["a", "ж", "文", "word ", "]", "[", "\"", "* ", "`"])
  func hugeRun(_ unit: String) throws {
    let text = String(repeating: unit, count: 300_000)
    for path in ["a.txt", "a.md"] {
      let articles = (try? Extraction.articles(text, path: path)) ?? []
      #expect(articles.allSatisfy { $0.passages.allSatisfy { String(validating: $0.text, as: UTF8.self) != nil } })
    }
  }

  @Test("A hundred thousand empty paragraphs cost nothing")
  func blankLines() throws {
    let article = try Extraction.article("First words of it." + String(repeating: "\n\n", count: 100_000) + "Last words of it.")
    #expect(Extraction.body(article).contains("Last words"))
    Extraction.checkOffsets(article)
  }
}

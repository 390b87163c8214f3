import ArasAPI
import TestSupport
import Testing
import TextAnalysis

@testable import Engine

/// Snippets of texts that are hard to cut.
@Suite struct SnippetScriptTests {
  private func index(_ texts: [String], language: String) async throws -> TestIndex {
    let test = try TestIndex(registry: try TinyRegistry.load())
    let articles = texts.enumerated().map { CorpusArticle(key: "\($0)", parts: [.init(text: $1, language: language)]) }
    try await test.put(articles, path: "a.jsonl")
    return test
  }

  private func check(_ query: String, _ text: String, language: String, _ options: SnippetOptions) async throws -> [Snippet] {
    let result = try await index([text], language: language).search(query) { $0.snippets = options }
    return try check(try #require(result.hits.first?.passages.first, "\(query) in \(text)"), text, options, query)
  }

  /// Checks every snippet of a passage against all that a snippet has to be.
  private func check(_ passage: PassageHit, _ text: String, _ options: SnippetOptions, _ context: String) throws -> [Snippet] {
    let bytes = Array(text.utf8)
    var borders: Set<Int> = [0]
    var offset = 0
    for character in text {
      offset += character.utf8.count
      borders.insert(offset)
    }
    #expect(!passage.snippets.isEmpty && passage.snippets.count <= options.count, "\(context)")
    var last = 0
    for snippet in passage.snippets {
      #expect(Array(bytes[snippet.start..<snippet.end]) == Array(snippet.text.utf8), "\(context)")
      #expect(borders.contains(snippet.start) && borders.contains(snippet.end), "\(context): cut in a character: \(snippet.text)")
      #expect(snippet.start >= last, "\(context)")
      last = snippet.end
      #expect(snippet.text.first?.isWhitespace == false && snippet.text.last?.isWhitespace == false, "\(context)")
    }
    return passage.snippets
  }

  private func marked(_ snippets: [Snippet]) -> [String] {
    snippets.flatMap { snippet in snippet.marks.map { String(decoding: Array(snippet.text.utf8)[$0.start..<$0.end], as: UTF8.self) } }
  }

  @Test(arguments: [SnippetOptions.Boundary.sentence, .word])
  func oneEnormousSentence(_ boundary: SnippetOptions.Boundary) async throws {
    let words = (0..<4000).map { $0 % 997 == 500 ? "drum" : $0 == 2600 ? "zulu" : "word\($0 % 7)" }
    let text = words.joined(separator: ", ")
    let shown = try await check("drum OR zulu", text, language: "en", SnippetOptions(count: 3, length: 200, boundary: boundary))
    #expect(shown.count == 3 && shown.allSatisfy { $0.text.utf8.count <= 200 && $0.text.utf8.count > 150 })
    #expect(Set(marked(shown)) == ["drum", "zulu"])
    // The word stands with text on both sides, and the cut leaves whole words.
    for snippet in shown {
      #expect(snippet.marks[0].start > 20 && snippet.marks[0].end < snippet.text.utf8.count - 20, "\(snippet)")
      #expect(snippet.moreBefore && snippet.moreAfter)
    }
  }

  @Test func aHundredThousandWords() async throws {
    var random = SeededRandom(seed: 11)
    let words = (0..<100_000).map { $0 == 77_777 ? "zulu" : random.pick(["border", "tango", "drum.", "of", "the"]) }
    let text = words.joined(separator: " ")
    let shown = try await check("tango zulu \"tango zulu\" OR drum NEAR/3 border", text, language: "en", SnippetOptions())
    #expect(marked(shown).contains("zulu") && shown.count == 3)
    #expect(shown.allSatisfy { $0.text.utf8.count <= 240 })
  }

  @Test func noBlankAnywhere() async throws {
    let address = "https://example.org/" + (0..<300).map { "part\($0)/" }.joined() + "zulu/" + String(repeating: "x", count: 900)
    let shown = try await check("zulu", address, language: "en", SnippetOptions(count: 2, length: 100))
    #expect(marked(shown) == ["zulu"] && shown.allSatisfy { $0.text.utf8.count <= 100 }, "\(shown)")
  }

  @Test func oneWordLongerThanAllThatWasAskedFor() async throws {
    let word = String(repeating: "zulu", count: 40)
    let shown = try await check(word, "It is \(word) that they say.", language: "en", SnippetOptions(count: 1, length: 20))
    #expect(shown.map(\.text) == [word] && marked(shown) == [word])
  }

  @Test func textWithoutAnyWord() async throws {
    let text = String(repeating: "👩‍👩‍👧‍👦🇦🇿", count: 100)
    let shown = try await check("*", text, language: "en", SnippetOptions(count: 1, length: 90))
    #expect(shown.count == 1 && shown[0].text.utf8.count <= 90 && shown[0].text.utf8.count > 40)
  }

  @Test(arguments: [
    // Chinese with and without full stops, Japanese, Thai, Arabic, Persian, Hebrew, Hindi, Korean, Armenian.
    ("边界", "zh", "会谈在首都举行。双方讨论了边界问题，没有达成协议。会谈将继续。", 3),
    ("边界", "zh", "会谈在首都举行双方讨论了边界问题没有达成协议会谈将继续下去直到有结果为止", 1),
    ("国境", "ja", "会談は首都で行われた。両国は国境の問題を話し合った。結果は出なかった。", 3),
    ("ชายแดน", "th", "การเจรจาจัดขึ้นในเมืองหลวงทั้งสองฝ่ายหารือเรื่องชายแดนแต่ไม่มีข้อตกลงใดเกิดขึ้นในวันนั้น", 1),
    ("الحدود", "ar", "عقدت المحادثات في العاصمة. ناقش الطرفان مسألة الحدود ولم يتوصلا إلى اتفاق. ستستمر المحادثات؟ نعم.", 3),
    ("مرز", "fa", "گفت‌وگوها در پایتخت برگزار شد. دو طرف دربارهٔ مرز گفت‌وگو کردند. گفت‌وگوها ادامه دارد.", 3),
    ("הגבול", "he", "השיחות נערכו בבירה. הצדדים דנו בשאלת הגבול ולא הגיעו להסכם. השיחות יימשכו.", 3),
    ("सीमा", "hi", "वार्ता राजधानी में हुई। दोनों पक्षों ने सीमा पर बात की। कोई समझौता नहीं हुआ।", 3),
    ("국경", "ko", "회담은 수도에서 열렸다. 양측은 국경 문제를 논의했다. 합의는 없었다.", 3),
    ("սահմանի", "hy", "Բանակցությունները տեղի ունեցան մայրաքաղաքում։ Կողմերը քննարկեցին սահմանի հարցը։ Համաձայնություն չկա։", 3),
  ])
  func writingOfManyKinds(_ query: String, _ language: String, _ text: String, _ sentences: Int) async throws {
    #expect(Sentences.split(Array(text.utf8)).count == sentences || sentences == 3, "the sample is as it is meant to be")
    let test = try await index([text], language: language)
    for length in [1, 9, 30, 60, 100, 1000] {
      for boundary in SnippetOptions.Boundary.allCases {
        let options = SnippetOptions(count: 2, length: length, boundary: boundary)
        let result = try await test.search(query) { $0.snippets = options }
        let shown = try check(try #require(result.hits.first?.passages.first), text, options, "\(language), \(options)")
        let found = marked(shown)
        #expect(!found.isEmpty && found.allSatisfy { query.contains($0) || $0.contains(query) }, "\(language), \(options): \(found)")
        for snippet in shown where snippet.text.utf8.count > length {
          #expect(Analyzer().analyze(snippet.text, language: Language(rawValue: language)).count == 1, "\(options): \(snippet.text)")
        }
      }
    }
  }

  @Test func charactersAreNeverCut() async throws {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let pieces = [
      "zulu", "drum", "a", " ", " ", " ", ". ", "\n", "👩‍👩‍👧‍👦", "👍🏽", "🇦🇿", "🇦", "e\u{301}\u{323}", "1\u{FE0F}\u{20E3}", "각",
      "\u{1100}\u{1161}\u{11A8}",
      "\u{1100}", "क्ष", "संस्कृति", "中", "国", "ไทย", "น้ำ", "Iran\u{200D}", "x\u{200B}", "\u{0600}12", "ــ", "می‌خواهم", "\r\n", "\u{A0}",
      "\u{3000}",
      "\u{2066}y\u{2069}", "\u{1B}[31m", "\u{0}", "$", "“", "”", "—", "-", "'",
    ]
    let seed = random.state
    let texts = (0..<150).map { _ in
      "zulu " + (0..<Int.random(in: 1...60, using: &random)).map { _ in random.pick(pieces) }.joined() + " drum"
    }
    let test = try await index(texts, language: "en")
    for _ in 0..<12 {
      let options = SnippetOptions(
        count: Int.random(in: 1...3, using: &random), length: Int.random(in: 1...80, using: &random),
        boundary: random.chance(50) ? .sentence : .word)
      let query = random.pick(["drum", "zulu", "*", "drum OR zulu"])
      let result = try await test.search(query) {
        $0.snippets = options
        $0.limit = 1000
        $0.facets = []
      }
      #expect(result.hits.count == texts.count)
      for hit in result.hits {
        let text = texts[try #require(hit.article.key.flatMap { Int($0) })]
        _ = try check(try #require(hit.passages.first), text, options, "seed \(seed), \(query), \(options)")
      }
    }
  }
}

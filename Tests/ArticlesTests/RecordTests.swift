import Testing

@testable import Articles

@Suite("Records of JSONL and CSV")
struct RecordTests {
  @Test("A record's fields are read by their usual names")
  func fields() throws {
    let line =
      #"{"_id": 7, "title": "A \u00e9 title", "body": "One line.\nAnother line.", "date": "2023-09-05", "url": "https://www.example.org/a", "source": "Example", "authors": ["Jane Roe", {"name": "John Doe"}], "lang": "en-US", "keywords": "a, b"}"#
    let article = try #require(try Extraction.articles(line, path: "a.jsonl").first)
    #expect(article.key == "7" && article.kind == "jsonl" && article.title == "A é title" && article.date?.isoString == "2023-09-05")
    #expect(
      article.text == Array("One line.\nAnother line.".utf8) && article.authors == ["Jane Roe", "John Doe"]
        && article.publisher == "Example")
    #expect(article.keywords == ["a", "b"] && article.url == "https://www.example.org/a")
    Extraction.checkOffsets(article)
  }

  @Test("A bad line is reported with its number and the rest goes on")
  func badLines() throws {
    let text =
      "{\"id\": \"1\", \"text\": \"one\"}\n\nnot json\n[1]\n{\"id\": \"2\"}\n{\"text\": \"two\"\n{\"id\": \"3\", \"text\": \"three\"}"
    let (articles, bad) = try Extraction.articles(Array(text.utf8), path: "a.jsonl")
    #expect(articles.map(\.key) == ["1", "3"])
    #expect(bad.map(\.line) == [3, 4, 5, 6])
  }

  @Test(
    "The text of a record stays whole and searchable",
    arguments: [
      "in the ratio .", "Share your thoughts", "Subscribe now", "tweet @a https://t.co/x #tag", "Keywords: one, two", "By John Smith",
      "5 September 2023", "Read more: nothing", "lorem ipsum dolor sit amet elit sed", "?",
      "A title\n\nBy Jane Roe\n\nThe text of the record has a short line at its end.\n\nThe end of it",
    ])
  func whole(_ text: String) throws {
    let escaped = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    let article = try #require(
      try Extraction.articles("{\"id\": \"1\", \"title\": \"t\", \"text\": \"\(escaped)\"}", path: "a.jsonl").first)
    #expect(String(decoding: article.text, as: UTF8.self) == text)
    #expect(Extraction.body(article).split(whereSeparator: \.isWhitespace) == text.split(whereSeparator: \.isWhitespace))
    Extraction.checkOffsets(article)
  }

  @Test("A record with only a title is found by it")
  func titleOnly() throws {
    let article = try #require(try Extraction.articles(#"{"_id": "1", "title": "Only a title", "text": ""}"#, path: "a.jsonl").first)
    #expect(article.passages.map(Extraction.text) == ["Only a title"])
  }

  @Test("Fields can be named by the configuration")
  func named() throws {
    var options = ExtractionOptions()
    options.fields = ["text": "story", "title": "head", "key": "no"]
    let article = try #require(
      try Extraction.articles(#"{"no": "9", "head": "H", "story": "S of the story."}"#, path: "a.jsonl", options: options).first)
    #expect(article.key == "9" && article.title == "H" && Extraction.body(article) == "S of the story.")
  }

  @Test("The order of day and month is learnt from the file")
  func order() throws {
    let text = "{\"text\": \"a\", \"date\": \"05/09/2023\"}\n{\"text\": \"b\", \"date\": \"09/25/2023\"}"
    #expect(try Extraction.articles(text, path: "a.jsonl").map { $0.date?.isoString } == ["2023-05-09", "2023-09-25"])
  }

  @Test("CSV follows RFC 4180", arguments: [",", ";", "\t", "|"])
  func csv(_ s: String) throws {
    let text =
      "id\(s)title\(s)text\r\n1\(s)\"One, \"\"quoted\"\"\"\(s)\"two\r\nlines\"\r\n2\(s)Two\(s)plain\n\n3\(s)Three\(s)x\(s)y\(s)z\r\n4\(s)Four\(s)\"open\n5\(s)Five\(s)last"
    let (articles, bad) = try Extraction.articles(Array(text.utf8), path: "a.csv")
    #expect(articles.map(\.key) == ["1", "2", "5"])
    #expect(articles.first?.title == "One, \"quoted\"" && articles.first?.text == Array("two\nlines".utf8))
    #expect(bad.map(\.line) == [6, 7])
  }

  @Test("A table without a known column says which it has")
  func noColumn() {
    #expect(throws: ExtractionError.self) { try Extraction.articles("a,b\n1,2", path: "a.csv") }
  }
}

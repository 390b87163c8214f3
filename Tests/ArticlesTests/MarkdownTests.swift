import Testing

@testable import Articles

@Suite("Markdown")
struct MarkdownTests {
  static let text = """
    ---
    title: "The road: a story"
    date: 2022-03-04
    authors:
      - Jane Roe
      - John Doe
    tags: [road, "bridge"]
    lang: en
    ---

    # The road: a story

    A paragraph with **strong** and _soft_ words, a [link](https://example.org/a_b) and `code_name`,
    snake_case stays, 2 * 3 stays.

    ## Second part

    > A quoted line
    > goes on.

    ```swift
    let a = "**kept**"

    let b = 1
    ```

    Underlined
    ----------

    - item one
    - item *two*

    [ref]: https://example.org/hidden
    """

  @Test("Front matter, headings, markup and code are told apart")
  func all() throws {
    let article = try Extraction.article(Self.text, path: "a.md")
    #expect(article.title == "The road: a story" && article.date?.isoString == "2022-03-04" && article.authors == ["Jane Roe", "John Doe"])
    #expect(article.keywords == ["road", "bridge"] && article.kind == "markdown")
    #expect(article.passages.map(\.heading) == [nil, "Second part", "Underlined"])
    let body = Extraction.body(article)
    #expect(body.contains("A paragraph with strong and soft words, a link and code_name,\nsnake_case stays, 2 * 3 stays."))
    #expect(body.contains("A quoted line\ngoes on."))
    #expect(body.contains("let a = \"**kept**\"\n\nlet b = 1"))
    #expect(body.contains("- item two"))
    #expect(!body.contains("hidden") && !body.contains("example.org"))
    Extraction.checkOffsets(article)
  }

  @Test("The first heading is the title without front matter")
  func heading() throws {
    let article = try Extraction.article("# *Big* news\n\nSome text of it.\n\n## Part\n\nMore text of it.\n", path: "a.md")
    #expect(article.title == "Big news")
    #expect(article.passages.map(\.heading) == [nil, "Part"])
  }
}

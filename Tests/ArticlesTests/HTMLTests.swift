import Testing

@testable import Articles

@Suite("HTML")
struct HTMLTests {
  static let prose = DocumentTests.prose
  static let page = """
    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The road opens | Example News</title>
    <meta property="og:site_name" content="Example News"><meta property="article:published_time" content="2023-09-05T08:00:00+04:00">
    <meta name="author" content="Jane Roe"><meta name="keywords" content="road, bridge"><link rel="canonical" href="https://example.org/road">
    <style>p { color: red }</style><script>var hidden = "script words";</script></head>
    <body class="has-sidebar"><header><a href="/">Home</a> Site slogan</header><nav><ul><li><a href="/w">World</a></li></ul></nav>
    <div class="cookie-banner"><p>We use cookies to make it better.</p></div>
    <main><article><h1>The road opens</h1><p class="byline">By Jane Roe</p><time datetime="2023-09-05">5 Sept</time>
    <p>\(prose) Caf&eacute; &amp; bar.</p><h2>Next</h2><p>\(prose) It is <b>bold</b> and <a href="/x">linked</a>.</p>
    <ul><li>One point of the list</li><li>Two</li></ul><p>\(prose) Done.</p>
    <figure><img src="a.png"><figcaption>Picture words</figcaption></figure>
    <div class="related-articles"><p><a href="/1">Other story one</a></p></div></article></main>
    <aside><p>Aside words</p></aside><section id="comments"><p>Comment words by somebody who has a very long opinion about all of this and says so.</p></section>
    <form><label>Search</label><input></form><footer>Footer words © 2023</footer></body></html>
    """

  @Test("Text, headings and metadata of a page come out and its clutter stays out")
  func page() throws {
    let article = try Extraction.article(Self.page, path: "a.html")
    #expect(article.title == "The road opens" && article.date?.isoString == "2023-09-05" && article.authors == ["Jane Roe"])
    #expect(article.publisher == "Example News" && article.url == "https://example.org/road" && article.keywords == ["road", "bridge"])
    let body = Extraction.body(article)
    #expect(body.contains("Café & bar.") && body.contains("It is bold and linked.") && body.contains("One point of the list"))
    #expect(article.passages.map(\.heading) == [nil, "Next", "Next"])
    for clutter in [
      "hidden", "color", "slogan", "World", "cookies", "Picture", "Other story", "Aside", "Comment words", "Search", "Footer",
    ] {
      #expect(!String(decoding: article.text, as: UTF8.self).contains(clutter), "\(clutter)")
    }
    let labels = Set(article.removed.map(\.label))
    #expect(labels.isSuperset(of: ["header", "navigation", "cookies", "caption", "related", "aside", "comments", "form", "footer"]))
    #expect(article.removed.allSatisfy { !$0.reason.isEmpty })
    Extraction.checkOffsets(article)
  }

  @Test("JSON-LD tells what the page does not")
  func jsonLD() throws {
    let data =
      #"{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "H", "datePublished": "2021-05-06T00:00:00Z", "author": [{"name": "A Bee"}], "publisher": {"name": "P"}, "inLanguage": "tr", "keywords": ["k"]}]}"#
    let article = try Extraction.article(
      "<html><body><script type=\"application/ld+json\">\(data)</script><p>\(Self.prose)</p></body></html>", path: "a.html")
    #expect(
      article.title == "H" && article.date?.isoString == "2021-05-06" && article.authors == ["A Bee"] && article.publisher == "P"
        && article.keywords == ["k"])
  }

  @Test(
    "A region that holds the article is kept whatever it is called",
    arguments: ["<aside>", "<div class=\"sidebar\">", "<form>", "<div id=\"social\">", "<footer>"])
  func revoked(_ open: String) throws {
    let article = try Extraction.article("<html><body>\(open)<p>\(Self.prose)</p><p>\(Self.prose) More.</p></body></html>", path: "a.html")
    #expect(article.passages.count == 2)
  }

  @Test(
    "Tag soup is repaired",
    arguments: [
      "<p>one two three<p>four", "<b><i>one two</b></i> three four", "one two <td>three</div></span> four",
      "<p>one two&nbsp;three four<!-- open", "one two three four<script>never closed",
    ])
  func soup(_ html: String) throws {
    let article = try Extraction.article(html, path: "a.html")
    let words = ((article.title ?? "") + " " + Extraction.body(article)).split(whereSeparator: \.isWhitespace)
    #expect(words.prefix(3) == ["one", "two", "three"] && words.contains("four"))
  }

  @Test("Elements nested a hundred thousand deep are read", arguments: ["div", "b", "blockquote", "ul><li", "table><tr><td"])
  func deep(_ name: String) throws {
    let html =
      "<html><body>" + String(repeating: "<\(name)>", count: 100_000) + "deep words here" + String(repeating: "</div>", count: 1000)
    let article = try Extraction.article(html, path: "a.html")
    #expect(Extraction.body(article).contains("deep words here"))
  }

  @Test("The declared code page counts where the bytes are no UTF-8")
  func charset() throws {
    let head = Array("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"></head><body><p>".utf8)
    let page = try #require(CodePage.named("windows-1251"))
    let bytes = head + (try DecodingTests.encode(DecodingTests.russian, page)) + Array("</p></body></html>".utf8)
    let article = try #require(try Extraction.articles(bytes, path: "a.html").articles.first)
    #expect(Extraction.body(article) == DecodingTests.russian)
  }
}

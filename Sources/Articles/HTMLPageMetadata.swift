// What a page says of itself: meta elements, JSON-LD, <time>, the canonical link, the language.

struct HTMLPageMetadata {
  var title: String?
  private var meta: [String: [String]] = [:]
  private var canonical: String?
  private var languageCode: String?
  private var time: String?
  private var itemDate: String?
  private var bylines: [String] = []
  private var linked: [JSON] = []

  /// Looks at an element; true when its text is wanted.
  mutating func element(_ name: String, _ attributes: [(name: String, value: String)]) -> Bool {
    func value(_ key: String) -> String? { attributes.first { $0.name == key }?.value }
    if let property = value("itemprop"), property == "datePublished", itemDate == nil { itemDate = value("datetime") ?? value("content") }
    switch name {
    case "html": languageCode = languageCode ?? value("lang") ?? value("xml:lang")
    case "meta":
      guard let key = (value("property") ?? value("name") ?? value("itemprop"))?.lowercased(), let content = value("content"),
        meta[key]?.count ?? 0 < 100
      else { return false }
      meta[key, default: []].append(content)
    case "link":
      if value("rel")?.lowercased() == "canonical", canonical == nil { canonical = value("href") }
    case "time":
      if time == nil { time = value("datetime") }
    case "script": return value("type")?.lowercased().hasPrefix("application/ld+json") ?? false
    default: break
    }
    return false
  }

  /// Whether the element holds the author's name.
  func isByline(_ attributes: [(name: String, value: String)]) -> Bool {
    guard bylines.isEmpty else { return false }
    return attributes.contains { name, value in
      switch name {
      case "rel", "itemprop": return value == "author"
      case "class":
        return value.utf8.count <= 200
          && (HTMLRegions.tokens(value).contains("byline") || HTMLRegions.tokens(value) == ["author"]
            || HTMLRegions.tokens(value) == ["author", "name"])
      default: return false
      }
    }
  }

  mutating func byline(_ text: String) {
    bylines.append(Names.collapsed(text))
  }

  mutating func captured(_ element: String, _ text: String) {
    if element == "title" {
      if title == nil { title = Names.collapsed(text) }
      return
    }
    var text = text
    let value = text.withUTF8 { bytes -> JSON? in
      let trimmed = PlainTextReader.trim(bytes, 0..<bytes.count)
      return try? JSON.parse(UnsafeBufferPointer(rebasing: bytes[trimmed]))
    }
    if let value, linked.count < 50 { linked.append(value) }
  }

  // MARK: Reading

  /// The metadata that the page carries; `heading` is its first <h1>.
  func metadata(heading: String?) -> Metadata {
    var out = Metadata()
    if let languageCode { out.setLanguage(languageCode, "html lang") }
    let dayFirst = !(out.monthFirst ?? false)
    if let article = linkedArticle() {
      if let headline = article["headline"]?.text { out.setTitle(headline, "json-ld") }
      if let date = (article["datePublished"] ?? article["dateCreated"])?.text {
        out.setDate(Record.day(date, dayFirst: dayFirst), "json-ld")
      }
      out.setAuthors((article["author"] ?? article["creator"])?.texts.flatMap(Names.authors) ?? [], "json-ld")
      if let publisher = article["publisher"]?.texts.first { out.setPublisher(publisher, "json-ld") }
      if let language = article["inLanguage"]?.texts.first { out.setLanguage(language, "json-ld") }
      out.addKeywords(article["keywords"]?.texts.flatMap(Names.keywords) ?? [], "json-ld")
      if let url = article["url"]?.text { out.setURL(url, "json-ld") }
    }
    func first(_ keys: String...) -> String? { keys.lazy.compactMap { meta[$0]?.first { !$0.isEmpty } }.first }
    let site = first("og:site_name", "application-name", "publisher", "dc.publisher", "citation_publisher")
    if let title = first("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "title") {
      out.setTitle(plainTitle(title, site: site, heading: heading), "meta")
    }
    if let heading { out.setTitle(heading, "h1") }
    if let title { out.setTitle(plainTitle(title, site: site, heading: heading), "title element") }
    let date = first(
      "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
      "dcterms.created", "dcterms.issued", "citation_publication_date", "citation_date", "pubdate",
      "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "article.published")
    if let date { out.setDate(Record.day(date, dayFirst: dayFirst), "meta") }
    if let itemDate { out.setDate(Record.day(itemDate, dayFirst: dayFirst), "microdata") }
    let authors =
      ["author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl"].lazy.compactMap { meta[$0] }
      .first { !$0.isEmpty } ?? []
    out.setAuthors(authors.filter { !$0.hasPrefix("http") }.flatMap(Names.authors), "meta")
    for text in bylines {
      let people = Names.authors(ofField: text).filter(Names.isPerson)
      out.setAuthors(people, "byline")
    }
    if let site { out.setPublisher(site, "meta") }
    out.addKeywords(
      (meta["article:tag"] ?? []) + (first("news_keywords", "keywords", "dc.subject", "parsely-tags").map(Names.keywords) ?? []), "meta")
    if let canonical { out.setURL(canonical, "canonical") }
    if let url = first("og:url") { out.setURL(url, "meta") }
    if let language = first("og:locale", "language", "content-language", "dc.language") { out.setLanguage(language, "meta") }
    if let time { out.setDate(Record.day(time, dayFirst: dayFirst), "time element") }
    return out
  }

  /// A title without the name of the site after or before it.
  private func plainTitle(_ title: String, site: String?, heading: String?) -> String {
    let title = Names.collapsed(title)
    if let heading, heading.count >= 8, title != heading, title.hasPrefix(heading) || title.hasSuffix(heading) { return heading }
    guard let site else { return title }
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " • "] {
      if title.hasSuffix(separator + site) { return String(title.dropLast(separator.count + site.count)) }
      if title.hasPrefix(site + separator) { return String(title.dropFirst(separator.count + site.count)) }
    }
    return title
  }

  /// The object of the page's data that describes an article.
  private func linkedArticle() -> JSON? {
    var queue = linked
    var fallback: JSON?
    var seen = 0
    while !queue.isEmpty, seen < 2000 {
      let value = queue.removeFirst()
      seen += 1
      switch value {
      case .array(let values): queue += values
      case .object(let members):
        let types = value["@type"]?.texts ?? []
        if types.contains(where: { $0.hasSuffix("Article") || $0.hasSuffix("Posting") || $0 == "Report" }) { return value }
        if fallback == nil, value["datePublished"] != nil { fallback = value }
        for (key, member) in members where key == "@graph" || key == "mainEntity" || key == "mainEntityOfPage" { queue.append(member) }
      default: break
      }
    }
    return fallback
  }
}

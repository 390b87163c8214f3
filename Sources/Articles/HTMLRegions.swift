// Which parts of a page are not its article, by element, role, class and id.

/// A part of a page that is left out, with why.
struct HTMLRegion {
  var label: String
  var reason: String
  var parent: Int
  /// Letters of running text inside, nested regions included.
  var prose = 0
  /// Only what is no running text is left out.
  var keepsProse = false
  var excerpt: [UInt8] = []
}

enum HTMLRegions {
  static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul", "caption", "legend",
  ]

  /// Elements without text that a reader sees.
  static let silent: Set<String> = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video", "map", "select",
    "option", "button", "textarea", "datalist", "head", "title",
  ]

  /// Why an element and all in it is no part of the article; nil when it may be one.
  static func region(_ name: String, _ attributes: [(name: String, value: String)], inArticle: Bool) -> (
    label: String, reason: String, keepsProse: Bool
  )? {
    switch name {
    case "nav": return ("navigation", "inside <nav>", false)
    case "header" where !inArticle: return ("header", "inside the page's <header>", false)
    case "footer": return ("footer", "inside <footer>", false)
    case "aside": return ("aside", "inside <aside>", false)
    case "dialog": return ("dialog", "inside <dialog>", false)
    case "figcaption": return ("caption", "the caption of a picture", false)
    case "form": return ("form", "a part of a form", true)
    case "html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6": return nil
    default: break
    }
    for (attribute, value) in attributes {
      switch attribute {
      case "hidden": return ("hidden", "not shown on the page", false)
      case "aria-hidden" where value == "true": return ("hidden", "not shown on the page", false)
      case "style":
        let style = value.lowercased().filter { $0 != " " }
        if style.utf8.count < 2000, Names.find("display:none", in: style[...]) != nil { return ("hidden", "not shown on the page", false) }
      case "role":
        if let reason = roles[value.lowercased()] { return (reason, "has the role \(value)", false) }
      case "class", "id":
        guard blocks.contains(name), value.utf8.count <= 500, let label = label(ofClass: value) else { continue }
        return (label, "\(attribute) \"\(value.prefix(60))\" of <\(name)>", false)
      default: break
      }
    }
    return nil
  }

  private static let roles = [
    "navigation": "navigation", "banner": "header", "contentinfo": "footer", "complementary": "aside", "search": "form", "dialog": "dialog",
    "alertdialog": "dialog", "menu": "navigation", "menubar": "navigation",
  ]

  private static func label(ofClass value: String) -> String? {
    let words = tokens(value)
    for word in words {
      if let label = classes[word] { return label }
    }
    for (first, second) in zip(words, words.dropFirst()) {
      if let label = pairs[first + " " + second] { return label }
    }
    return nil
  }

  /// The words of class names: parted at all but letters, and where a capital follows a small letter.
  static func tokens(_ value: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previousIsLower = false
    for scalar in value.unicodeScalars {
      guard scalar.isASCII, scalar.properties.isAlphabetic else {
        if !word.isEmpty { words.append(word) }
        word = ""
        previousIsLower = false
        continue
      }
      if previousIsLower, scalar.properties.isUppercase {
        words.append(word)
        word = ""
      }
      previousIsLower = scalar.properties.isLowercase
      word += String(scalar).lowercased()
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static let classes: [String: String] = [
    "comments": "comments", "comment": "comments", "disqus": "comments", "respond": "comments", "commentlist": "comments",
    "cookie": "cookies", "cookies": "cookies", "consent": "cookies", "gdpr": "cookies", "cc": "cookies",
    "related": "related", "recommended": "related", "recommendations": "related", "trending": "related", "outbrain": "related",
    "taboola": "related", "share": "social", "sharing": "social", "social": "social",
    "sharedaddy": "social", "addthis": "social", "newsletter": "newsletter", "subscribe": "newsletter", "subscription": "newsletter",
    "signup": "newsletter", "breadcrumb": "navigation", "breadcrumbs": "navigation",
    "menu": "navigation", "navbar": "navigation", "navigation": "navigation", "nav": "navigation", "pagination": "navigation",
    "pager": "navigation", "sidebar": "aside", "footer": "footer", "ad": "advertisement", "ads": "advertisement",
    "advert": "advertisement", "advertisement": "advertisement", "advertising": "advertisement", "adsbygoogle": "advertisement",
    "sponsored": "advertisement", "promo": "advertisement", "banner": "advertisement",
    "popup": "dialog", "modal": "dialog", "caption": "caption", "toolbar": "navigation", "skip": "navigation", "toc": "navigation",
    "copyright": "credit", "widget": "aside",
  ]

  private static let pairs: [String: String] = [
    "more stories": "related", "more news": "related", "read more": "related", "read also": "related", "also like": "related",
    "most read": "related", "most popular": "related", "see also": "related", "author bio": "author-box",
    "author box": "author-box", "about author": "author-box", "sign up": "newsletter", "image credit": "credit", "photo credit": "credit",
    "screen reader": "hidden", "visually hidden": "hidden", "sr only": "hidden",
    "post tags": "tags", "tag list": "tags", "article tags": "tags", "print only": "hidden", "back top": "navigation",
    "next post": "navigation", "previous post": "navigation", "post navigation": "navigation",
  ]
}

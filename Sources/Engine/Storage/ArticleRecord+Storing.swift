// How the head of an article is stored: what it lacks takes one bit.

extension ArticleRecord {
  /// - Parameter strings: what the parts of the article have in common.
  func encode(into out: inout ByteWriter, _ strings: inout ArticleStringsWriter) {
    out.string(id)
    out.string(language)
    var parts: Parts = []
    for (part, text) in texts where text != nil { parts.insert(part) }
    for (part, list) in lists where !list.isEmpty { parts.insert(part) }
    out.number(parts.rawValue)
    out.string(kind)
    out.string(path)
    out.string(origin)
    for case (_, let text?) in texts { out.string(text) }
    for (_, list) in lists where !list.isEmpty { out.strings(list) }
    out.number(passages)
    out.number(actors.count)
    for actor in actors {
      out.number(strings.number(of: actor.id))
      out.number(actor.mentions << 1 | (actor.salient ? 1 : 0))
    }
    out.number(topics.count)
    for topic in topics {
      out.number(strings.number(of: topic.id))
      out.smallFloat(topic.score)
    }
  }

  init?(_ input: inout ByteCursor, _ strings: ArticleStrings) {
    var strings = strings
    id = input.string()
    language = input.string()
    let parts = Parts(rawValue: input.number())
    kind = input.string()
    path = input.string()
    origin = input.string()
    func text(_ part: Parts, _ input: inout ByteCursor) -> String? { parts.contains(part) ? input.string() : nil }
    func list(_ part: Parts, _ input: inout ByteCursor) -> [String] { parts.contains(part) ? input.strings() : [] }
    key = text(.key, &input)
    originLabel = text(.originLabel, &input)
    title = text(.title, &input)
    date = text(.date, &input)
    publisher = text(.publisher, &input)
    publisherShort = text(.publisherShort, &input)
    url = text(.url, &input)
    authors = list(.authors, &input)
    keywords = list(.keywords, &input)
    quality = list(.quality, &input)
    passages = input.number()
    actors = input.list {
      let id = $0.string(of: &strings)
      let mentions = $0.number()
      return Actor(id: id, mentions: mentions >> 1, salient: mentions & 1 != 0)
    }
    topics = input.list { Topic(id: $0.string(of: &strings), score: $0.smallFloat()) }
    if input.failed { return nil }
  }

  /// The id alone.
  static func id(_ input: inout ByteCursor) -> String { input.string() }

  /// The language alone.
  static func language(_ input: inout ByteCursor) -> String {
    input.skipData()
    return input.string()
  }

  /// Which of the parts that an article may lack it has.
  private struct Parts: OptionSet {
    let rawValue: Int

    static let key = Parts(rawValue: 1)
    static let originLabel = Parts(rawValue: 2)
    static let title = Parts(rawValue: 4)
    static let date = Parts(rawValue: 8)
    static let publisher = Parts(rawValue: 16)
    static let publisherShort = Parts(rawValue: 32)
    static let url = Parts(rawValue: 64)
    static let authors = Parts(rawValue: 128)
    static let keywords = Parts(rawValue: 256)
    static let quality = Parts(rawValue: 512)
  }

  /// Those of the parts that are texts, and those that are lists of them, in the order in which they are stored.
  private var texts: [(part: Parts, text: String?)] {
    [
      (.key, key), (.originLabel, originLabel), (.title, title), (.date, date), (.publisher, publisher),
      (.publisherShort, publisherShort), (.url, url),
    ]
  }
  private var lists: [(part: Parts, list: [String])] { [(.authors, authors), (.keywords, keywords), (.quality, quality)] }
}

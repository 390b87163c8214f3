// The titles of the index in memory: folded, findable by each of their words, each with the articles that it heads.

struct TitleList: Sendable {
  /// The titles, each once, ascending.
  let starts: StartList
  /// By title: where its articles begin in `ids`, one of which takes `idLength` bytes; one more at the end.
  private let articleStarts: [UInt32]
  private let ids: [UInt8]

  private static let idLength = 13

  var memory: Int { starts.memory + 4 * articleStarts.capacity + ids.capacity }

  init(_ titles: [(key: [UInt8], article: [UInt8])]) {
    let kept = titles.filter { $0.article.count == Self.idLength && !$0.key.isEmpty }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var articleStarts: [UInt32] = []
    var ids: [UInt8] = []
    ids.reserveCapacity(Self.idLength * kept.count)
    for (index, title) in kept.enumerated() {
      if index == 0 || title.key != kept[index - 1].key { articleStarts.append(UInt32(truncatingIfNeeded: index)) }
      ids.append(contentsOf: title.article)
    }
    starts = StartList(articleStarts.lazy.map { kept[Int($0)].key })
    articleStarts.append(UInt32(truncatingIfNeeded: kept.count))
    self.articleStarts = articleStarts
    self.ids = ids
  }

  init() { self.init([]) }

  func articleCount(_ title: Int) -> Int { Int(articleStarts[title + 1] - articleStarts[title]) }

  /// The ids of the articles that a title heads.
  func articles(_ title: Int) -> some Sequence<String> {
    (Int(articleStarts[title])..<Int(articleStarts[title + 1])).lazy.map { article in
      String(decoding: ids[(article * Self.idLength)..<((article + 1) * Self.idLength)], as: UTF8.self)
    }
  }
}

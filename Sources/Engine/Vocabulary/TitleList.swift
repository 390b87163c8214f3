// The titles of the index in memory: folded, findable by each of their words, each with the article that it heads.

struct TitleList: Sendable {
  let starts: StartList
  /// By title: the id of its article, `idLength` bytes each.
  private let ids: [UInt8]

  private static let idLength = 13

  var memory: Int { starts.memory + ids.capacity }

  init(_ titles: [(key: [UInt8], article: [UInt8])]) {
    let kept = titles.filter { $0.article.count == Self.idLength && !$0.key.isEmpty }
    starts = StartList(kept.lazy.map(\.key))
    ids = kept.flatMap(\.article)
  }

  init() { self.init([]) }

  func article(_ title: Int) -> String {
    String(decoding: ids[(title * Self.idLength)..<((title + 1) * Self.idLength)], as: UTF8.self)
  }
}

// Keeping the article store: what an article has there, and the space of what it had.

extension IndexWriter {
  /// Bytes that are moved with one commit.
  private static let mostMoved = 2 << 20

  /// Writes an article to the store, and where it is to the database.
  func store(
    _ data: [UInt8], _ contentHash: UInt64, id: String, title: String?, ordinal: UInt32, passages: Int, insteadOf old: ArticleEntry?
  ) throws {
    let place = try articles.append(data)
    let entry = ArticleEntry(
      ordinal: ordinal, passages: passages, contentHash: contentHash, place: place, byteCount: data.count + ArticleSegment.headSize,
      title: title)
    tables.setMetadata(ArticleEntry.key(id), entry.encoded())
    contents.columns[place: ordinal] = place
    if let old { articles.give(up: old) }
  }

  /// Takes an article out of the store.
  func unstore(_ id: String, _ entry: ArticleEntry) throws {
    tables.setMetadata(ArticleEntry.key(id), [])
    contents.columns[place: entry.ordinal] = nil
    contents.giveBack(entry.ordinal)
    articles.give(up: entry)
  }

  /// Writes anew some of what is left of a segment of which most is nobody's. When nothing is left, it is given up.
  func moveArticles() throws {
    guard let segment = articles.wasteful else { return }
    var left: [ArticlePlace] = []
    contents.columns.forEachPlace { _, place in if place.segment == segment { left.append(place) } }
    var moved = 0
    for place in left where moved < Self.mostMoved {
      guard let (id, data) = disk.articles.segments.read(place, { ($0.id, $0.all) }), let entry = try entry(id), entry.place == place
      else { continue }
      try store(data, entry.contentHash, id: id, title: entry.title, ordinal: entry.ordinal, passages: entry.passages, insteadOf: entry)
      moved += data.count
    }
  }
}

// Columns as they are read when an index is opened: a million passages one after the other, and every look at memory counts.

/// Fills columns with the values of an index, document by document.
struct ColumnsReader {
  private var columns = Columns()
  /// What the last article has that was not known yet.
  private var ofArticle = ArticleColumns(kind: 0, authors: [], keywords: [], quality: [])
  /// What is salient in the article of the last passage: mostly that of the next one, too.
  private var salient = (article: Columns.absent, actors: [UInt32](), places: [UInt32]())
  /// Lists that wait to be numbered.
  private var actors = ListBatch()
  private var places = ListBatch()
  private var topics = ListBatch()
  /// Passages of the last language that are not counted yet.
  private var run = (language: UInt32(0), passages: 0)

  /// - Parameters:
  ///   - document: none twice.
  ///   - encoded: as `PassageColumns.encoded` made it; what cannot be read is left out.
  mutating func add(_ document: UInt32, _ encoded: UnsafeBufferPointer<UInt8>) {
    var input = ByteCursor(encoded)
    let article = input.number()
    let number = UInt32(truncatingIfNeeded: input.number())
    let language = UInt32(truncatingIfNeeded: input.number())
    guard !input.failed, article >= 0, article < Int(Columns.absent) else { return }
    actors.read(&input)
    places.read(&input)
    topics.read(&input)
    // Every passage says what its article has; the first of them is enough.
    if !columns.has(article: article) {
      ofArticle.read(&input)
      if input.failed { return }
      columns.add(article: article, ofArticle)
    }
    if salient.article != article {
      salient.article = UInt32(article)
      columns.salientValues(ofArticle: salient.article, .actor, into: &salient.actors)
      columns.salientValues(ofArticle: salient.article, .place, into: &salient.places)
    }
    columns.add(document, article: salient.article, number: number, language: language)
    if language != run.language {
      columns.count(run.passages, language: run.language)
      run = (language, 0)
    }
    run.passages += 1
    if actors.take(document, salient: salient.actors) { Self.empty(&actors, .actor, &columns) }
    if places.take(document, salient: salient.places) { Self.empty(&places, .place, &columns) }
    if topics.take(document, salient: []) { Self.empty(&topics, .topic, &columns) }
  }

  private static func empty(_ batch: inout ListBatch, _ field: FacetColumn, _ columns: inout Columns) {
    columns.setPassages(batch, field)
    batch.removeAll()
  }

  /// The columns of all documents that were added.
  mutating func finish() -> Columns {
    columns.count(run.passages, language: run.language)
    run.passages = 0
    Self.empty(&actors, .actor, &columns)
    Self.empty(&places, .place, &columns)
    Self.empty(&topics, .topic, &columns)
    return columns
  }
}

/// Some lists of values, one behind the other, and the rows that they are of.
struct ListBatch {
  private(set) var rows: [UInt32] = []
  private(set) var values: [UInt32] = []
  /// By row: where its list ends in `values`.
  private(set) var ends: [UInt32] = []
  /// Where the lists of rows end in `values`: behind it may stand one that was read and not taken.
  private var end = 0

  private static let most = 512

  /// Reads a list, in the place of one that was not taken.
  @inline(__always)
  mutating func read(_ input: inout ByteCursor) {
    if values.count > end { values.removeLast(values.count - end) }
    for _ in 0..<max(0, input.number()) {
      if input.failed { break }
      values.append(UInt32(truncatingIfNeeded: input.number()))
    }
  }

  /// Takes the list that was read, unless there is nothing in it.
  /// - Parameter salient: values that are marked.
  /// - Returns: whether there are enough now.
  @inline(__always)
  mutating func take(_ row: UInt32, salient: [UInt32]) -> Bool {
    if values.count == end { return false }
    if !salient.isEmpty {
      for index in end..<values.count where salient.contains(values[index]) { values[index] |= Columns.salient }
    }
    end = values.count
    rows.append(row)
    ends.append(UInt32(truncatingIfNeeded: end))
    return rows.count >= Self.most
  }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    end = 0
  }

  /// Calls with the index of each row and its list.
  @inline(__always)
  func forEach(_ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
    values.withUnsafeBufferPointer { values in
      var start = 0
      for index in ends.indices {
        let end = Int(ends[index])
        body(index, UnsafeBufferPointer(rebasing: values[start..<end]))
        start = end
      }
    }
  }
}

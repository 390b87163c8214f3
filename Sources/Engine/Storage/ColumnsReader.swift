// Columns as they are read when an index is opened: a million passages one after the other, and every look at memory counts.

/// Fills columns with the values of an index, document by document.
struct ColumnsReader {
  private var columns = Columns()
  /// What the last passage has.
  private var own = (actors: [UInt32](), places: [UInt32](), topics: [UInt32]())
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
    input.numbers(into: &own.actors)
    input.numbers(into: &own.places)
    input.numbers(into: &own.topics)
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
    Self.mark(&own.actors, salient: salient.actors)
    if actors.add(document, own.actors) { Self.empty(&actors, .actor, &columns) }
    Self.mark(&own.places, salient: salient.places)
    if places.add(document, own.places) { Self.empty(&places, .place, &columns) }
    if topics.add(document, own.topics) { Self.empty(&topics, .topic, &columns) }
  }

  @inline(__always)
  private static func mark(_ values: inout [UInt32], salient: [UInt32]) {
    if salient.isEmpty { return }
    for index in values.indices where salient.contains(values[index]) { values[index] |= Columns.salient }
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

  private static let most = 512

  /// Adds a list, unless there is nothing in it.
  /// - Returns: whether there are enough now.
  @inline(__always)
  mutating func add(_ row: UInt32, _ list: [UInt32]) -> Bool {
    if list.isEmpty { return false }
    rows.append(row)
    values.append(contentsOf: list)
    ends.append(UInt32(truncatingIfNeeded: values.count))
    return rows.count >= Self.most
  }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
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

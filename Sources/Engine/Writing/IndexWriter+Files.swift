// The files of the index: what comes of each while it is read, and which articles are its own: lists in the metadata of the database, so that
// what a file no longer holds is known.

extension IndexWriter {
  func files() -> [FileState] { Array(contents.files.values) }

  /// Begins to replace the articles of a file; those of its last state stay until `endFile`. What was begun before and not ended counts
  /// as its last state, too.
  func beginFile(path: String, source: String) throws {
    let unfinished = open[Array(path.utf8)].map { $0.left.union($0.articles) } ?? []
    open[Array(path.utf8)] = OpenFile(
      path: path, source: source, left: unfinished.union(try articleIDs(ofFile: path)),
      chunks: try articleChunks(ofFile: path))
  }

  func add(_ articles: [PreparedArticle], toFile path: String) throws {
    guard var file = open.removeValue(forKey: Array(path.utf8)) else {
      throw EngineError(.failed, "articles of \(path) came without a beginning")
    }
    for article in articles {
      if isBuilding, try entry(article.id) != nil {
        open[Array(path.utf8)] = file
        try settle()
        if let listed = open.removeValue(forKey: Array(path.utf8)) { file = listed }
      }
      try guarded { writer in try writer.put(article) }
      file.left.remove(article.id)
      file.articles.append(article.id)
    }
    open[Array(path.utf8)] = file
  }

  /// - Parameter indexedAt: seconds since 1970.
  func endFile(path: String, fingerprint: FileFingerprint, failure: String?, indexedAt: Int64) throws {
    if open[Array(path.utf8)]?.left.isEmpty == false { try settle() }
    guard let file = open.removeValue(forKey: Array(path.utf8)) else { return }
    try guarded { writer in
      for id in file.left.sorted() { try writer.removeArticle(id) }
      try writer.writeFile(
        FileState(
          path: path, source: file.source, fingerprint: fingerprint, articles: file.articles.count, failure: failure,
          indexedAt: indexedAt), articles: file.articles)
    }
  }

  /// Articles that go when a file does, or, where one is being written, when it ends here. In the order in which they were written: to
  /// remove what lies side by side is several times as fast.
  func goingArticles(ofFile path: String, isRemoved: Bool) throws -> [String] {
    let unfinished = open[Array(path.utf8)]
    guard isRemoved ? contents[file: path] != nil || unfinished != nil : unfinished?.left.isEmpty == false else { return [] }
    let known = try articleIDs(ofFile: path)
    if !isRemoved { return known.filter { unfinished?.left.contains($0) == true } }
    return known + (unfinished.map { $0.articles + $0.left.subtracting(known) } ?? [])
  }

  func remove(_ articles: [String]) throws {
    try settle()
    try guarded { writer in for id in articles { try writer.removeArticle(id) } }
  }

  /// - Parameter articles: those of the file that are still there.
  func removeFile(path: String, articles ids: [String]) throws {
    if !ids.isEmpty { try settle() }
    guard open.removeValue(forKey: Array(path.utf8)) != nil || contents[file: path] != nil else { return }
    try guarded { writer in
      for id in ids { try writer.removeArticle(id) }
      try writer.eraseFile(path)
    }
  }

  /// Notes that an unchanged file has another time stamp, so that it is not read again at the next start.
  func touchFile(path: String, fingerprint: FileFingerprint) throws {
    guard var state = contents[file: path] else { return }
    state.fingerprint = fingerprint
    let chunks = try articleChunks(ofFile: path)
    try guarded { writer in
      writer.tables.setMetadata(FileState.key(path), state.encoded(articleChunks: chunks))
      writer.contents[file: path] = state
    }
  }

  // MARK: Lists of articles

  func writeFile(_ state: FileState, articles: [String]) throws {
    let before = try articleChunks(ofFile: state.path)
    let chunks = (articles.count + Self.chunk - 1) / Self.chunk
    for chunk in 0..<chunks {
      list(articles[(chunk * Self.chunk)..<min(articles.count, (chunk + 1) * Self.chunk)], state.path, chunk: chunk)
    }
    for chunk in chunks..<max(chunks, before) { tables.setMetadata(FileState.articlesKey(state.path, chunk: chunk), []) }
    tables.setMetadata(FileState.key(state.path), state.encoded(articleChunks: chunks))
    contents[file: state.path] = state
  }

  private func list(_ articles: ArraySlice<String>, _ path: String, chunk: Int) {
    var out = ByteWriter()
    out.strings(Array(articles))
    tables.setMetadata(FileState.articlesKey(path, chunk: chunk), out.bytes)
  }

  /// How many lists of its articles a file has.
  private func articleChunks(ofFile path: String) throws -> Int {
    FileState.decoded(try tables.metadata(FileState.key(path)))?.articleChunks ?? 0
  }

  /// A commit in the middle of a file of many records lists what the file has so far, under a fingerprint that nothing has: after a
  /// crash the file is read again, and what it no longer holds is known and removed.
  func listUnfinishedFiles() throws {
    for (key, file) in open where file.listed < file.articles.count {
      list(file.articles[file.listed...], file.path, chunk: file.chunks)
      open[key]?.listed = file.articles.count
      open[key]?.chunks += 1
      let state = FileState(
        path: file.path, source: file.source, fingerprint: .unfinished, articles: file.articles.count,
        failure: contents[file: file.path]?.failure, indexedAt: 0)
      tables.setMetadata(FileState.key(file.path), state.encoded(articleChunks: file.chunks + 1))
      contents[file: file.path] = state
    }
  }

  func eraseFile(_ path: String) throws {
    let chunks = try articleChunks(ofFile: path)
    for chunk in 0..<chunks { tables.setMetadata(FileState.articlesKey(path, chunk: chunk), []) }
    tables.setMetadata(FileState.key(path), [])
    contents[file: path] = nil
  }

  func articleIDs(ofFile path: String) throws -> [String] {
    var ids: [String] = []
    for chunk in 0..<(try articleChunks(ofFile: path)) {
      var input = ByteReader(try tables.metadata(FileState.articlesKey(path, chunk: chunk)))
      ids += input.strings()
    }
    return ids
  }
}

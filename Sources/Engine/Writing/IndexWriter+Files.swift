// Which articles are a file's: lists in the metadata of the database, so that what a file no longer holds is known.

extension IndexWriter {
  func writeFile(_ state: FileState, articles: [String]) throws {
    let before = FileState.decoded(try tables.metadata(FileState.key(state.path)))?.articleChunks ?? 0
    let chunks = (articles.count + Self.chunk - 1) / Self.chunk
    for chunk in 0..<chunks {
      var out = ByteWriter()
      out.strings(Array(articles[(chunk * Self.chunk)..<min(articles.count, (chunk + 1) * Self.chunk)]))
      try tables.setMetadata(FileState.articlesKey(state.path, chunk: chunk), out.bytes)
    }
    for chunk in chunks..<max(chunks, before) { try tables.setMetadata(FileState.articlesKey(state.path, chunk: chunk), []) }
    try tables.setMetadata(FileState.key(state.path), state.encoded(articleChunks: chunks))
    contents[file: state.path] = state
  }

  /// A commit in the middle of a file of many records lists what the file has so far, under a fingerprint that nothing has: after a
  /// crash the file is read again, and what it no longer holds is known and removed.
  func listUnfinishedFiles() throws {
    for (key, file) in open where file.listed < file.articles.count {
      var out = ByteWriter()
      out.strings(Array(file.articles[file.listed...]))
      try tables.setMetadata(FileState.articlesKey(file.path, chunk: file.chunks), out.bytes)
      open[key]?.listed = file.articles.count
      open[key]?.chunks += 1
      let state = FileState(
        path: file.path, source: file.source, fingerprint: .unfinished, articles: file.articles.count,
        failure: contents[file: file.path]?.failure, indexedAt: 0)
      try tables.setMetadata(FileState.key(file.path), state.encoded(articleChunks: file.chunks + 1))
      contents[file: file.path] = state
    }
  }

  func eraseFile(_ path: String) throws {
    let chunks = FileState.decoded(try tables.metadata(FileState.key(path)))?.articleChunks ?? 0
    for chunk in 0..<chunks { try tables.setMetadata(FileState.articlesKey(path, chunk: chunk), []) }
    try tables.setMetadata(FileState.key(path), [])
    contents[file: path] = nil
  }

  func articleIDs(ofFile path: String) throws -> [String] {
    guard let (_, chunks) = FileState.decoded(try tables.metadata(FileState.key(path))) else { return [] }
    var ids: [String] = []
    for chunk in 0..<chunks {
      var input = ByteReader(try tables.metadata(FileState.articlesKey(path, chunk: chunk)))
      ids += input.strings()
    }
    return ids
  }
}

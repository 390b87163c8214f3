// Tagging again what waits. Several tasks tag, each a few articles at a time, while the writer takes in what others have made, and now and
// then commits, which shows what is tagged: soon after the first articles, then less and less often. What is shown is written to the
// database when nothing waits any more.
import Glibc

extension Index {
  /// Whether articles wait to be tagged again, or tags that searches see to be written.
  package var isRetagging: Bool { !retags.isAtRest }

  /// Articles that a task tags at a time: behind so many, for each task, a search's or a save's turn at the writer may come.
  private static let batch = 16
  /// Passages whose tags are seen and not written, above which some are written before more are tagged: they are in memory.
  private static let mostUnwritten = 120_000

  /// Tasks that tag at the same time unless told otherwise: one for each processor.
  package static let taggers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Tags the articles that wait, until none does and all is written. To be called by one task at a time.
  package func retagWaiting(taggers: Int = taggers) async throws {
    var retaggers: [Retagger] = []
    do {
      retags.begin(losses: await writer.losses)
      repeat { retaggers = try await showRetagged(taggers, reusing: retaggers) } while try await !writeRetagged()
    } catch {
      retags.giveBack()
      throw error
    }
  }

  /// Tags what waits, until nothing does, so that searches see it.
  /// - Returns: the retaggers, which are worth keeping: they remember the forms of words.
  func showRetagged(_ taggers: Int, reusing idle: [Retagger] = []) async throws -> [Retagger] {
    var retaggers = idle
    while !retags.isDrained {
      retaggers = try await tagWaiting(taggers, reusing: retaggers)
      try Task.checkCancellation()
      while retags.takeCommit(ifDue: false) { try await commitMade() }
    }
    return retaggers
  }

  private func tagWaiting(_ taggers: Int, reusing idle: [Retagger]) async throws -> [Retagger] {
    // A few articles are not worth another task.
    let count = max(1, min(taggers, (retags.waiting + Self.batch - 1) / Self.batch))
    return try await withThrowingTaskGroup(of: Retagger.self) { group in
      for number in 0..<count {
        let known = number < idle.count ? idle[number] : nil
        group.addTask {
          var retagger = known ?? Retagger(self.makePreparer())
          while !Task.isCancelled {
            let taken = self.retags.take(Self.batch)
            if taken.isEmpty { break }
            retagger = try await self.retag(taken, retagger)
            self.retags.noteMade(taken)
            // The others go on meanwhile.
            if self.retags.takeCommit(ifDue: true) { try await self.commitMade() }
          }
          return retagger
        }
      }
      var retaggers = Array(idle.dropFirst(count))
      for try await retagger in group { retaggers.append(retagger) }
      return retaggers
    }
  }

  /// Commits what was made, so that searches see it.
  private func commitMade() async throws {
    try await commit()
    retags.noteCommit(losses: await writer.losses)
    while await writer.unwrittenPassages > Self.mostUnwritten, try await writer.writeTags(ofNext: Self.batch) {
      if await writer.isFull { try await commit() }
    }
  }

  /// Writes what searches see, until all is written or something waits to be tagged.
  /// - Returns: whether nothing is left to do.
  func writeRetagged() async throws -> Bool {
    if retags.isAtRest, try await writer.isTagged(by: retags.lastTarget) { return true }
    while try await writer.writeTags(ofNext: Self.batch) {
      try Task.checkCancellation()
      if !retags.isDrained { return false }
      if await writer.isFull { try await commit() }
    }
    // The note is written even where nothing had to be: a registry may be another, and its changes touch nothing.
    if let target = retags.lastTarget, retags.noteCommit(losses: await writer.losses) { try await writer.note(taggedBy: target) }
    try await commit()
    if retags.noteCommit(losses: await writer.losses) { retags.noteWritten() }
    return retags.isDrained
  }

  /// Tags articles by the registry in force, whatever else is taken up meanwhile.
  /// - Parameter isCommitted: whether they are as searches see them. Those that are not are asked of the writer.
  /// - Returns: the retagger, or another where the registry became another.
  @discardableResult
  func retag(_ touched: [TouchedArticle], _ retagger: Retagger, isCommitted: Bool = true) async throws -> Retagger {
    var retagger = retagger
    var touched = touched
    var isCommitted = isCommitted
    while true {
      if retagger.fingerprint != registry.fingerprint { retagger = Retagger(makePreparer()) }
      let changes = retags.changes
      let snapshot = writer.snapshots.snapshot
      let places = isCommitted ? writer.places(of: touched, in: snapshot) : await writer.places(of: touched)
      let (found, lost) = places.read()
      let articles = found.compactMap { retagger.retag($0, changes, in: isCommitted ? snapshot : nil) }
      // Of those that nobody can read there is nothing to say.
      touched = isCommitted ? lost : []
      isCommitted = false
      if articles.isEmpty, touched.isEmpty { return retagger }
      guard let left = try await writer.rewriteTags(of: articles, by: retagger.fingerprint) else {
        touched = places.touched
        continue
      }
      let whole = left.unlisted.map { (retagger.prepare($0.found.stored), insteadOf: $0.found.place) }
      guard let others = try await whole.isEmpty ? [] : writer.rewrite(whole, by: retagger.fingerprint) else {
        touched = places.touched
        continue
      }
      // Who has written them meanwhile may have read other passages of them.
      let outdated = Set(left.outdated).union(others)
      touched += found.lazy.map(\.touched).filter { outdated.contains($0.ordinal) }
      if touched.isEmpty { return retagger }
    }
  }
}

/// Where articles are stored. Good as long as it is kept, whatever is written meanwhile.
struct StoredPlaces: Sendable {
  var places: [(touched: TouchedArticle, place: ArticlePlace)]
  var segments: ArticleSegments

  var touched: [TouchedArticle] { places.map(\.touched) }

  /// The articles, and those that cannot be read.
  func read() -> (found: [FoundArticle], lost: [TouchedArticle]) {
    var found: [FoundArticle] = []
    var lost: [TouchedArticle] = []
    for (touched, place) in places {
      let article = segments.read(place) { bytes in
        StoredArticle(bytes, withPlaces: false).map { FoundArticle(touched: touched, place: place, stored: $0, bytes: bytes.all) }
      }
      if let article { found.append(article) } else { lost.append(touched) }
    }
    return (found, lost)
  }
}

/// An article as it is stored.
struct FoundArticle: Sendable {
  var touched: TouchedArticle
  var place: ArticlePlace
  /// Without the places of its terms.
  var stored: StoredArticle
  /// What it was read from.
  var bytes: [UInt8]

  var id: String { stored.record.id }
  /// Bytes that it takes in the store.
  var byteCount: Int { bytes.count + ArticleSegment.headSize }

  /// Its passages in their order, which mostly lie side by side; nil where they do not, or none is known.
  func documents(in columns: Columns) -> Range<UInt32>? {
    let count = UInt32(stored.passages.count)
    if count == 0 { return 0..<0 }
    let number = UInt32(columns.number(of: touched.document))
    guard touched.document > 0, number >= 1, number <= count, touched.document >= number,
      touched.document - number <= UInt32.max - count - 1
    else { return nil }
    let first = touched.document - number + 1
    let documents = first..<first + count
    let isWhole = documents.allSatisfy {
      columns.article(of: $0) == touched.ordinal && columns.number(of: $0) == Int($0 - first) + 1
    }
    return isWhole ? documents : nil
  }
}

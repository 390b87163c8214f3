// Tagging again what waits. Several tasks tag, each a few articles at a time, while the writer takes in what others have made; now and
// then all of them stop for a commit, which shows what is tagged: soon after the first articles, then less and less often.
import Glibc

extension Index {
  /// Articles that a task tags at a time: behind so many, for each task, a search's or a save's turn at the writer may come.
  private static let batch = 8
  /// Nanoseconds of tagging before a commit, at first and at most; each stretch is twice the one before.
  private static let firstStretch: UInt64 = 125_000_000
  private static let longestStretch: UInt64 = 1_000_000_000

  /// Tasks that tag at the same time unless told otherwise: one for each processor.
  package static let taggers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Tags the articles that wait, until none does. To be called by one task at a time.
  package func retagWaiting(taggers: Int = taggers) async throws {
    var losses = await writer.losses
    var stretch = Self.firstStretch
    var retaggers: [Retagger] = []
    do {
      while !retags.isDrained {
        retaggers = try await retag(until: Clock.now &+ stretch, taggers, reusing: retaggers)
        try Task.checkCancellation()
        try await commitRetagged(&losses)
        stretch = min(2 * stretch, Self.longestStretch)
      }
      // Nothing waited, and yet the registry is another: its changes touch nothing.
      if let target = retags.lastTarget, try await writer.taggedBy() != target { try await commitRetagged(&losses) }
    } catch {
      retags.giveBack()
      throw error
    }
  }

  /// Commits, with the note that everything is tagged where nothing waits any more, and takes back what was lost because something else
  /// failed to be written since the last commit.
  private func commitRetagged(_ losses: inout Int) async throws {
    if let fingerprint = retags.lastTarget { try await writer.note(taggedBy: fingerprint) }
    try await commit()
    let now = await writer.losses
    if now == losses { retags.committed() } else { retags.giveBack() }
    losses = now
  }

  /// Tags what waits, until nothing does or the time is over.
  /// - Returns: the retaggers, which are worth keeping: they remember the forms of words.
  private func retag(until end: UInt64, _ taggers: Int, reusing idle: [Retagger]) async throws -> [Retagger] {
    // A few articles are not worth another task.
    let count = max(1, min(taggers, (retags.waiting + Self.batch - 1) / Self.batch))
    return try await withThrowingTaskGroup(of: Retagger.self) { group in
      for number in 0..<count {
        let known = number < idle.count ? idle[number] : nil
        group.addTask {
          var retagger = known ?? Retagger(self.makePreparer())
          repeat {
            let ids = self.retags.take(Self.batch)
            if ids.isEmpty { break }
            retagger = try await self.retag(ids, retagger)
          } while Clock.now < end && !Task.isCancelled
          return retagger
        }
      }
      var retaggers = Array(idle.dropFirst(count))
      for try await retagger in group { retaggers.append(retagger) }
      return retaggers
    }
  }

  /// Tags articles by the registry in force, whatever else is taken up meanwhile.
  /// - Returns: the retagger, or another where the registry became another.
  @discardableResult
  func retag(_ ids: [String], _ retagger: Retagger) async throws -> Retagger {
    var retagger = retagger
    while true {
      if retagger.fingerprint != registry.fingerprint { retagger = Retagger(makePreparer()) }
      let articles = try await writer.places(of: ids).read().compactMap { retagger.retag($0) }
      if articles.isEmpty { return retagger }
      guard let left = try await writer.rewriteTags(of: articles, by: retagger.fingerprint) else { continue }
      let whole = left.map { (retagger.prepare($0.stored), insteadOf: $0.entry.contentHash) }
      if whole.isEmpty { return retagger }
      if try await writer.rewrite(whole, by: retagger.fingerprint) { return retagger }
    }
  }
}

/// Where articles are stored. Good as long as it is kept, whatever is written meanwhile.
struct StoredPlaces: Sendable {
  var entries: [ArticleEntry]
  var segments: ArticleSegments

  /// The articles, without those that cannot be read.
  func read() -> [(entry: ArticleEntry, article: StoredArticle)] {
    entries.compactMap { entry in segments.read(entry.place) { StoredArticle($0) }.map { (entry, $0) } }
  }
}

/// An article under other tags than the index has.
struct RetaggedArticle: Sendable {
  var tagged: TaggedArticle
  /// As it will be stored.
  var data: [UInt8]
  var contentHash: UInt64
  /// What it was made from.
  var stored: StoredArticle
  var entry: ArticleEntry
}

/// Carries a preparer across the suspension points of one task. Sendable because one task at a time uses it, one step after the other.
struct Retagger: @unchecked Sendable {
  private let preparer: Preparer

  init(_ preparer: Preparer) { self.preparer = preparer }

  /// Of the registry it tags by.
  var fingerprint: String { preparer.registryFingerprint }

  /// Tags an article again; nil when nothing about it changes.
  func retag(_ found: (entry: ArticleEntry, article: StoredArticle)) -> RetaggedArticle? {
    let tagged = preparer.retag(found.article)
    let places = zip(found.article.places, tagged.passages).map { PassagePlaces.replacingEntities(in: $0, with: $1.tags.entities) }
    let (data, contentHash) = tagged.encoded(places: places)
    guard contentHash != found.entry.contentHash else { return nil }
    return RetaggedArticle(tagged: tagged, data: data, contentHash: contentHash, stored: found.article, entry: found.entry)
  }

  func prepare(_ stored: StoredArticle) -> PreparedArticle {
    preparer.prepare(
      stored.article, path: stored.record.path, origin: Origin(name: stored.record.origin, label: stored.record.originLabel))
  }
}

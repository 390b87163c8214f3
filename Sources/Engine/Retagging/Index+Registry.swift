// Taking up another registry: queries are read by it at once, and the articles whose tags it can touch are tagged again, from their
// stored text, in steps between which searches and saves go on.
import Synchronization
import Tagging
import TextAnalysis

extension Index {
  /// Articles between two looks at what else is to be done.
  private static let step = 32
  /// Nanoseconds after which what was tagged is shown.
  private static let commitInterval: UInt64 = 1_000_000_000

  /// Whether the tags in the index were made by another registry than the one it has.
  package func isRegistryStale() async throws -> Bool { try await writer.taggedBy() != registry.fingerprint }

  /// Articles tagged again and all that are to be, and how many a second; nil when none waits.
  package var retagProgress: (done: Int, total: Int, rate: Double)? {
    retags.progress.map { progress in
      let seconds = Double(Clock.now &- progress.since) / 1e9
      return (progress.done, progress.total, seconds > 0 ? Double(progress.done) / seconds : 0)
    }
  }

  /// Takes up a registry and options of analysis, and tags again what they touch; returns when searches see it.
  /// - Parameter progress: called with articles done and articles to do.
  package func replaceRegistry(
    _ registry: Registry, analysis: AnalysisOptions, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws {
    try await adopt(registry, analysis: analysis)
    try await retagWaiting(progress: progress)
  }

  /// Takes up a registry and options of analysis: from now on queries are read and articles tagged by them. Those in the index that they
  /// touch wait for `retagWaiting`.
  /// - Returns: how many articles wait.
  @discardableResult
  package func adopt(_ registry: Registry, analysis: AnalysisOptions) async throws -> Int {
    let old = self.registry
    retags.beginAdoption()
    do {
      let isSame = registry.fingerprint == old.fingerprint
      if !isSame { await standing.waitForRoom() }
      try await writer.adopt(registry, analysis, committing: !isSame)
      if retags.needsAll {
        retags.endAdoption(of: registry.fingerprint, touching: try await writer.articleIDs(), all: true)
      } else if isSame {
        retags.endAdoption()
      } else {
        let touched = try await read { reader, snapshot -> [String]? in
          let change = TagChange(from: old, to: registry)
          if change.touchesAll { return nil }
          var touched = TouchedArticles(view: reader.view, snapshot: snapshot, change: change)
          return try touched.ids()
        }
        let ids = if let touched { touched } else { try await writer.articleIDs() }
        retags.endAdoption(of: registry.fingerprint, touching: ids, all: false)
      }
    } catch {
      retags.endAdoptionInDoubt()
      throw error
    }
    return retags.count
  }

  /// Tags the articles that wait, until none does. One task at a time may do this.
  package func retagWaiting(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws {
    var retagger = Retagger(makePreparer())
    var lastCommit = Clock.now
    var done = 0
    var losses = await writer.losses
    do {
      while true {
        let ids = retags.take(Self.step)
        if ids.isEmpty, retags.isDrained { break }
        if retagger.fingerprint != registry.fingerprint { retagger = Retagger(makePreparer()) }
        for id in ids { try await retag(id, retagger) }
        done += ids.count
        progress(done, done - ids.count + retags.count)
        try Task.checkCancellation()
        if retags.isDrained || Clock.now &- lastCommit >= Self.commitInterval {
          try await commitRetagged(&losses)
          lastCommit = Clock.now
        }
      }
      // Nothing waited, and yet the registry is another: its changes touch nothing.
      if let target = retags.lastTarget, try await writer.taggedBy() != target { try await commitRetagged(&losses) }
    } catch {
      retags.giveBack()
      throw error
    }
  }

  /// Commits, with the note that everything is tagged where nothing waits any more, and takes back what was lost because something else failed to be written since the last commit.
  private func commitRetagged(_ losses: inout Int) async throws {
    if let fingerprint = retags.lastTarget { try await writer.note(taggedBy: fingerprint) }
    try await commit()
    let now = await writer.losses
    if now == losses { retags.committed() } else { retags.giveBack() }
    losses = now
  }

  func retag(_ id: String, _ retagger: Retagger) async throws {
    guard let (entry, stored) = try await writer.storedArticle(id) else { return }
    let article = retagger.retag(stored)
    let places = zip(stored.places, article.passages).map { PassagePlaces.replacingEntities(in: $0, with: $1.tags.entities) }
    let (data, contentHash) = article.encoded(places: places)
    guard contentHash != entry.contentHash,
      try await !writer.rewriteTags(of: article, data, contentHash, insteadOf: stored, entry.contentHash)
    else { return }
    try await writer.rewrite(retagger.prepare(stored), insteadOf: entry.contentHash)
  }
}

/// Carries a preparer across the suspension points of one task. Sendable because only that task uses it, one step after the other.
struct Retagger: @unchecked Sendable {
  private let preparer: Preparer

  init(_ preparer: Preparer) { self.preparer = preparer }

  /// Of the registry it tags by.
  var fingerprint: String { preparer.registryFingerprint }

  func retag(_ stored: StoredArticle) -> TaggedArticle { preparer.retag(stored) }

  func prepare(_ stored: StoredArticle) -> PreparedArticle {
    preparer.prepare(
      stored.article, path: stored.record.path, origin: Origin(name: stored.record.origin, label: stored.record.originLabel))
  }
}

// What the writer does for the standing queries: it says from which commit one counts, and hands every commit over.

extension IndexWriter {
  /// Takes up a standing query, which is asked of every commit after this.
  /// - Returns: the last revision that it is not asked of.
  func add(_ query: StandingQuery) throws -> UInt64 {
    if !log.isOn {
      // What this transaction has written so far is remembered nowhere: it is committed before anybody counts from here.
      if isDirty { _ = try commit() }
      log.begin()
    }
    let revision = snapshots.snapshot.revision
    try standing.add(query, since: revision)
    return revision
  }

  /// Whether so much is remembered of this transaction that it is better committed.
  var isLogFull: Bool { log.byteCount >= StandingQueries.mostBytes }

  func tellStandingQueries() {
    guard log.isOn else { return }
    let snapshot = snapshots.snapshot
    let byteCount = log.byteCount
    standing.take(
      WrittenCommit(
        revision: snapshot.revision, uuid: snapshot.uuid, articles: log.take(), dictionary: snapshot.dictionary,
        registry: snapshot.registry, analysis: snapshot.analysis, languages: snapshot.languages, byteCount: byteCount))
    if standing.isEmpty { log.end() }
  }
}

// Keeps one vocabulary and renews it when the index has changed: at once where that takes no time, else behind the back of the queries,
// which are answered from the last one meanwhile.
import Dispatch
import Synchronization
import Tagging
import Xapian

final class VocabularyKeeper: Sendable {
  private struct State {
    var vocabulary: Vocabulary?
    var names: NameList?
    var isReading = false
    /// What the last reading took, nanoseconds.
    var cost: UInt64 = 0
    /// CLOCK_MONOTONIC, nanoseconds: when the next reading may begin.
    var next: UInt64 = 0
    var sample: TextSample?
    var isSampling = false
    /// CLOCK_MONOTONIC, nanoseconds: when texts may be read again.
    var nextSampling: UInt64 = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  let counts = CountMemory()
  private let queue = DispatchQueue(label: "aras.vocabulary", qos: .utility)
  private let aside = AsideQueue()
  private let files: IndexFiles

  /// Up to this many passages a query reads the vocabulary itself.
  private static let mostPassagesAtOnce = 3000
  /// Readings take at most this share of one processor while the index keeps changing.
  private static let share: UInt64 = 10
  /// Reading a sample of the texts, likewise.
  private static let samplingShare: UInt64 = 50
  /// A sample is made again when the passages have become more or fewer by one in so many, or so many of its own have changed.
  private static let largeChange = 10

  init(_ files: IndexFiles) { self.files = files }

  /// Begins to read the vocabulary of an index that is too large to be read within a query.
  func prepare(_ snapshot: Snapshot) {
    if snapshot.columns.passageCount > Self.mostPassagesAtOnce { readAside(snapshot) }
  }

  /// The vocabulary of the snapshot's revision or, for a large index that has just changed, of one shortly before; nil while the first one
  /// of a large index is being read.
  /// - Parameter view: stands at the snapshot's revision, and stays there.
  func vocabulary(_ view: DatabaseView, _ snapshot: Snapshot) throws -> Vocabulary? {
    let (known, isReading) = state.withLock { ($0.vocabulary, $0.isReading) }
    if let known, known.revision == snapshot.revision, known.registry == snapshot.registry.fingerprint { return known }
    if snapshot.columns.passageCount > Self.mostPassagesAtOnce {
      readAside(snapshot)
      return known
    }
    if let known, isReading { return known }
    let names = self.names(snapshot.registry)
    let read = try VocabularyReader(view: view, followsCommits: false).read(names, snapshot.registry)
    state.withLock { if ($0.vocabulary?.revision ?? 0) <= read.revision { $0.vocabulary = read } }
    return read
  }

  /// Whether the vocabulary is that of the snapshot's revision.
  func isCurrent(_ snapshot: Snapshot) -> Bool {
    let known = state.withLock { $0.vocabulary }
    return known?.revision == snapshot.revision && known?.registry == snapshot.registry.fingerprint
  }

  private func readAside(_ snapshot: Snapshot) {
    let begins = state.withLock { state in
      guard !state.isReading, !state.isClosed, Clock.now >= state.next else { return false }
      state.isReading = true
      return true
    }
    guard begins else { return }
    queue.async { [self] in
      let began = Clock.now
      let names = self.names(snapshot.registry)
      var read: Vocabulary?
      // What fails here fails for the queries, too, and is told there.
      if let view = try? DatabaseView(files) {
        read = try? VocabularyReader(view: view, followsCommits: true).read(names, snapshot.registry)
      }
      // The next completion wants these, too.
      for field in [FacetColumn.actor, .place, .topic] { _ = snapshot.wholeCounts(field, .article) }
      let ended = Clock.now
      state.withLock { state in
        if let read { state.vocabulary = read }
        state.isReading = false
        state.cost = ended - began
        state.next = ended + state.cost * Self.share
      }
      _ = sample(snapshot)
    }
  }

  // MARK: Sample

  /// Texts of a part of the passages, where they are known well enough; read behind the queries' back.
  func sample(_ snapshot: Snapshot) -> KnownSample? {
    guard snapshot.columns.passageCount > Self.mostPassagesAtOnce else { return nil }
    let known = state.withLock { $0.sample }
    guard let known, let changed = changed(known, snapshot) else {
      sampleAside(snapshot)
      return nil
    }
    let growth = abs(snapshot.columns.passageCount - known.passageCount)
    if growth > known.passageCount / Self.largeChange || changed.count > known.documents.count / Self.largeChange { sampleAside(snapshot) }
    return KnownSample(sample: known, changed: changed)
  }

  /// Which passages of a sample have changed since; nil where that is not known.
  private func changed(_ sample: TextSample, _ snapshot: Snapshot) -> [UInt32]? {
    counts.changed(sample, revision: snapshot.revision) {
      guard snapshot.revision != sample.revision else { return [] }
      return snapshot.changes.touched(after: sample.revision, upTo: snapshot.revision)
        .map { PassageSampler.common($0, sample.ascendingDocuments) }
    }
  }

  private func sampleAside(_ snapshot: Snapshot) {
    let begins = state.withLock { state in
      guard !state.isSampling, !state.isClosed, Clock.now >= state.nextSampling else { return false }
      state.isSampling = true
      return true
    }
    guard begins else { return }
    aside.async { [self] standBack in
      standBack()
      let began = Clock.now
      let builder = TextSampleBuilder(snapshot: snapshot, segments: files.articles.segments)
      let sample = builder.build { state.withLock { !$0.isClosed } }
      // What it took is given back at once, not when somebody happens to need as much.
      FreedMemory.giveBack()
      let ended = Clock.now
      state.withLock { state in
        if let sample { state.sample = sample }
        state.isSampling = false
        state.nextSampling = ended + (ended - began) * Self.samplingShare
      }
    }
  }

  func names(_ registry: Registry) -> NameList {
    if let known = state.withLock({ $0.names }), known.fingerprint == registry.fingerprint { return known }
    let names = NameList(registry)
    state.withLock { $0.names = names }
    return names
  }

  /// Begins nothing any more.
  func close() { state.withLock { $0.isClosed = true } }
}

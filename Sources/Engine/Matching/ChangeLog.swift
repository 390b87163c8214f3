// Which documents the last commits wrote or removed, so that what was decoded at one revision can be brought to the next without reading
// it all again.

struct ChangeLog: Sendable {
  private struct Commit: Sendable {
    var revision: UInt64
    /// Ascending.
    var documents: [UInt32]
  }

  /// The revision before the first commit that is known.
  private var origin: UInt64
  private var commits: [Commit] = []
  private var size = 0

  /// Documents that are remembered; reading anew costs about as much as following more of them.
  private static let most = 20_000

  init(from revision: UInt64) { origin = revision }

  /// - Parameter documents: in any order, none twice.
  mutating func append(_ documents: Set<UInt32>, revision: UInt64) {
    commits.append(Commit(revision: revision, documents: documents.sorted()))
    size += documents.count
    while size > Self.most, let oldest = commits.first {
      origin = oldest.revision
      size -= oldest.documents.count
      commits.removeFirst()
    }
  }

  /// Documents written or removed after one revision and not after another, ascending; nil when that is no longer known.
  func touched(after first: UInt64, upTo last: UInt64) -> [UInt32]? {
    guard first >= origin, first <= last else { return nil }
    let changes = commits.filter { $0.revision > first && $0.revision <= last }
    if changes.count == 1 { return changes[0].documents }
    return Set(changes.flatMap(\.documents)).sorted()
  }
}

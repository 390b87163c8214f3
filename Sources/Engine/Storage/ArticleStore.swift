// Where the articles themselves lie: in files beside the tables of the database, which hold of them only what is searched. Texts are
// read where they lie in memory, without a tree to walk and a copy to unpack.
//
// An article that changes is written anew behind all others, and the database is told its new place with the commit: a reader of an older
// commit finds the older one where it was. What a crash leaves behind the last commit's articles is nobody's. A segment of which most is
// nobody's is given up when what is left of it has been written anew.
import Glibc
import Synchronization

/// The segments of one moment.
struct ArticleSegments: Sendable {
  fileprivate(set) var byNumber: [UInt32: ArticleSegment] = [:]

  /// Reads an article where it lies.
  /// - Returns: nil where there is none, or the body says so.
  func read<Result>(_ place: ArticlePlace, _ body: (ArticleBytes) -> Result?) -> Result? {
    segment(of: place)?.read(at: place.offset, body)
  }

  /// The bytes of an article, read from its file: what is read only once need not be mapped.
  func copy(_ place: ArticlePlace) -> [UInt8]? { segment(of: place)?.copy(at: place.offset) }

  /// The segment that a place is in; nil where it was given up.
  func segment(of place: ArticlePlace) -> ArticleSegment? { byNumber[place.segment] }

  /// Whether a place is that of a segment which is there, and within its file.
  func holds(_ entry: ArticleEntry, sizes: [UInt32: Int]) -> Bool {
    guard let size = sizes[entry.place.segment], entry.place.offset <= UInt64(size) else { return false }
    return entry.byteCount <= size - Int(entry.place.offset)
  }

  /// Bytes of each segment's file.
  var sizes: [UInt32: Int] { byNumber.mapValues(\.size) }
}

package final class ArticleStore: Sendable {
  private let directory: String
  private let current: Mutex<ArticleSegments>
  /// Bytes at which a segment is followed by the next: as many as are in use, within this.
  fileprivate let segmentSize: ClosedRange<Int>

  package static let segmentSize = 8 << 20...256 << 20

  /// - Parameter directory: of the database.
  init(directory: String, segmentSize: ClosedRange<Int> = segmentSize) throws(EngineError) {
    self.directory = directory
    self.segmentSize = segmentSize
    var segments = ArticleSegments()
    for number in Self.numbers(directory) {
      segments.byNumber[number] = try ArticleSegment(
        directory: directory, number: number, room: 2 * segmentSize.upperBound, creating: false)
    }
    current = Mutex(segments)
  }

  var segments: ArticleSegments { current.withLock { $0 } }

  private static func numbers(_ directory: String) -> [UInt32] {
    let prefix = ArticleSegment.namePrefix
    let names = FolderNames.all(in: directory) ?? []
    return names.filter { $0.hasPrefix(prefix) }.compactMap { UInt32($0.dropFirst(prefix.count)) }.sorted()
  }

  /// Makes a segment with room for so many bytes.
  fileprivate func makeSegment(for count: Int) throws(EngineError) -> ArticleSegment {
    let number = (segments.byNumber.keys.max() ?? 0) + 1
    let made = try ArticleSegment(directory: directory, number: number, room: max(2 * segmentSize.upperBound, count), creating: true)
    current.withLock { $0.byNumber[number] = made }
    return made
  }

  fileprivate func remove(_ number: UInt32) {
    guard let segment = current.withLock({ $0.byNumber.removeValue(forKey: number) }) else { return }
    unlink(segment.path)
  }

  var lastSegment: ArticleSegment? { current.withLock { $0.byNumber.max { $0.key < $1.key }?.value } }
}

/// The one who writes to an article store. Confined to the writer's queue.
struct ArticleAppender {
  private let store: ArticleStore
  private var segment: ArticleSegment?
  /// By segment: bytes of the articles that the index has there.
  private(set) var live: [UInt32: Int]

  /// - Parameter live: bytes in use, by segment.
  init(_ store: ArticleStore, live: [UInt32: Int]) {
    self.store = store
    self.live = live
    segment = store.lastSegment
  }

  /// Writes an article behind all others.
  mutating func append(_ article: [UInt8]) throws(EngineError) -> ArticlePlace { try append([article])[0] }

  /// Writes articles behind all others, in one go.
  /// - Returns: their places, in their order.
  mutating func append(_ articles: [[UInt8]]) throws(EngineError) -> [ArticlePlace] {
    var bytes: [UInt8] = []
    var offsets: [UInt64] = []
    bytes.reserveCapacity(articles.reduce(0) { $0 + $1.count + ArticleSegment.headSize })
    for article in articles {
      guard let length = UInt32(exactly: article.count) else {
        throw EngineError(.failed, "an article of \(article.count) bytes is too long to be stored")
      }
      offsets.append(UInt64(bytes.count))
      withUnsafeBytes(of: length.littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: article)
    }
    let chosen = try segment(withRoomFor: bytes.count)
    let first = UInt64(try chosen.append(bytes))
    live[chosen.number, default: 0] += bytes.count
    return offsets.map { ArticlePlace(segment: chosen.number, offset: first + $0) }
  }

  private mutating func segment(withRoomFor count: Int) throws(EngineError) -> ArticleSegment {
    let inUse = live.values.reduce(0, +)
    let size = min(max(inUse, store.segmentSize.lowerBound), store.segmentSize.upperBound)
    if let segment, segment.size < size, count <= segment.capacity - segment.size { return segment }
    let made = try store.makeSegment(for: count)
    segment = made
    return made
  }

  /// Notes that an article is no longer wanted.
  mutating func give(up entry: ArticleEntry) { live[entry.place.segment, default: 0] -= entry.byteCount }

  /// A segment of which more than half is nobody's, and nothing is written to any more.
  var wasteful: UInt32? { finished.filter { live[$0.number, default: 0] * 2 < $0.size }.map(\.number).min() }

  /// Gives up the segments of which the index, as it was just committed, has nothing.
  mutating func removeUnused() {
    for segment in finished where live[segment.number, default: 0] == 0 {
      live[segment.number] = nil
      store.remove(segment.number)
    }
  }

  private var finished: [ArticleSegment] { store.segments.byNumber.values.filter { $0 !== segment } }
}

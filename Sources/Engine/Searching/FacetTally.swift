// What counting facets writes to: the tally of a value, and the values of some passages put one behind the other.

/// What is known of one value. Articles are counted in rounds: within a round each has a bit.
struct FacetTally {
  /// Of a round.
  static let mostArticles = UInt64.bitWidth

  private(set) var passages: UInt32 = 0
  private(set) var articles: UInt32 = 0
  private(set) var salientPassages: UInt32 = 0
  private(set) var salientArticles: UInt32 = 0
  /// Articles of the round in which it was seen.
  private var seen: UInt64 = 0
  /// The round that the bits belong to; those of an earlier one are none.
  private var round: UInt32 = 0

  /// Counts a passage that has it.
  /// - Parameters:
  ///   - place: of the article in the round.
  ///   - now: the round, from 1.
  @inline(__always)
  mutating func note(_ place: UInt8, round now: UInt32, isSalient: Bool) {
    let before = round == now ? seen : 0
    let isNew = UInt32(truncatingIfNeeded: (before &>> UInt64(place)) & 1) ^ 1
    let salient: UInt32 = isSalient ? 1 : 0
    passages &+= 1
    articles &+= isNew
    salientPassages &+= salient
    salientArticles &+= isNew & salient
    seen = before | 1 &<< UInt64(place)
    round = now
  }

  /// Counts passages that have it.
  @inline(__always)
  mutating func note(passages count: UInt32, isSalient: Bool) {
    passages &+= count
    salientPassages &+= isSalient ? count : 0
  }

  /// Counts an article that has it, once.
  /// - Parameter article: differs from that of the article before.
  @inline(__always)
  mutating func note(article: UInt32, passages count: UInt32) {
    guard round != article else { return }
    round = article
    articles &+= 1
    passages &+= count
  }
}

/// Short lists one behind the other, each number with the mark of its list.
struct FlatLists: ~Copyable {
  private var numbers: UnsafeMutablePointer<UInt32>
  private var marks: UnsafeMutablePointer<UInt8>
  private var capacity = 1024
  private var count = 0

  /// Numbers that are copied at once.
  private static let stride = 4

  init() {
    numbers = .allocate(capacity: capacity)
    marks = .allocate(capacity: capacity)
  }

  deinit {
    numbers.deallocate()
    marks.deallocate()
  }

  mutating func removeAll() { count = 0 }

  /// - Parameter readable: so many numbers may be read from the first of the list on, whether they are of the list or not.
  @inline(__always)
  mutating func append(_ list: UnsafeBufferPointer<UInt32>, readable: Int, mark: UInt8) {
    if count &+ list.count &+ Self.stride > capacity { grow(by: list.count + Self.stride) }
    if list.count <= Self.stride, readable >= Self.stride, let first = list.baseAddress {
      // Most lists are short: copying always as much needs no loop, and what was too much is overwritten by the next.
      UnsafeMutableRawPointer(numbers + count).copyMemory(from: first, byteCount: Self.stride * MemoryLayout<UInt32>.size)
      UnsafeMutableRawPointer(marks + count).storeBytes(of: UInt32(mark) &* 0x0101_0101, as: UInt32.self)
    } else {
      for index in 0..<list.count {
        numbers[count &+ index] = list[index]
        marks[count &+ index] = mark
      }
    }
    count &+= list.count
  }

  @inline(__always)
  func forEach(_ body: (UInt32, UInt8) -> Void) {
    for index in 0..<count { body(numbers[index], marks[index]) }
  }

  private mutating func grow(by more: Int) {
    let larger = max(capacity * 2, count + more)
    let (oldNumbers, oldMarks) = (numbers, marks)
    numbers = .allocate(capacity: larger)
    marks = .allocate(capacity: larger)
    numbers.update(from: oldNumbers, count: count)
    marks.update(from: oldMarks, count: count)
    oldNumbers.deallocate()
    oldMarks.deallocate()
    capacity = larger
  }
}

/// The passages of some articles, and what was seen of them.
struct RowMarks {
  /// By passage: 1 where another article begins than that of the passage before.
  private var begins: [UInt8] = []
  /// By passage: 1 where it counts.
  private var isAccepted: [UInt8] = []
  /// Index of the first passage.
  private var first = 0
  private(set) var acceptedCount = 0
  /// Passages that count and have a value.
  private(set) var valuedCount = 0
  /// By article: a bit where any passage counts, and where any of these has a value.
  private(set) var seen: UInt64 = 0
  private(set) var valued: UInt64 = 0

  /// - Parameter batch: groups that follow each other, `FacetTally.mostArticles` at the most.
  mutating func fill(_ groups: ArticleGroups, _ batch: Range<Int>, _ acceptance: Acceptance?) {
    let rows = groups.range(batch.lowerBound).lowerBound..<groups.range(batch.upperBound - 1).upperBound
    first = rows.lowerBound
    begins.removeAll(keepingCapacity: true)
    begins.append(contentsOf: repeatElement(0, count: rows.count))
    for group in batch.dropFirst() { begins[groups.range(group).lowerBound - first] = 1 }
    isAccepted.removeAll(keepingCapacity: true)
    if let acceptance, !acceptance.isWhole {
      for row in rows { isAccepted.append(acceptance.accepts(row) ? 1 : 0) }
      acceptedCount = isAccepted.reduce(0) { $0 + Int($1) }
    } else {
      isAccepted.append(contentsOf: repeatElement(1, count: rows.count))
      acceptedCount = rows.count
    }
  }

  /// Calls with each passage, the place of its article in the batch, and whether it counts.
  /// - Parameter body: says whether the passage has a value and counts.
  @inline(__always)
  mutating func forEach(_ body: (_ row: Int, _ place: UInt8, _ isAccepted: UInt8) -> Bool) {
    var place: UInt8 = 0
    var (seen, valued) = (UInt64(0), UInt64(0))
    var count = 0
    begins.withUnsafeBufferPointer { begins in
      isAccepted.withUnsafeBufferPointer { isAccepted in
        for index in begins.indices {
          place &+= begins[index]
          let hasValue: UInt64 = body(first &+ index, place, isAccepted[index]) ? 1 : 0
          seen |= UInt64(isAccepted[index]) &<< UInt64(place)
          valued |= hasValue &<< UInt64(place)
          count &+= Int(hasValue)
        }
      }
    }
    self.seen = seen
    self.valued = valued
    valuedCount = count
  }
}

// Matching passages put together by article, in flat arrays.

struct ArticleGroups: Sendable {
  /// Matching documents, those of one article side by side.
  private(set) var documents: [UInt32] = []
  /// By document of `documents`: its index in the list that the groups were made from; nil where the two lists are the same.
  private var sources: [UInt32]?
  /// Articles, ascending, in the order of their groups.
  private(set) var articles: [UInt32] = []
  /// Where each article's documents begin in `documents`; one more entry than articles.
  private(set) var starts: [UInt32] = [0]

  var count: Int { articles.count }

  @inline(__always)
  func range(_ group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

  /// The group of the document at an index of `documents`.
  func group(at index: Int) -> Int { starts.partitioningIndex { $0 > index } - 1 }

  /// What is known of the documents of the list that the groups were made from, in the order of `documents`.
  func arranged<Value>(_ values: [Value]) -> [Value] { sources.map { $0.map { values[Int($0)] } } ?? values }

  /// - Parameter documents: ascending. Documents that the columns do not know are left out.
  init(documents list: [UInt32], columns: Columns) {
    // Passages of an article mostly follow each other, and articles their rows: but for those that were written again since.
    var strays: [Owned] = []
    columns.withArticles(of: list) { owners in
      strays = Self.strays(owners)
      if strays.isEmpty {
        documents = list
        group(owners)
      } else {
        arrange(list, owners, strays)
      }
    }
  }

  /// A document of the list, by its article.
  private typealias Owned = (article: UInt32, source: UInt32)

  /// Documents whose article comes before that of one before them, in order, and those without one.
  private static func strays(_ owners: UnsafeBufferPointer<UInt32>) -> [Owned] {
    var strays: [Owned] = []
    var last: UInt32 = 0
    for index in owners.indices {
      let article = owners[index]
      if article >= last, article != Columns.absent { last = article } else { strays.append((article, UInt32(index))) }
    }
    strays.sort { ($0.article, $0.source) < ($1.article, $1.source) }
    return strays
  }

  /// Puts the strays where they belong among the others.
  private mutating func arrange(_ list: [UInt32], _ owners: UnsafeBufferPointer<UInt32>, _ strays: [Owned]) {
    var arranged: [UInt32] = []
    var sources: [UInt32] = []
    var sorted: [UInt32] = []
    arranged.reserveCapacity(list.count)
    sources.reserveCapacity(list.count)
    sorted.reserveCapacity(list.count)
    func take(_ one: Owned) {
      arranged.append(list[Int(one.source)])
      sources.append(one.source)
      sorted.append(one.article)
    }
    var isStray = [Bool](repeating: false, count: list.count)
    for stray in strays { isStray[Int(stray.source)] = true }
    var next = 0
    for index in list.indices where !isStray[index] {
      let one = (article: owners[index], source: UInt32(index))
      while next < strays.count, strays[next] < one {
        take(strays[next])
        next += 1
      }
      take(one)
    }
    for stray in strays[next...] where stray.article != Columns.absent { take(stray) }
    documents = arranged
    self.sources = sources
    sorted.withUnsafeBufferPointer { group($0) }
  }

  /// - Parameter owners: the article of each of `documents`, ascending.
  private mutating func group(_ owners: UnsafeBufferPointer<UInt32>) {
    guard let first = owners.first else { return }
    starts = [UInt32](unsafeUninitializedCapacity: owners.count + 1) { starts, startCount in
      articles = [UInt32](unsafeUninitializedCapacity: owners.count) { articles, count in
        articles[0] = first
        starts[0] = 0
        count = 1
        // Where an article ends cannot be foreseen: every document is written as a beginning, and only a beginning is kept.
        for index in 1..<max(1, owners.count) {
          articles[count] = owners[index]
          starts[count] = UInt32(truncatingIfNeeded: index)
          count &+= owners[index] == owners[index &- 1] ? 0 : 1
        }
        startCount = count + 1
      }
      starts[startCount - 1] = UInt32(owners.count)
    }
  }
}

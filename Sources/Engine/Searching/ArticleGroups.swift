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

  /// - Parameters:
  ///   - documents: ascending. Documents that the columns do not know are left out.
  ///   - cores: who helps where there are many; nil for nobody.
  init(documents list: [UInt32], columns: Columns, cores: SpareCores? = nil) {
    // Passages of an article mostly follow each other, and articles their rows: but for those that were written again since.
    if let runs = Self.runs(list, columns, cores) {
      documents = list
      join(runs)
      return
    }
    list.withUnsafeBufferPointer { all in
      columns.withArticles(of: all) { owners in arrange(list, owners, Self.strays(owners)) }
    }
  }

  // MARK: Documents in the order of their articles

  /// Groups of documents that follow each other.
  private struct Run: Sendable {
    var articles: [UInt32] = []
    /// By article: the index of its first document in the whole list.
    var starts: [UInt32] = []
  }

  /// Runs that more cores than one may work on.
  private static let runsToShare = 4

  /// The groups of a list, in runs one behind the other; nil where an article does not come in its order.
  private static func runs(_ list: [UInt32], _ columns: Columns, _ cores: SpareCores?) -> [Run]? {
    let runs: [Run?]
    if let cores, cores.areWorth(list.count) {
      let step = list.count / runsToShare + 1
      runs = cores.begin(runsToShare) { number in
        let start = min(number * step, list.count)
        return run(list, start..<min(start + step, list.count), columns)
      }.parts()
    } else {
      runs = [run(list, list.indices, columns)]
    }
    var inOrder: [Run] = []
    for run in runs {
      guard let run else { return nil }
      guard let first = run.articles.first else { continue }
      if let last = inOrder.last?.articles.last, last > first { return nil }
      inOrder.append(run)
    }
    return inOrder
  }

  /// The groups of a part of a list.
  private static func run(_ list: [UInt32], _ part: Range<Int>, _ columns: Columns) -> Run? {
    list.withUnsafeBufferPointer { all in
      columns.withArticles(of: UnsafeBufferPointer(rebasing: all[part])) { owners in
        isInOrder(owners) ? run(owners, from: part.lowerBound) : nil
      }
    }
  }

  private static func isInOrder(_ owners: UnsafeBufferPointer<UInt32>) -> Bool {
    guard let last = owners.last else { return true }
    var isBroken: UInt32 = 0
    for index in 1..<owners.count { isBroken |= owners[index] < owners[index &- 1] ? 1 : 0 }
    return isBroken == 0 && last != Columns.absent
  }

  /// - Parameters:
  ///   - owners: the article of each document, ascending.
  ///   - offset: of the first document in the whole list.
  private static func run(_ owners: UnsafeBufferPointer<UInt32>, from offset: Int) -> Run {
    var run = Run()
    guard let first = owners.first else { return run }
    run.starts = [UInt32](unsafeUninitializedCapacity: owners.count) { starts, startCount in
      run.articles = [UInt32](unsafeUninitializedCapacity: owners.count) { articles, count in
        articles[0] = first
        starts[0] = UInt32(truncatingIfNeeded: offset)
        count = 1
        // Where an article ends cannot be foreseen: every document is written as a beginning, and only a beginning is kept.
        for index in 1..<max(1, owners.count) {
          articles[count] = owners[index]
          starts[count] = UInt32(truncatingIfNeeded: offset &+ index)
          count &+= owners[index] == owners[index &- 1] ? 0 : 1
        }
        startCount = count
      }
    }
    return run
  }

  /// Takes the groups of `documents` from runs one behind the other, the last article of one of which may be the first of the next.
  private mutating func join(_ runs: [Run]) {
    articles = runs.first?.articles ?? []
    starts = runs.first?.starts ?? []
    for run in runs.dropFirst() {
      let known = run.articles.first == articles.last ? 1 : 0
      articles += run.articles.dropFirst(known)
      starts += run.starts.dropFirst(known)
    }
    starts.append(UInt32(documents.count))
  }

  // MARK: Documents that come later than others of their article

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
    join([sorted.withUnsafeBufferPointer { Self.run($0, from: 0) }])
  }
}

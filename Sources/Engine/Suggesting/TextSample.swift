// The texts of a part of the passages that is spread over them, as numbers of words, and every place in them in the order of what stands
// there: what follows some words often is found by halving, without a look at the index. What is rare is not here, or not often enough to
// tell: it is found in the few passages that have it.
//
// The order is that of a suffix array (Manber, Myers), sorted as far as `depth` words. Places with the same words before them lie together,
// and among these those with the same word behind: a run for each word that follows, ascending by the letters that somebody may type.
import TextAnalysis

struct TextSample: Sendable {
  /// Of the index when it was made.
  let revision: UInt64
  /// Passages of the index when it was made.
  let passageCount: Int
  /// The passages that were read.
  let documents: [UInt32]
  let ascendingDocuments: [UInt32]
  let words: SampledWords
  /// By place: the number of its word; 0 behind a part of a passage. Ends in as many of these as anything looks ahead.
  private let text: [UInt32]
  /// By passage: its first place, and the end of the last.
  private let starts: [UInt32]
  /// The places that have a word, by the words from there on.
  private let order: [UInt32]
  /// By word: where its places begin in `order`.
  private let wordStarts: [UInt32]
  /// By so many places: the passage of the first of these.
  private let passageAt: [UInt32]

  /// Words by which places are sorted: the longest tail and what follows it.
  static let depth = TypedTail.longest + 1
  private static let passageStep = 64

  /// Runs of places that a tail may have: one for each way to write it.
  private static let mostRuns = 48
  /// Places that are looked at for what follows: of more, some at equal distances, so that no frequent word is missed.
  private static let mostLooks = 512
  /// Places that are gone through for one count; from these on it is estimated.
  private static let mostCounted = 2048
  /// Passages that are searched for other words.
  static let mostSearched = 96

  /// Bytes of memory.
  var memory: Int {
    4 * (2 * documents.count + text.count + starts.count + order.count + wordStarts.count + passageAt.count) + words.memory
  }

  /// - Parameters:
  ///   - text: each part of a passage followed by a 0.
  ///   - starts: by passage, and the end of the last.
  init(revision: UInt64, passageCount: Int, documents: [UInt32], words: SampledWords, text: [UInt32], starts: [UInt32]) {
    self.revision = revision
    self.passageCount = passageCount
    self.documents = documents
    ascendingDocuments = documents.sorted()
    self.words = words
    self.starts = starts
    self.text = text + [UInt32](repeating: 0, count: Self.depth)
    (order, wordStarts) = Self.sorted(self.text, words.count)
    var passageAt: [UInt32] = []
    var passage = 0
    for place in stride(from: 0, to: max(1, text.count), by: Self.passageStep) {
      while passage + 1 < documents.count, Int(starts[passage + 1]) <= place { passage += 1 }
      passageAt.append(UInt32(passage))
    }
    self.passageAt = passageAt
  }

  private static func sorted(_ text: [UInt32], _ wordCount: Int) -> (order: [UInt32], wordStarts: [UInt32]) {
    var starts = [UInt32](repeating: 0, count: wordCount + 1)
    for word in text where word > 0 { starts[Int(word) + 1] += 1 }
    for word in 1..<(wordCount + 1) { starts[word] += starts[word - 1] }
    var next = starts
    var order = [UInt32](repeating: 0, count: Int(starts[wordCount]))
    for (place, word) in text.enumerated() where word > 0 {
      order[Int(next[Int(word)])] = UInt32(truncatingIfNeeded: place)
      next[Int(word)] += 1
    }
    // Those of one word by the next three, which fit into one number.
    var own: [(next: UInt64, place: UInt32)] = []
    for word in 1..<max(1, wordCount) where starts[word + 1] - starts[word] > 1 {
      let run = Int(starts[word])..<Int(starts[word + 1])
      own.removeAll(keepingCapacity: true)
      for place in order[run] {
        var words: UInt64 = 0
        var isOver = false
        for distance in 1..<depth {
          let word = isOver ? 0 : text[Int(place) + distance]
          isOver = word == 0
          words = words * UInt64(SampledWords.most) + UInt64(word)
        }
        own.append((words, place))
      }
      own.sort { ($0.next, $0.place) < ($1.next, $1.place) }
      for (index, one) in own.enumerated() { order[run.lowerBound + index] = one.place }
    }
    return (order, starts)
  }

  // MARK: What follows

  /// Places of one word behind others.
  struct Follower {
    var word: UInt32
    /// Of `order`, each of a way to write the words before.
    fileprivate(set) var runs: [Range<Int>]
    /// In these.
    var places: Int { runs.reduce(0) { $0 + $1.count } }
    /// How many words stand before it.
    fileprivate let length: Int
  }

  /// The words that can be completions, stand right behind some others and begin with a key, the most frequent first.
  /// - Parameters:
  ///   - tail: by word, its numbers.
  ///   - limit: words at most.
  func followers(behind tail: some Collection<[UInt32]>, beginning wanted: Range<UInt32>, limit: Int) -> [Follower] {
    guard !tail.isEmpty, tail.count < Self.depth, !wanted.isEmpty else { return [] }
    let depth = tail.count
    var found: [UInt32: [Range<Int>]] = [:]
    for run in runs(of: tail) {
      let start = first(in: run, depth) { $0 >= wanted.lowerBound }
      let end = first(in: start..<run.upperBound, depth) { $0 >= wanted.upperBound }
      let step = (end - start + Self.mostLooks - 1) / Self.mostLooks
      var place = start
      var passed = start
      while place < end {
        let word = self.word(place, depth)
        let last = firstBeyond(word, from: place, to: end, depth)
        if word > 0, words.mayComplete(word) {
          let first = place == passed ? place : first(in: passed..<place, depth) { $0 >= word }
          found[word, default: []].append(first..<last)
        }
        passed = last
        place = max(last, place + step)
      }
    }
    return found.map { Follower(word: $0.key, runs: $0.value, length: depth) }
      .sorted { ($1.places, $0.word) < ($0.places, $1.word) }.prefix(limit).map { $0 }
  }

  /// Runs of places where some words begin that stand one right behind the other.
  private func runs(of tail: some Collection<[UInt32]>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (depth, numbers) in tail.enumerated() {
      if depth == 0 {
        runs = numbers.map { Int(wordStarts[Int($0)])..<Int(wordStarts[Int($0) + 1]) }
      } else {
        runs = runs.flatMap { run in
          numbers.map { number in
            let start = first(in: run, depth) { $0 >= number }
            return start..<firstBeyond(number, from: start, to: run.upperBound, depth)
          }
        }
      }
      runs.removeAll { $0.isEmpty }
      if runs.count > Self.mostRuns { runs = Array(runs.sorted { $0.count > $1.count }.prefix(Self.mostRuns)) }
    }
    return runs
  }

  /// The word that stands so many words behind where a place of the order begins.
  @inline(__always)
  private func word(_ index: Int, _ depth: Int) -> UInt32 { text[Int(order[index]) + depth] }

  /// The first in a run of places, or its end, with a word of which something is so, as it is of all behind it.
  @inline(__always)
  private func first(in run: Range<Int>, _ depth: Int, _ isSo: (UInt32) -> Bool) -> Int {
    var low = run.lowerBound
    var high = run.upperBound
    while low < high {
      let middle = (low + high) / 2
      if isSo(word(middle, depth)) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The end of a run of the same word: looked for in ever longer steps, then by halves.
  private func firstBeyond(_ word: UInt32, from start: Int, to end: Int, _ depth: Int) -> Int {
    var low = start
    var step = 1
    while low + step < end, self.word(low + step, depth) <= word {
      low += step
      step *= 2
    }
    return first(in: low..<min(end, low + step), depth) { $0 > word }
  }

  // MARK: Counting

  /// In how many of the passages a word follows others; estimated where it does so very often.
  /// - Parameters:
  ///   - others: by word that must be somewhere in the same passage, its numbers.
  ///   - changed: documents, ascending, that are no longer what they were and do not count.
  func passages(of follower: Follower, having others: [[UInt32]] = [], without changed: [UInt32] = []) -> Int {
    let all = follower.places
    let looked = min(all, Self.mostCounted)
    var seen = DocumentBits(rows: documents.count)
    var found: [Int] = []
    var doubles = 0
    var run = 0
    var before = 0
    for index in 0..<looked {
      let wanted = all == looked ? index : index * all / looked
      while wanted - before >= follower.runs[run].count {
        before += follower.runs[run].count
        run += 1
      }
      let passage = passage(at: Int(order[follower.runs[run].lowerBound + wanted - before]) + follower.length)
      if seen.contains(UInt32(passage)) {
        doubles += 1
      } else {
        seen.insert(UInt32(passage))
        if changed.isEmpty || !isChanged(passage, changed) { found.append(passage) }
      }
    }
    var counted = found.count
    if all > looked {
      // How many places a passage has, by how often two of those looked at are in one: among all, twice as many pairs of neighbours are.
      let perPassage = 1 + 2 * Double(all) * Double(doubles) / (Double(looked) * Double(looked))
      let share = Double(found.count) / Double(max(1, looked - doubles))
      counted = min(documents.count, Int(Double(all) / perPassage * share))
    }
    if others.isEmpty || found.isEmpty { return counted }
    let searched = min(found.count, Self.mostSearched)
    let having = (0..<searched).count { has(found[$0 * found.count / searched], others) }
    return having * counted / searched
  }

  private func isChanged(_ passage: Int, _ changed: [UInt32]) -> Bool {
    let place = changed.partitioningIndex { $0 >= documents[passage] }
    return place < changed.count && changed[place] == documents[passage]
  }

  @inline(__always)
  private func passage(at place: Int) -> Int {
    var passage = Int(passageAt[place / Self.passageStep])
    while passage + 1 < documents.count, Int(starts[passage + 1]) <= place { passage += 1 }
    return passage
  }

  /// Whether each of some words is in a passage.
  private func has(_ passage: Int, _ words: [[UInt32]]) -> Bool {
    words.allSatisfy { numbers in text[Int(starts[passage])..<Int(starts[passage + 1])].contains { numbers.contains($0) } }
  }

  /// In how many of the passages a word stands together with others, looked at in some where it is in many.
  /// - Parameter word: its numbers.
  func passages(of word: [UInt32], beside others: [[UInt32]], without changed: [UInt32] = []) -> Int {
    let runs = word.map { Int(wordStarts[Int($0)])..<Int(wordStarts[Int($0) + 1]) }.filter { !$0.isEmpty }
    guard !runs.isEmpty else { return 0 }
    return passages(of: Follower(word: word[0], runs: runs, length: 0), having: others, without: changed)
  }

  // MARK: Sizes

  /// How many passages of an index so many of those read stand for.
  func estimate(_ passages: Int, of all: Int) -> Int { passages * all / max(1, documents.count) }
}

/// A sample, and what of it is no longer so.
struct KnownSample: Sendable {
  let sample: TextSample
  /// Of its passages, those that were written or removed since, ascending.
  let changed: [UInt32]
}

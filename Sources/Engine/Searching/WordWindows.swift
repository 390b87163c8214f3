// Windows of words: which places of several operands lie near each other. Marking and checking both ask here, so that what is marked is
// what matched.

/// The words, by index, that one operand takes at one place.
struct WordSpan: Sendable, Hashable {
  var first: Int
  var last: Int
}

struct WordWindows {
  /// Words of a window beyond those that the operands take themselves.
  let reach: Int
  /// Whether the operands have to come in their order.
  let ordered: Bool

  /// Combinations that are looked at in one passage.
  private static let most = 50_000

  /// Choices of one span of each operand that lie within the window, as indices into the operands: all of them, or where these are too
  /// many, enough that each span that is in any choice is in one of these.
  /// - Parameter operands: spans in the order of their first words.
  func choices(_ operands: [[WordSpan]]) -> [[Int]] {
    guard !operands.isEmpty, operands.allSatisfy({ !$0.isEmpty }) else { return [] }
    var found: [[Int]] = []
    var all = Search(window: self, operands: operands)
    _ = all.extend {
      found.append($0)
      return true
    }
    if all.steps <= Self.most { return found }
    var seen = operands.indices.map { operand in Set(found.map { $0[operand] }) }
    for (operand, spans) in operands.enumerated() {
      for index in spans.indices where !seen[operand].contains(index) {
        // Only what can share a window with this span.
        let near = operands.indices.map { $0 == operand ? index..<(index + 1) : all.range(of: $0, around: spans[index]) }
        var search = Search(window: self, operands: zip(operands, near).map { Array($0[$1]) })
        _ = search.extend { choice in
          let choice = zip(choice, near).map { $0 + $1.lowerBound }
          for (other, chosen) in choice.enumerated() { seen[other].insert(chosen) }
          found.append(choice)
          return false
        }
      }
    }
    return found
  }

  /// Whether there is any choice.
  func isPossible(_ operands: [[WordSpan]]) -> Bool {
    guard !operands.isEmpty, operands.allSatisfy({ !$0.isEmpty }) else { return false }
    var found = false
    var search = Search(window: self, operands: operands)
    _ = search.extend { _ in
      found = true
      return false
    }
    return found || search.steps > Self.most && !choices(operands).isEmpty
  }

  private struct Search {
    let window: WordWindows
    let operands: [[WordSpan]]
    /// What the operands from this one on can take themselves at most: it may yet fill what now looks too wide.
    let room: [Int]
    var chosen: [Int] = []
    var spans: [WordSpan] = []
    var steps = 0

    init(window: WordWindows, operands: [[WordSpan]]) {
      self.window = window
      self.operands = operands
      var room = [0]
      for spans in operands.reversed() { room.append((room.last ?? 0) + (spans.map { $0.last - $0.first }.max() ?? 0)) }
      self.room = room.reversed()
    }

    /// The spans of an operand that can share a window with another one's span, as indices: spans begin in order, and those that begin
    /// farther away than the widest window are left out.
    func range(of operand: Int, around span: WordSpan) -> Range<Int> {
      let widest = window.reach + (room.first ?? 0)
      let low = first(of: operand, from: span.last - widest)
      return low..<max(low, first(of: operand, from: span.first + widest + 1))
    }

    private func first(of operand: Int, from word: Int) -> Int {
      var low = 0
      var high = operands[operand].count
      while low < high {
        let middle = (low + high) / 2
        if operands[operand][middle].first < word { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// False when there is nothing more to look for.
    mutating func extend(_ body: ([Int]) -> Bool) -> Bool {
      steps += 1
      if steps > WordWindows.most { return false }
      if chosen.count == operands.count { return body(chosen) }
      let candidates = operands[chosen.count]
      for index in spans.last.map({ range(of: chosen.count, around: $0) }) ?? candidates.indices {
        let span = candidates[index]
        if let before = spans.last {
          if window.ordered, span.first <= before.last { continue }
          if spans.contains(where: { $0.first <= span.last && span.first <= $0.last }) { continue }
          if !fits(span) { continue }
        }
        chosen.append(index)
        spans.append(span)
        let goesOn = extend(body)
        chosen.removeLast()
        spans.removeLast()
        if !goesOn { return false }
      }
      return true
    }

    /// Only the words between the operands count, not those that they take.
    private func fits(_ span: WordSpan) -> Bool {
      var first = span.first
      var last = span.last
      var own = span.last - span.first
      for other in spans {
        first = min(first, other.first)
        last = max(last, other.last)
        own += other.last - other.first
      }
      return last - first - own <= window.reach + room[chosen.count + 1]
    }
  }
}

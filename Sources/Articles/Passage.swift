// A passage and the way back from its searched text to the article: what is searched leaves out markers, markup and labelled
// lines, and the offset map tells where each byte of it stands in the article.
import TextAnalysis

/// A contiguous run of an article's text, indexed and ranked by itself.
package struct Passage: Sendable {
  /// The heading it stands under.
  package var heading: String?
  /// Bytes in the article's text, half open.
  package var start: Int
  package var end: Int
  /// The line of `start`, counted from 1.
  package var line: Int
  package var language: Language
  /// What is searched: the article's bytes from `start` to `end` without what was cut.
  package var text: [UInt8]
  /// From bytes of `text` to bytes of the article's text.
  package var offsets: OffsetMap

  package init(
    heading: String? = nil, start: Int, end: Int, line: Int, language: Language = .undetermined, text: [UInt8], offsets: OffsetMap
  ) {
    self.heading = heading
    self.start = start
    self.end = end
    self.line = line
    self.language = language
    self.text = text
    self.offsets = offsets
  }
}

/// Maps a byte of a passage's text to the byte of the article's text that it was copied from.
package struct OffsetMap: Sendable, Equatable {
  /// From `cleaned` on, up to the next run, article offset = cleaned offset + shift.
  package struct Run: Sendable, Equatable {
    package var cleaned: Int
    package var shift: Int

    package init(cleaned: Int, shift: Int) {
      self.cleaned = cleaned
      self.shift = shift
    }
  }

  /// Ascending by `cleaned`, the first at 0.
  package private(set) var runs: [Run]

  /// The map of a passage without cuts that starts at `start` in the article.
  package init(start: Int) {
    runs = [Run(cleaned: 0, shift: start)]
  }

  /// Rebuilds a stored map; nil unless the runs start at 0 and ascend.
  package init?(runs: [Run]) {
    guard let first = runs.first, first.cleaned == 0 else { return nil }
    for (a, b) in zip(runs, runs.dropFirst()) where a.cleaned >= b.cleaned || a.shift > b.shift { return nil }
    self.runs = runs
  }

  /// Notes that the bytes from `cleaned` on were copied from `article` on. Calls come in ascending order.
  package mutating func append(cleaned: Int, article: Int) {
    let shift = article - cleaned
    guard let last = runs.last, last.shift != shift else { return }
    if last.cleaned == cleaned {
      runs[runs.count - 1].shift = shift
    } else {
      runs.append(Run(cleaned: cleaned, shift: shift))
    }
  }

  /// Forgets the runs that begin at or after `length`, when the text was shortened to it.
  mutating func truncate(to length: Int) {
    while runs.count > 1, let last = runs.last, last.cleaned >= length { runs.removeLast() }
  }

  /// The article offset of the byte at `cleaned`.
  package func articleOffset(_ cleaned: Int) -> Int {
    cleaned + runs[index(of: cleaned)].shift
  }

  /// The article range that a range of the passage's text covers: it ends after its last byte, not after a cut that follows.
  package func articleRange(_ range: Range<Int>) -> Range<Int> {
    let start = articleOffset(range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<(articleOffset(range.upperBound - 1) + 1)
  }

  /// The offset in the passage's text of an article byte; for a byte that was cut, of the next one that was kept.
  package func cleanedOffset(_ article: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].cleaned + runs[middle].shift <= article { low = middle } else { high = middle }
    }
    let offset = article - runs[low].shift
    guard low + 1 < runs.count else { return max(0, offset) }
    return max(0, min(offset, runs[low + 1].cleaned))
  }

  private func index(of cleaned: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].cleaned <= cleaned { low = middle } else { high = middle }
    }
    return low
  }
}

// From every place that a rule found to the marks that are shown: in order, none inside or across another, and no matched word without.
import TextAnalysis

enum MarkMerging {
  /// Merges what overlaps. Where a word of the query and the name of an actor cover the same bytes the word stays, since it is what was
  /// typed; a name that goes beyond the word takes its place.
  /// - Parameter finds: ordered by start; at the same start words before actors, longer ones first.
  static func merged(_ finds: [PassageMark], _ words: WordStream) -> [PassageMark] {
    var kept: [PassageMark] = []
    kept.reserveCapacity(finds.count)
    for mark in finds {
      guard let last = kept.last, mark.start < last.end else {
        kept.append(mark)
        continue
      }
      if mark.end <= last.end { continue }
      if mark.entity == last.entity {
        kept[kept.count - 1].end = mark.end
      } else if mark.entity != nil, last.entity == nil, mark.start == last.start {
        kept[kept.count - 1] = mark
      } else {
        var rest = mark
        rest.start = start(ofRest: last.end..<mark.end, words)
        kept.append(rest)
      }
    }
    return kept
  }

  /// The first word within a range, or, where that lies inside a bigram, its beginning.
  private static func start(ofRest range: Range<Int>, _ words: WordStream) -> Int {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if Int(words.words[middle].start) >= range.lowerBound { high = middle } else { low = middle + 1 }
    }
    guard low < words.count, Int(words.words[low].start) < range.upperBound else { return range.lowerBound }
    return Int(words.words[low].start)
  }
}

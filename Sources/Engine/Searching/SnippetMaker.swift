// Snippets of a passage: the stretches that show most of what was asked for, whole sentences where they fit.
import ArasAPI
import TextAnalysis

struct SnippetMaker {
  let passage: PassageRecord
  let words: WordStream
  /// In the order of the text.
  let marks: [PassageMark]
  let options: SnippetOptions

  /// A stretch of the passage's text, in bytes.
  private struct Fragment {
    var range: Range<Int>
    var score: Double
  }

  func snippets() -> [Snippet] {
    guard options.count > 0, !passage.text.isEmpty else { return [] }
    let chosen = choose(fragments())
    return chosen.map(snippet)
  }

  /// The passage cut into fragments of at most the asked length: sentences, joined while they fit and cut between words where they do not.
  private func fragments() -> [Range<Int>] {
    if passage.text.count <= options.length { return [trimmed(0..<passage.text.count)] }
    let sentences =
      options.boundary == .sentence
      ? passage.text.withUnsafeBufferPointer { Sentences.split($0) } : [0..<passage.text.count]
    return sentences.flatMap { pieces(trimmed($0)) }.filter { !$0.isEmpty }
  }

  /// A sentence that is too long becomes windows of the asked length: around its marks first, so that none of them is cut off.
  private func pieces(_ sentence: Range<Int>) -> [Range<Int>] {
    guard sentence.count > options.length else { return [sentence] }
    let inside = marks.filter { sentence.contains($0.start) }
    guard let first = inside.first else { return [window(sentence, from: sentence.lowerBound)] }
    var found: [Range<Int>] = []
    var next = first.start
    for mark in inside where mark.start >= next {
      // Some words before the mark, so that it can be read.
      let start = max(sentence.lowerBound, found.last?.upperBound ?? 0, mark.start - options.length / 4)
      let piece = window(sentence, from: start)
      found.append(piece)
      next = max(piece.upperBound, mark.end)
    }
    return found
  }

  /// Whole words from about `start` on, up to the asked length; never less than one word.
  private func window(_ sentence: Range<Int>, from start: Int) -> Range<Int> {
    var begin = sentence.lowerBound
    if start > sentence.lowerBound {
      begin = words.words.first { Int($0.start) >= start }.map { Int($0.start) } ?? start
    }
    begin = min(begin, sentence.upperBound)
    if sentence.upperBound - begin <= options.length {
      return trimmed(begin..<sentence.upperBound)
    }
    var end = begin
    for word in words.words where Int(word.start) >= begin && Int(word.end) <= sentence.upperBound {
      if Int(word.end) - begin > options.length, end > begin { break }
      end = max(end, Int(word.end))
    }
    if end == begin { end = sentence.upperBound }
    return trimmed(begin..<end)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = min(range.upperBound, passage.text.count)
    while low < high, passage.text[low] <= 0x20 { low += 1 }
    while high > low, passage.text[high - 1] <= 0x20 { high -= 1 }
    return low..<high
  }

  /// The best fragments, each next one counted by what it shows that the ones before it do not; in the order of the text.
  private func choose(_ all: [Range<Int>]) -> [Range<Int>] {
    guard let lead = all.first else { return [] }
    var rest = all.map { range in (range: range, marks: marks.filter { range.lowerBound <= $0.start && $0.end <= range.upperBound }) }
      .filter { !$0.marks.isEmpty }
    guard !rest.isEmpty else { return [lead] }
    var shown: Set<Int> = []
    var chosen: [Range<Int>] = []
    while chosen.count < options.count, !rest.isEmpty {
      let scored = rest.map { candidate -> Double in
        let rules = Set(candidate.marks.map(\.rule))
        let span = Double((candidate.marks.last?.end ?? 0) - (candidate.marks.first?.start ?? 0) + 1)
        return Double(rules.subtracting(shown).count) * 10 + Double(rules.count) + Double(min(candidate.marks.count, 8)) * 0.25
          + (rules.count > 1 ? 20 / (20 + span) : 0)
      }
      guard let best = scored.indices.max(by: { scored[$0] < scored[$1] || (scored[$0] == scored[$1] && $0 > $1) }) else { break }
      // After everything is shown, more fragments say little: they come only while they add a mark.
      shown.formUnion(rest[best].marks.map(\.rule))
      chosen.append(rest[best].range)
      rest.remove(at: best)
    }
    return chosen.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func snippet(_ range: Range<Int>) -> Snippet {
    let start = passage.articleOffset(range.lowerBound)
    let end = range.isEmpty ? start : passage.articleOffset(range.upperBound - 1) + 1
    let inside = marks.filter { range.lowerBound <= $0.start && $0.end <= range.upperBound }
    return Snippet(
      text: String(decoding: passage.text[range], as: UTF8.self), start: start, end: end,
      line: passage.line + passage.text[..<range.lowerBound].count { $0 == 0x0A },
      marks: inside.map {
        Mark(
          start: $0.start - range.lowerBound, end: $0.end - range.lowerBound, kind: $0.entity == nil ? .term : .actor, id: $0.entity)
      })
  }
}

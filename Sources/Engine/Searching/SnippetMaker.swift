// Snippets of a passage: the stretches that show most of what was asked for, whole sentences where they fit.
//
// A snippet's text is the passage's own, byte for byte, with offsets to cite it by. No ellipsis and no markup is put into it: whether the
// passage goes on is said beside it, and the marks are offsets.
import ArasAPI
import TextAnalysis

/// Makes the snippets of one search, passage after passage. One per thread.
struct SnippetMaker {
  private let options: SnippetOptions
  private let analyzer: Analyzer
  private let view: DatabaseView
  private let weights: [Double]
  private var marker: Marker
  private var words = WordStream()
  /// The text of the article that lines were last counted in.
  private var article: (id: String, text: [UInt8])?

  /// - Parameter rules: what to mark, as the planner left it; without any, a passage is shown from its beginning.
  init(_ rules: [MarkRule], options: SnippetOptions, analyzer: Analyzer, view: DatabaseView) {
    self.options = options
    self.analyzer = analyzer
    self.view = view
    weights = options.count > 0 ? view.ofWhole { MarkRarity.weights(of: rules, in: $0) } : []
    marker = Marker(rules)
  }

  /// At most `options.count` snippets in the order of the text; none of a passage without text.
  mutating func snippets(of passage: PassageRecord) -> [Snippet] {
    let whole = TextEdges.trimmed(passage.text, 0..<passage.text.count)
    guard options.count > 0, !whole.isEmpty else { return [] }
    words.removeAll()
    var finds: [PassageMark] = []
    if !weights.isEmpty {
      analyze(passage)
      finds = marker.finds(words, in: passage)
    }
    let marks = MarkMerging.merged(finds, words)
    return fragments(of: passage, whole, finds).map { snippet($0, passage, marks, whole) }
  }

  private mutating func analyze(_ passage: PassageRecord) {
    passage.text.withUnsafeBufferPointer { analyzer.analyze($0, language: Language(rawValue: passage.language), into: &words) }
  }

  private mutating func fragments(of passage: PassageRecord, _ whole: Range<Int>, _ finds: [PassageMark]) -> [Range<Int>] {
    if whole.count <= options.length { return [whole] }
    let units = options.boundary == .sentence ? Sentences.split(passage.text) : [whole]
    // Words are needed where a sentence has to be cut, too.
    if words.isEmpty, let first = units.first, first.count > options.length { analyze(passage) }
    return passage.text.withUnsafeBufferPointer { text in
      var chooser = FragmentChooser(
        edges: TextEdges(text: text, words: words.words), units: units, finds: finds, weights: weights, count: options.count,
        length: options.length)
      return chooser.choose()
    }
  }

  private mutating func snippet(_ range: Range<Int>, _ passage: PassageRecord, _ marks: [PassageMark], _ whole: Range<Int>) -> Snippet {
    let place = passage.articleRange(range)
    var shown: [Mark] = []
    for mark in marks where mark.start < range.upperBound && mark.end > range.lowerBound {
      guard let inside = wholeWords(of: mark, in: range) else { continue }
      shown.append(
        Mark(
          start: inside.lowerBound - range.lowerBound, end: inside.upperBound - range.lowerBound, kind: mark.entity == nil ? .term : .actor,
          id: mark.entity))
    }
    return Snippet(
      text: String(decoding: passage.text[range], as: UTF8.self), start: place.lowerBound, end: place.upperBound,
      line: line(of: range.lowerBound, place.lowerBound, passage), marks: shown, moreBefore: range.lowerBound > whole.lowerBound,
      moreAfter: range.upperBound < whole.upperBound, cuts: passage.cuts(in: range))
  }

  /// A mark, or the whole words of it that lie in a range.
  private func wholeWords(of mark: PassageMark, in range: Range<Int>) -> Range<Int>? {
    if range.lowerBound <= mark.start, mark.end <= range.upperBound { return mark.start..<mark.end }
    var inside: Range<Int>?
    for word in words.words where Int(word.start) >= max(mark.start, range.lowerBound) && Int(word.end) <= min(mark.end, range.upperBound) {
      inside = (inside?.lowerBound ?? Int(word.start))..<max(inside?.upperBound ?? 0, Int(word.end))
    }
    return inside
  }

  // MARK: Lines

  /// The line of the article that a byte of the passage stands in.
  private mutating func line(of offset: Int, _ place: Int, _ passage: PassageRecord) -> Int {
    guard passage.mayCutLines(before: offset) else { return passage.line + passage.text[..<offset].count { $0 == 0x0A } }
    // Between joined paragraphs more lines can be left out than the passage tells: they are counted in the article.
    if article?.id != passage.article {
      article = view.articleText(passage.article).map { (passage.article, $0) }
    }
    guard let text = article?.text, passage.start <= place, place <= text.count else {
      return passage.line + passage.text[..<offset].count { $0 == 0x0A }
    }
    return passage.line + text[passage.start..<place].count { $0 == 0x0A }
  }
}

extension PassageRecord {
  /// A link's address or a row of emphasis is shorter than this; what is longer can be lines.
  private static let longestInline = 100

  /// What the article has inside a range of the passage's text and the passage has not.
  fileprivate func cuts(in range: Range<Int>) -> [SnippetCut] {
    var cuts: [SnippetCut] = []
    for (before, run) in zip(shifts, shifts.dropFirst()) where run.at > range.lowerBound && run.at < range.upperBound {
      cuts.append(SnippetCut(at: run.at - range.lowerBound, start: run.at + before.shift, end: run.at + run.shift))
    }
    return cuts
  }

  /// Whether line ends of the article may be missing from the passage's text up to an offset.
  fileprivate func mayCutLines(before offset: Int) -> Bool {
    zip(shifts, shifts.dropFirst()).contains { before, run in
      run.at <= offset && run.at > 0 && run.at <= text.count
        && (text[run.at - 1] == 0x0A || run.shift - before.shift > Self.longestInline)
    }
  }
}

// Snippets of a passage: the stretches that show most of what was asked for, whole sentences where they fit.
//
// A snippet's text is the passage's own, byte for byte, with offsets to cite it by. No ellipsis and no markup is put into it: whether the
// passage goes on is said beside it, and the marks are offsets.
import ArasAPI
import TextAnalysis

/// A passage as snippets are cut from it. Its words and sentences are found when they are first asked for, once however many queries ask.
/// Confined to one thread.
final class PassageText {
  let record: PassageRecord
  /// The text without blanks around it.
  let whole: Range<Int>
  private let analyzer: Analyzer
  private let wanted: FirstLetters?
  private(set) lazy var words = analyzer.analyze(record.text, language: Language(rawValue: record.language), wanted: wanted)
  private(set) lazy var sentences = Sentences.split(record.text)

  /// - Parameter wanted: the first letters of the terms that are looked for, where it is known that no others are.
  init(_ record: PassageRecord, _ analyzer: Analyzer, wanted: FirstLetters? = nil) {
    self.record = record
    self.analyzer = analyzer
    self.wanted = wanted
    whole = TextEdges.trimmed(record.text, 0..<record.text.count)
  }
}

/// Makes the snippets of one search, passage after passage. One per thread.
struct SnippetMaker {
  private let options: SnippetOptions
  private let weights: [Double]
  private var marker: Marker
  /// Of the terms that are to be marked.
  var wanted: FirstLetters { marker.wanted }
  /// The text of an article, by its id.
  private let articleText: (String) -> [UInt8]?
  /// The text of the article that lines were last counted in.
  private var article: (id: String, text: [UInt8])?

  /// - Parameters:
  ///   - rules: what to mark, as the planner left it; without any, a passage is shown from its beginning.
  ///   - weights: what each rule counts, as `MarkRarity` has it.
  ///   - articleText: the text of an article, by its id.
  init(_ rules: [MarkRule], weights: [Double], options: SnippetOptions, articleText: @escaping (String) -> [UInt8]?) {
    self.options = options
    self.weights = options.count > 0 ? weights : []
    self.articleText = articleText
    marker = Marker(rules)
  }

  /// Of what a search over a view found.
  init(_ rules: [MarkRule], options: SnippetOptions, view: DatabaseView) {
    let weights = options.count > 0 ? view.ofWhole { MarkRarity.weights(of: rules, in: $0) } : []
    self.init(rules, weights: weights, options: options) { view.articleText($0) }
  }

  /// At most `options.count` snippets in the order of the text; none of a passage without text.
  mutating func snippets(of text: PassageText) -> [Snippet] {
    guard options.count > 0, !text.whole.isEmpty else { return [] }
    let finds = weights.isEmpty ? [] : marker.finds(text.words, in: text.record)
    let marks = finds.isEmpty ? [] : MarkMerging.merged(finds, text.words)
    return fragments(of: text, finds).map { snippet($0, text, marks) }
  }

  private func fragments(of passage: PassageText, _ finds: [PassageMark]) -> [Range<Int>] {
    if passage.whole.count <= options.length { return [passage.whole] }
    let units = options.boundary == .sentence ? passage.sentences : [passage.whole]
    // Without anything to mark, words are needed only where a sentence has to be cut.
    let needsWords = !weights.isEmpty || units.first.map { $0.count > options.length } ?? false
    let words = needsWords ? passage.words.words : []
    return passage.record.text.withUnsafeBufferPointer { text in
      var chooser = FragmentChooser(
        edges: TextEdges(text: text, words: words), units: units, finds: finds, weights: weights, count: options.count,
        length: options.length)
      return chooser.choose()
    }
  }

  private mutating func snippet(_ range: Range<Int>, _ text: PassageText, _ marks: [PassageMark]) -> Snippet {
    let passage = text.record
    let place = passage.offsets.articleRange(range)
    var shown: [Mark] = []
    for mark in marks where mark.start < range.upperBound && mark.end > range.lowerBound {
      guard let inside = Self.wholeWords(of: mark, in: range, text) else { continue }
      shown.append(
        Mark(
          start: inside.lowerBound - range.lowerBound, end: inside.upperBound - range.lowerBound, kind: mark.entity == nil ? .term : .actor,
          id: mark.entity))
    }
    return Snippet(
      text: String(decoding: passage.text[range], as: UTF8.self), start: place.lowerBound, end: place.upperBound,
      line: line(of: range.lowerBound, place.lowerBound, passage), marks: shown,
      moreBefore: range.lowerBound > text.whole.lowerBound,
      moreAfter: range.upperBound < text.whole.upperBound, cuts: passage.cuts(in: range))
  }

  /// A mark, or the whole words of it that lie in a range.
  private static func wholeWords(of mark: PassageMark, in range: Range<Int>, _ text: PassageText) -> Range<Int>? {
    if range.lowerBound <= mark.start, mark.end <= range.upperBound { return mark.start..<mark.end }
    var inside: Range<Int>?
    for word in text.words.words
    where Int(word.start) >= max(mark.start, range.lowerBound) && Int(word.end) <= min(mark.end, range.upperBound) {
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
      article = articleText(passage.article).map { (passage.article, $0) }
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
    for (before, run) in zip(offsets.runs, offsets.runs.dropFirst())
    where run.cleaned > range.lowerBound && run.cleaned < range.upperBound {
      cuts.append(SnippetCut(at: run.cleaned - range.lowerBound, start: run.cleaned + before.shift, end: run.cleaned + run.shift))
    }
    return cuts
  }

  /// Whether line ends of the article may be missing from the passage's text up to an offset.
  fileprivate func mayCutLines(before offset: Int) -> Bool {
    zip(offsets.runs, offsets.runs.dropFirst()).contains { before, run in
      run.cleaned <= offset && run.cleaned > 0 && run.cleaned <= text.count
        && (text[run.cleaned - 1] == 0x0A || run.shift - before.shift > Self.longestInline)
    }
  }
}

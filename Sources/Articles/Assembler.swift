// The common end of every format: zones, metadata, cuts, language, passages, flags.
import TextAnalysis

enum Assembler {
  static func article(of draft: Draft, options: ExtractionOptions) -> Article {
    draft.text.withUnsafeBufferPointer { bytes in
      article(of: draft, bytes: bytes, options: options)
    }
  }

  private static func article(of draft: Draft, bytes: UnsafeBufferPointer<UInt8>, options: ExtractionOptions) -> Article {
    var zones = Zones(draft, bytes: bytes, options: options)
    zones.decide()
    let decided = zones.draft
    var removed = decided.removed
    for block in decided.blocks {
      guard case .removed(let label, let reason) = block.role else { continue }
      removed.append(RemovedSpan(start: block.start, end: block.end, line: block.line, label: label, reason: reason))
    }
    var markers: [String: Int] = [:]
    let cuts = cuts(decided, bytes: bytes, removed: &removed, markers: &markers)
    var passages = PassageBuilder(bytes: bytes, options: options).passages(of: decided.blocks, cuts: cuts)
    if passages.isEmpty, draft.mode == .record || removed.isEmpty { passages = wholeText(decided, bytes: bytes, options: options) }
    let language = tellLanguage(&passages, metadata: decided.metadata, options: options)

    var article = Article(kind: draft.kind, text: [])
    article.key = draft.key
    article.text = draft.text
    article.title = decided.metadata.title
    article.date = decided.metadata.date
    article.authors = decided.metadata.authors
    article.publisher = decided.metadata.publisher
    article.publisherShort = decided.metadata.publisherShort
    article.url = decided.metadata.url
    article.keywords = decided.metadata.keywords
    article.sources = decided.metadata.sources
    article.language = language
    article.passages = passages
    article.removed = removed.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    article.markers = markers
    article.quality = flags(article, zones.flags)
    return article
  }

  // MARK: Cuts

  private static func cuts(
    _ draft: Draft, bytes: UnsafeBufferPointer<UInt8>, removed: inout [RemovedSpan], markers: inout [String: Int]
  ) -> [Range<Int>] {
    var cuts: [Range<Int>] = []
    let lastBody = draft.blocks.lastIndex { $0.role == .body }
    for (index, block) in draft.blocks.enumerated() where block.role == .body {
      var inBlock = block.cuts
      if block.kind != .code {
        var line = block.line
        var counted = block.start
        for cut in Cuts.markers(in: bytes, block.range) {
          inBlock.append(cut.range)
          markers[cut.marker, default: 0] += 1
          line += (counted..<cut.range.lowerBound).count { bytes[$0] == 0x0A }
          counted = cut.range.lowerBound
          removed.append(
            RemovedSpan(start: cut.range.lowerBound, end: cut.range.upperBound, line: line, label: "marker", reason: "a citation marker"))
        }
        if index == lastBody, draft.mode == .document, let start = Cuts.callToAction(in: bytes, block.range) {
          inBlock.append(start..<block.end)
          let line = block.line + (block.start..<start).count { bytes[$0] == 0x0A }
          removed.append(
            RemovedSpan(
              start: start, end: block.end, line: line, label: "call-to-action",
              reason: "sentences at the end that ask the reader to comment, follow or read on"))
        }
      }
      cuts += normalised(inBlock)
    }
    return cuts
  }

  /// Ascending and without overlaps.
  private static func normalised(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) where !range.isEmpty {
      if let last = out.last, last.upperBound >= range.lowerBound {
        out[out.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        out.append(range)
      }
    }
    return out
  }

  /// One passage of all that has letters, when the rules left nothing: a note that is only a title must be found too.
  private static func wholeText(_ draft: Draft, bytes: UnsafeBufferPointer<UInt8>, options: ExtractionOptions) -> [Passage] {
    var blocks = draft.blocks
    for index in blocks.indices { blocks[index].role = .body }
    return PassageBuilder(bytes: bytes, options: options).passages(of: blocks, cuts: [])
  }

  // MARK: Language

  private static func tellLanguage(_ passages: inout [Passage], metadata: Metadata, options: ExtractionOptions) -> Language {
    let hint = metadata.language ?? options.language
    var sample: [UInt8] = []
    for passage in passages where sample.count < 6000 {
      sample += passage.text.prefix(2000)
      sample.append(0x0A)
    }
    if passages.isEmpty, let title = metadata.title { sample = Array(title.utf8) }
    guard !sample.isEmpty else { return hint ?? .undetermined }
    let (found, confidence) = sample.withUnsafeBufferPointer { LanguageDetector.detect(validPrefix($0), hint: hint) }
    // What the document says of itself holds unless the text plainly says otherwise.
    var main = found
    if let hint, found != hint, found == .undetermined || confidence < 0.9 || sample.count < 120 { main = hint }
    for index in passages.indices {
      passages[index].language = main
      guard passages.count > 1, passages[index].text.count >= 80 else { continue }
      let (language, confidence) = passages[index].text.withUnsafeBufferPointer { bytes in
        LanguageDetector.detect(validPrefix(UnsafeBufferPointer(rebasing: bytes.prefix(2000))), hint: main)
      }
      if language != .undetermined, confidence >= 0.8 { passages[index].language = language }
    }
    return main
  }

  /// Without a scalar that the cut left unfinished.
  private static func validPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end = bytes.count
    var back = 0
    while end > 0, back < 3, bytes[end - 1] & 0xC0 == 0x80 {
      end -= 1
      back += 1
    }
    guard end > 0, bytes[end - 1] >= 0xC0 else { return bytes }
    let needed = bytes[end - 1] >= 0xF0 ? 3 : bytes[end - 1] >= 0xE0 ? 2 : 1
    return back == needed ? bytes : UnsafeBufferPointer(rebasing: bytes[..<(end - 1)])
  }

  // MARK: Flags

  private static func flags(_ article: Article, _ found: Set<String>) -> [String] {
    var flags = found
    if article.date == nil { flags.insert("no-date") }
    if article.authors.isEmpty { flags.insert("no-author") }
    if !article.markers.isEmpty { flags.insert("markers") }
    if Quality.hasPromptArtefact(article.passages, markers: article.markers) { flags.insert("prompt-artefact") }
    if Quality.hasUnattributedQuotations(article.passages, title: article.title) { flags.insert("unattributed-quotes") }
    if !Quality.hasWords(50, in: article.passages) { flags.insert("very-short") }
    let others = article.passages.count { $0.language != article.language && $0.language != .undetermined }
    if others > 0, others * 5 >= article.passages.count { flags.insert("mixed-language") }
    return flags.sorted()
  }
}

// From the blocks of the body to passages: a paragraph is a passage, short ones are joined to their neighbour under the same
// heading, long ones are split at sentence ends into near-equal parts. Every step is linear in the text.
import TextAnalysis

/// A piece of a block on its way into a passage.
struct Piece {
  var range: Range<Int>
  var line: Int
  var words: Int
  var block: Int
}

struct PassageBuilder {
  let bytes: UnsafeBufferPointer<UInt8>
  let options: ExtractionOptions

  /// A run without a sentence end or a blank is cut at this many bytes.
  static let longestRun = 4000

  /// Makes the passages of body blocks; `cuts` are ascending ranges of the text that no passage holds.
  func passages(of blocks: [Block], cuts: [Range<Int>]) -> [Passage] {
    var passages: [Passage] = []
    var heading: String?
    var pending: String?
    var pieces: [Piece] = []
    let labeler = Labeler(bytes: bytes)
    var cutIndex = 0
    func close() {
      for group in merged(pieces) {
        if let passage = passage(of: group, heading: heading, cuts: cuts, from: &cutIndex) { passages.append(passage) }
      }
      pieces.removeAll(keepingCapacity: true)
    }
    var skip = 0
    for (index, block) in blocks.enumerated() {
      switch block.role {
      case .heading:
        if !pieces.isEmpty || pending == nil {
          close()
          pending = nil
        }
        let text = labeler.text(of: block)
        // A heading right under another one stands for both.
        heading = pending.map { "\($0): \(text)" } ?? text
        pending = heading
      case .body:
        pending = nil
        while skip < cuts.count, cuts[skip].upperBound <= block.start { skip += 1 }
        pieces += split(block, index: index, cuts: cuts, from: skip)
      default: break
      }
    }
    close()
    return passages
  }

  // MARK: Splitting

  private func split(_ block: Block, index: Int, cuts: [Range<Int>], from cut: Int) -> [Piece] {
    var end = block.end
    // A cut at the end of the block shortens it.
    var at = cut
    while at < cuts.count, cuts[at].lowerBound < block.end {
      if cuts[at].upperBound >= block.end { end = max(block.start, cuts[at].lowerBound) }
      at += 1
    }
    let range = PlainTextReader.trim(bytes, block.start..<end)
    guard !range.isEmpty else { return [] }
    let words = range == block.range ? block.statistics.words : BlockStatistics(bytes, range).words
    let tooLong = options.longestPassage
    guard words > tooLong || range.count > max(Self.longestRun, tooLong * 40) else {
      return [Piece(range: range, line: block.line, words: words, block: index)]
    }
    var parts: [Range<Int>] = []
    for sentence in Sentences.split(UnsafeBufferPointer(rebasing: bytes[range])) {
      let shifted = (sentence.lowerBound + range.lowerBound)..<(sentence.upperBound + range.lowerBound)
      chop(PlainTextReader.trim(bytes, shifted), into: &parts)
    }
    return joined(parts, total: words, block: block, index: index)
  }

  /// Adds a sentence, cut at blanks when it is longer than a passage may be.
  private func chop(_ sentence: Range<Int>, into parts: inout [Range<Int>]) {
    guard !sentence.isEmpty else { return }
    if sentence.count <= Self.longestRun, BlockStatistics(bytes, sentence).words <= options.longestPassage {
      parts.append(sentence)
      return
    }
    var start = sentence.lowerBound
    var blank: Int?
    var blanks = 0
    var i = start
    while i < sentence.upperBound {
      let byte = bytes[i]
      if byte == 0x20 || byte == 0x0A || byte == 0x09 {
        blank = i
        blanks += 1
      }
      if blanks >= options.longestPassage || i - start >= Self.longestRun {
        var cut = i
        if let blank, blank > start {
          cut = blank
        } else {
          while cut > start + 1, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        }
        let part = PlainTextReader.trim(bytes, start..<cut)
        if !part.isEmpty { parts.append(part) }
        start = cut
        blank = nil
        blanks = 0
        i = cut
      }
      i += 1
    }
    let part = PlainTextReader.trim(bytes, start..<sentence.upperBound)
    if !part.isEmpty { parts.append(part) }
  }

  /// Joins sentences to parts of near-equal length, none above the longest.
  private func joined(_ sentences: [Range<Int>], total: Int, block: Block, index: Int) -> [Piece] {
    var pieces: [Piece] = []
    let parts = max(1, (total + options.longestPassage - 1) / options.longestPassage)
    let target = max(1, total / parts)
    var line = block.line
    var counted = block.start
    for sentence in sentences {
      let words = BlockStatistics(bytes, sentence).words
      if let last = pieces.last, last.words + words / 2 < target || last.words == 0, last.words + words <= options.longestPassage,
        sentence.upperBound - last.range.lowerBound <= Self.longestRun * 2
      {
        pieces[pieces.count - 1].range = last.range.lowerBound..<sentence.upperBound
        pieces[pieces.count - 1].words += words
      } else {
        line += newlines(counted..<sentence.lowerBound)
        counted = sentence.lowerBound
        pieces.append(Piece(range: sentence, line: line, words: words, block: index))
      }
    }
    return pieces
  }

  private func newlines(_ range: Range<Int>) -> Int {
    range.count { bytes[$0] == 0x0A }
  }

  // MARK: Merging

  private func merged(_ pieces: [Piece]) -> [ArraySlice<Piece>] {
    var groups: [ArraySlice<Piece>] = []
    var start = pieces.startIndex
    var words = 0
    var i = pieces.startIndex
    while i < pieces.endIndex {
      if i > start, words >= options.shortestPassage || words + pieces[i].words > options.longestPassage {
        groups.append(pieces[start..<i])
        start = i
        words = 0
      }
      words += pieces[i].words
      i += 1
    }
    guard start < pieces.endIndex else { return groups }
    if words < options.shortestPassage, let last = groups.last, last.reduce(0, { $0 + $1.words }) + words <= options.longestPassage {
      groups[groups.count - 1] = pieces[last.startIndex..<pieces.endIndex]
    } else {
      groups.append(pieces[start..<pieces.endIndex])
    }
    return groups
  }

  // MARK: Cleaning

  private func passage(of group: ArraySlice<Piece>, heading: String?, cuts: [Range<Int>], from cutIndex: inout Int) -> Passage? {
    guard let first = group.first, let last = group.last else { return nil }
    var writer = CleanText(start: first.range.lowerBound)
    writer.text.reserveCapacity(last.range.upperBound - first.range.lowerBound)
    while cutIndex < cuts.count, cuts[cutIndex].upperBound <= first.range.lowerBound { cutIndex += 1 }
    var previous: Piece?
    for piece in group {
      if let previous { writer.copy(bytes, separator(previous.range.upperBound..<piece.range.lowerBound)) }
      var at = piece.range.lowerBound
      while cutIndex < cuts.count, cuts[cutIndex].lowerBound < piece.range.upperBound {
        let cut = cuts[cutIndex]
        if cut.lowerBound > at { writer.copy(bytes, at..<cut.lowerBound) }
        at = max(at, cut.upperBound)
        if cut.upperBound > piece.range.upperBound { break }
        cutIndex += 1
      }
      if at < piece.range.upperBound { writer.copy(bytes, at..<piece.range.upperBound) }
      previous = piece
    }
    writer.trimEnd()
    guard let end = writer.articleEnd else { return nil }
    return Passage(heading: heading, start: first.range.lowerBound, end: end, line: first.line, text: writer.text, offsets: writer.offsets)
  }

  /// What is kept between two pieces: one line break or two, else one blank.
  private func separator(_ gap: Range<Int>) -> Range<Int> {
    if let newline = gap.first(where: { bytes[$0] == 0x0A }) {
      let next = newline + 1
      return newline..<(next < gap.upperBound && bytes[next] == 0x0A ? next + 1 : next)
    }
    guard let blank = gap.first(where: { bytes[$0] == 0x20 || bytes[$0] == 0x09 || bytes[$0] == 0x0D }) else {
      return gap.lowerBound..<gap.lowerBound
    }
    return blank..<(blank + 1)
  }
}

/// Collects the kept bytes of a passage and where each run of them stood.
struct CleanText {
  var text: [UInt8] = []
  var offsets: OffsetMap

  init(start: Int) {
    offsets = OffsetMap(start: start)
  }

  mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    offsets.append(cleaned: text.count, article: range.lowerBound)
    text += bytes[range]
  }

  mutating func trimEnd() {
    while let last = text.last, last == 0x20 || last == 0x0A || last == 0x09 || last == 0x0D { text.removeLast() }
    offsets.truncate(to: text.count)
  }

  /// The article offset after the last kept byte; nil when nothing was kept.
  var articleEnd: Int? {
    text.isEmpty ? nil : offsets.articleOffset(text.count - 1) + 1
  }
}

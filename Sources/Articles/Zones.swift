// Decides what each block is for: header, body or footer by the first and the last prose block, metadata by label and place, and
// headings by shape. In the header and the footer only what is labelled or recognised is metadata; in the body nothing is lost that
// is not labelled; after the body nothing is kept that is not text.

struct Zones {
  let bytes: UnsafeBufferPointer<UInt8>
  let labeler: Labeler
  let options: ExtractionOptions
  var draft: Draft
  var labels: [Label]
  var flags: Set<String> = []
  var disclaimers: [String] = []
  var dates = DateEvidence()

  init(_ draft: Draft, bytes: UnsafeBufferPointer<UInt8>, options: ExtractionOptions) {
    self.bytes = bytes
    self.options = options
    self.draft = draft
    labeler = Labeler(bytes: bytes)
    for index in self.draft.blocks.indices {
      self.draft.blocks[index].statistics = BlockStatistics(bytes, self.draft.blocks[index].range)
    }
    labels = labeler.labels(of: self.draft.blocks)
  }

  /// Gives every block its role and fills in the metadata.
  mutating func decide() {
    repairLabels()
    let prose = labels.indices.filter { labels[$0] == .prose }
    let few = prose.count < 2
    let body = bodyRange(prose: prose)
    collectEvidence(outside: body)
    switch draft.mode {
    case .document:
      readHeader(before: body.lowerBound, few: few)
      readBody(body)
      readFooter(from: body.upperBound, few: few)
    case .record:
      readRecord()
    }
    finishMetadata()
  }

  // MARK: Zones

  /// Corrects labels that only the neighbours can tell.
  mutating func repairLabels() {
    let last = labels.lastIndex(of: .prose)
    var proseAfter = 0
    for index in labels.indices.reversed() {
      switch labels[index] {
      case .prose: proseAfter += 1
      case .disclaimer where proseAfter >= 2 && index > 0 && draft.blocks[index].statistics.isProse:
        // In the middle of the text it is something that the text says.
        labels[index] = .prose
        proseAfter += 1
      case .lorem: flags.insert("lorem")
      default: break
      }
    }
    // A long title is no prose: the first block of several, without a full stop.
    guard let first = labels.firstIndex(where: { $0 == .prose || $0 == .plain }), labels[first] == .prose, first != last else { return }
    let statistics = draft.blocks[first].statistics
    if statistics.letters <= 200, !statistics.endsWithFullStop { labels[first] = .plain }
  }

  /// The blocks from the first to the last of running text.
  func bodyRange(prose: [Int]) -> Range<Int> {
    let blocks = draft.blocks
    if let first = prose.first, let last = prose.last {
      return first..<extended(last + 1)
    }
    let start =
      labels.indices.first { labels[$0] == .plain && blocks[$0].statistics.endsWithFullStop && blocks[$0].statistics.words >= 12 }
      ?? labels.indices.first { labels[$0] == .plain && blocks[$0].statistics.endsWithFullStop && blocks[$0].statistics.words >= 6 }
    guard let start else { return blocks.count..<blocks.count }
    return start..<extended(start + 1)
  }

  /// Moves the end of the body over the short paragraphs and the list that follow the last prose block.
  func extended(_ end: Int) -> Int {
    var body = end
    var listOpen = draft.blocks[end - 1].statistics.endsWithColon || draft.blocks[end - 1].kind == .listItem
    var at = end
    while at < labels.count {
      let block = draft.blocks[at]
      switch labels[at] {
      case .prose:
        body = at + 1
        listOpen = block.statistics.endsWithColon
      case .plain:
        let list = listOpen && block.kind == .listItem
        guard list || block.kind == .code || (reads(block) && !isRepeated(at)) else { return body }
        body = at + 1
        if !list { listOpen = block.statistics.endsWithColon }
      case .punctuation, .credit, .teaser: break
      default: return body
      }
      at += 1
    }
    return body
  }

  /// Whether a short block is a sentence and not a title: it ends like one and is not written in capitals.
  func reads(_ block: Block) -> Bool {
    guard block.statistics.endsSentence, block.statistics.words >= 3, block.statistics.letters * 2 >= block.statistics.marks else {
      return false
    }
    if block.statistics.endsWithFullStop { return true }
    let words = labeler.text(of: block).split(separator: " ")
    let capitals = words.count { $0.unicodeScalars.first?.properties.isUppercase ?? false }
    return capitals * 2 < words.count
  }

  /// Whether the block beside it says the same.
  func isRepeated(_ index: Int) -> Bool {
    func same(_ a: Int, _ b: Int) -> Bool {
      draft.blocks[a].end - draft.blocks[a].start == draft.blocks[b].end - draft.blocks[b].start
        && bytes[draft.blocks[a].range].elementsEqual(bytes[draft.blocks[b].range])
    }
    return (index > 0 && same(index, index - 1)) || (index + 1 < labels.count && same(index, index + 1))
  }

  mutating func collectEvidence(outside body: Range<Int>) {
    dates.monthFirst = draft.metadata.monthFirst
    dates.recordsDayFirst = draft.dayFirst
    for index in labels.indices where !body.contains(index) || draft.mode == .record {
      let block = draft.blocks[index]
      guard block.statistics.digits > 0, block.end - block.start <= 400 else { continue }
      for date in DateReader.dates(in: labeler.text(of: block)) { dates.add(date) }
    }
  }
}

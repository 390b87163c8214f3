// A page to blocks: text is gathered between block elements, every block remembers the region and the article element it stands in,
// and only when the page is read is it decided which regions are clutter.

final class HTMLReader: HTMLEvents {
  struct Piece {
    var kind: Block.Kind
    var range: Range<Int>
    var statistics: BlockStatistics
    var linkShare: Double
    var region: Int
    var container: Int
  }

  struct Container {
    var parent: Int
    var prose = 0
  }

  private struct Element {
    var name: String
    var region: Int
    var container: Int
    var isSilent: Bool
    var isLink: Bool
    var isPre: Bool
    var kind: Block.Kind
  }

  private(set) var pieces: [Piece] = []
  private(set) var pool: [UInt8] = []
  private(set) var regions = [HTMLRegion(label: "", reason: "", parent: 0)]
  private(set) var containers = [Container(parent: 0)]
  private(set) var page = HTMLPageMetadata()
  private var stack: [Element] = []
  private var buffer: [UInt8] = []
  private var linkLetters = 0
  private var pendingSpace = false
  /// Where the text of a title or of a script with data goes.
  private var capture: [UInt8]?
  private var bylineDepth: Int?
  private var bylineStart = 0

  // MARK: Events

  func start(_ name: String, _ attributes: [(name: String, value: String)]) {
    let parent = stack.last
    if name == "br" {
      lineBreak()
    } else if HTMLRegions.blocks.contains(name) {
      flush()
    } else if name == "td" || name == "th", !buffer.isEmpty {
      if buffer.count > 300 { flush() } else { buffer.append(0x09) }
      pendingSpace = false
    }
    var element = Element(
      name: name, region: parent?.region ?? 0, container: parent?.container ?? 0, isSilent: parent?.isSilent ?? false,
      isLink: parent?.isLink ?? false, isPre: parent?.isPre ?? false,
      kind: parent?.kind ?? .paragraph)
    if HTMLRegions.silent.contains(name) { element.isSilent = true }
    switch name {
    case "h1", "h2", "h3", "h4", "h5", "h6": element.kind = .heading(Int(name.utf8.last ?? 0x31) - 0x30)
    case "li", "dd", "dt": element.kind = .listItem
    case "tr", "caption": element.kind = .row
    case "blockquote": element.kind = .quote
    case "pre":
      element.kind = .code
      element.isPre = true
    case "div", "section", "article", "main", "p":
      if case .heading = element.kind { element.kind = .paragraph }
    case "a": element.isLink = attributes.contains { $0.name == "href" }
    default: break
    }
    if name == "article" || name == "main"
      || attributes.contains(where: { ($0.name == "itemprop" && $0.value == "articleBody") || ($0.name == "role" && $0.value == "main") })
    {
      containers.append(Container(parent: element.container))
      element.container = containers.count - 1
    }
    if !element.isSilent, let region = HTMLRegions.region(name, attributes, inArticle: element.container != 0), regions.count < 100_000 {
      regions.append(HTMLRegion(label: region.label, reason: region.reason, parent: element.region, keepsProse: region.keepsProse))
      element.region = regions.count - 1
    }
    if page.element(name, attributes) || (name == "title" && page.title == nil && !stack.contains { $0.name == "svg" }) { capture = [] }
    if bylineDepth == nil, page.isByline(attributes), !element.isSilent {
      bylineDepth = stack.count
      bylineStart = pool.count + buffer.count
    }
    stack.append(element)
  }

  func end(_ name: String) {
    guard let at = stack.lastIndex(where: { $0.name == name }) else { return }
    if HTMLRegions.blocks.contains(name) || name == "title" { flush() }
    if let capture, name == "title" || name == "script" {
      page.captured(name, String(decoding: capture, as: UTF8.self))
      self.capture = nil
    }
    if let depth = bylineDepth, at <= depth {
      let length = pool.count + buffer.count - bylineStart
      if length > 0, length <= 300 {
        let text = Array(pool[min(bylineStart, pool.count)...]) + buffer.suffix(min(buffer.count, length))
        page.byline(String(decoding: text, as: UTF8.self))
      }
      bylineDepth = nil
    }
    stack.removeSubrange(at...)
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    if capture != nil {
      if (capture?.count ?? 0) < 2_000_000 { capture?.append(contentsOf: bytes) }
      return
    }
    guard let element = stack.last, !element.isSilent else { return }
    if element.isPre {
      buffer += bytes
      return
    }
    for byte in bytes {
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
        pendingSpace = true
        continue
      }
      if pendingSpace, let last = buffer.last, last != 0x0A, last != 0x09 { buffer.append(0x20) }
      pendingSpace = false
      buffer.append(byte)
      if element.isLink, byte & 0xC0 != 0x80 { linkLetters += 1 }
    }
  }

  /// Ends the last block.
  func finish() {
    flush()
  }

  // MARK: Blocks

  private func lineBreak() {
    pendingSpace = false
    // Two in a row part paragraphs.
    if buffer.last == 0x0A { flush() } else if !buffer.isEmpty { buffer.append(0x0A) }
  }

  private func flush() {
    defer {
      buffer.removeAll(keepingCapacity: true)
      linkLetters = 0
      pendingSpace = false
    }
    guard !buffer.isEmpty, let element = stack.last else { return }
    let trimmed = buffer.withUnsafeBufferPointer { PlainTextReader.trim($0, 0..<$0.count) }
    guard !trimmed.isEmpty else { return }
    let statistics = buffer.withUnsafeBufferPointer { BlockStatistics($0, trimmed) }
    let start = pool.count
    pool += buffer[trimmed]
    let share = Double(linkLetters) / Double(max(1, statistics.marks))
    let piece = Piece(
      kind: element.kind, range: start..<pool.count, statistics: statistics, linkShare: share, region: element.region,
      container: element.container)
    pieces.append(piece)
    if statistics.isProse, share < 0.5 {
      regions[element.region].prose += statistics.letters
      containers[element.container].prose += statistics.letters
    }
    let region = element.region
    if region > 0, regions[region].excerpt.count < 160 { regions[region].excerpt += buffer[trimmed].prefix(160) + [0x20] }
  }
}

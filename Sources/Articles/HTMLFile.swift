// A page to an article: which regions are clutter is decided by where the running text stands, then the kept blocks become the
// article's text and go through the common pipeline. What was left out is listed with the beginning of its words.

enum HTMLFile {
  static func article(_ bytes: [UInt8], path: String, options: ExtractionOptions) throws -> Article {
    let decoded = try Decoding.decode(bytes, declared: declaredEncoding(bytes))
    var reader = HTMLReader()
    var outcome = HTMLParser.parse(decoded.text, into: reader)
    let isFlattened = outcome == .tooDeep
    if isFlattened {
      reader = HTMLReader()
      outcome = HTMLParser.parse(HTMLParser.flattened(decoded.text), into: reader)
    }
    guard outcome == .done else {
      throw ExtractionError(reason: "the HTML parser cannot read this page (above 2 GB, or broken beyond repair)")
    }
    reader.finish()
    let heading = firstHeading(reader)
    var draft = Draft(kind: FileFormat.html.rawValue, text: [], blocks: [])
    draft.metadata = reader.page.metadata(heading: heading)
    draft.note(decoded)
    draft.readFileName(path)
    if isFlattened { draft.quality.insert("deep-nesting") }
    gather(reader, into: &draft)
    if draft.blocks.isEmpty {
      guard let title = draft.metadata.title else { throw ExtractionError(reason: "empty: the page holds no text") }
      draft.text = Array(title.utf8)
      draft.blocks = [Block(start: 0, end: draft.text.count, line: 1)]
      draft.mode = .record
    }
    return Assembler.article(of: draft, options: options)
  }

  // MARK: Encoding

  /// The encoding that a meta element of the first bytes declares.
  private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
    let head = Names.lower(String(decoding: bytes.prefix(4096), as: UTF8.self))
    guard let found = Names.find("charset=", in: head[...]) else { return nil }
    let name = head[found.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }.prefix {
      $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"
    }
    return name.isEmpty ? nil : String(name)
  }

  // MARK: Selection

  private static func firstHeading(_ reader: HTMLReader) -> String? {
    let headings = reader.pieces.filter { $0.kind == .heading(1) }
    let inside = headings.first { $0.container != 0 } ?? headings.first
    return inside.map { Names.collapsed(String(decoding: reader.pool[$0.range], as: UTF8.self)) }
  }

  private static func gather(_ reader: HTMLReader, into draft: inout Draft) {
    var kept = keptRegions(reader)
    // A page of nothing but clutter is all that there is to find.
    if !reader.pieces.contains(where: { kept.removing[$0.region] == nil }) { kept.removing = kept.removing.map { _ in nil } }
    let container = mainContainer(reader, kept: kept)
    let inside = descendants(of: container, in: reader.containers)
    var reported: Set<Int> = []
    var line = 1
    var previousKind: Block.Kind?
    for piece in reader.pieces {
      var reason: (label: String, reason: String)?
      if let region = kept.removing[piece.region] {
        if !(reader.regions[region].keepsProse && piece.statistics.isProse) {
          if reported.insert(region).inserted, draft.removed.count < 500 {
            draft.removed.append(removed(reader.regions[region], at: draft.text.count, line: line))
          }
          continue
        }
      }
      if !inside[piece.container] {
        reason = ("outside", "stands outside of the article element")
      } else if piece.linkShare >= 0.7 || (piece.linkShare >= 0.5 && !piece.statistics.endsWithFullStop),
        !piece.statistics.isProse || piece.linkShare > 0.9, !isHeading(piece.kind)
      {
        reason = ("links", "made of links")
      }
      if let reason {
        if draft.removed.count < 500 {
          let excerpt = String(decoding: reader.pool[piece.range].prefix(160), as: UTF8.self)
          draft.removed.append(
            RemovedSpan(
              start: draft.text.count, end: draft.text.count, line: line, label: reason.label, reason: reason.reason, excerpt: excerpt))
        }
        continue
      }
      if let previousKind {
        let tight = previousKind == piece.kind && (piece.kind == .listItem || piece.kind == .row)
        draft.text += tight ? [0x0A] : [0x0A, 0x0A]
        line += tight ? 1 : 2
      }
      previousKind = piece.kind
      let start = draft.text.count
      draft.text += reader.pool[piece.range]
      var block = Block(start: start, end: draft.text.count, line: line, kind: piece.kind)
      block.linkShare = piece.linkShare
      block.isMarkedUp = piece.kind != .paragraph
      draft.blocks.append(block)
      line += reader.pool[piece.range].count { $0 == 0x0A }
    }
  }

  private static func isHeading(_ kind: Block.Kind) -> Bool {
    if case .heading = kind { return true }
    return false
  }

  private static func removed(_ region: HTMLRegion, at offset: Int, line: Int) -> RemovedSpan {
    let excerpt = Names.collapsed(String(decoding: region.excerpt.prefix(160), as: UTF8.self))
    return RemovedSpan(start: offset, end: offset, line: line, label: region.label, reason: region.reason, excerpt: excerpt)
  }

  private struct Kept {
    /// For each region the outermost one that leaves it out; nil when it stays.
    var removing: [Int?]
  }

  /// A region that holds half of the running text of the page is the article, whatever it is called.
  private static func keptRegions(_ reader: HTMLReader) -> Kept {
    var prose = reader.regions.map(\.prose)
    let total = prose.reduce(0, +)
    for index in prose.indices.dropFirst().reversed() { prose[reader.regions[index].parent] += index == 0 ? 0 : prose[index] }
    var removing: [Int?] = [nil]
    for index in reader.regions.indices.dropFirst() {
      let region = reader.regions[index]
      if let outer = removing[region.parent], !reader.regions[outer].keepsProse {
        removing.append(outer)
      } else if total > 0, prose[index] * 2 > total, !region.keepsProse {
        removing.append(nil)
      } else {
        removing.append(index)
      }
    }
    return Kept(removing: removing)
  }

  /// The innermost article element that holds most of the kept running text; 0 for the page.
  private static func mainContainer(_ reader: HTMLReader, kept: Kept) -> Int {
    var prose = [Int](repeating: 0, count: reader.containers.count)
    for piece in reader.pieces where piece.statistics.isProse && kept.removing[piece.region] == nil && piece.linkShare < 0.5 {
      prose[piece.container] += piece.statistics.letters
    }
    for index in prose.indices.dropFirst().reversed() { prose[reader.containers[index].parent] += prose[index] }
    guard let total = prose.first, total > 0 else { return 0 }
    return prose.indices.last { $0 > 0 && prose[$0] * 10 >= total * 6 } ?? 0
  }

  private static func descendants(of container: Int, in containers: [HTMLReader.Container]) -> [Bool] {
    var inside = [Bool](repeating: false, count: containers.count)
    for index in containers.indices {
      inside[index] = index == container || (index > 0 && inside[containers[index].parent]) || container == 0
    }
    return inside
  }
}

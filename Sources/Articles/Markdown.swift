// Markdown to blocks: front matter is metadata, # and underlined headings are headings, lines of a paragraph belong together, code
// fences are kept whole, and the markup inside a paragraph is cut from what is searched while the text keeps it.

enum Markdown {
  static func article(_ bytes: [UInt8], path: String, options: ExtractionOptions) throws -> Article {
    let decoded = try Decoding.decode(bytes)
    var draft = Draft(kind: FileFormat.markdown.rawValue, text: decoded.text, blocks: [])
    draft.note(decoded)
    draft.readFileName(path)
    draft.text.withUnsafeBufferPointer { buffer in
      let lines = PlainTextReader.lines(of: buffer)
      var first = 0
      if let matter = FrontMatter(lines: lines, bytes: buffer) {
        matter.fill(&draft.metadata)
        first = matter.end
      }
      draft.blocks = blocks(lines, from: first, bytes: buffer, removed: &draft.removed)
    }
    guard !draft.blocks.isEmpty || draft.metadata.title != nil else { throw ExtractionError(reason: "empty: the file holds no text") }
    return Assembler.article(of: draft, options: options)
  }

  private static func blocks(
    _ lines: [PlainTextReader.Line], from first: Int, bytes: UnsafeBufferPointer<UInt8>, removed: inout [RemovedSpan]
  ) -> [Block] {
    var blocks: [Block] = []
    var open = false
    var fence: (mark: UInt8, length: Int)?
    for line in lines[first...] {
      let range = line.start..<line.end
      if let current = fence {
        if let mark = fenceMark(bytes, range), mark.mark == current.mark, mark.length >= current.length,
          bytes[range].allSatisfy({ $0 == current.mark })
        {
          fence = nil
          open = false
        } else if open {
          if !line.isBlank { blocks[blocks.count - 1].end = line.end }
        } else if !line.isBlank {
          blocks.append(marked(Block(start: line.start, end: line.end, line: line.number, kind: .code)))
          open = true
        }
        continue
      }
      if line.isBlank {
        open = false
      } else if let mark = fenceMark(bytes, range) {
        fence = mark
        open = false
      } else if let level = headingLevel(bytes, range) {
        let start = PlainTextReader.trim(bytes, (line.start + level)..<line.end).lowerBound
        var end = line.end
        while end > start, bytes[end - 1] == 0x23 || bytes[end - 1] == 0x20 { end -= 1 }
        if start < end { blocks.append(marked(Block(start: start, end: end, line: line.number, kind: .heading(level)))) }
        open = false
      } else if open, let level = underline(bytes, range), blocks[blocks.count - 1].kind == .paragraph {
        blocks[blocks.count - 1].kind = .heading(level)
        open = false
      } else if isDefinition(bytes, range) {
        removed.append(
          RemovedSpan(start: line.start, end: line.end, line: line.number, label: "link-definition", reason: "the address of a link"))
        open = false
      } else if PlainTextReader.startsListItem(bytes, range) {
        blocks.append(marked(Block(start: line.start, end: line.end, line: line.number, kind: .listItem)))
        open = true
      } else if bytes[line.start] == 0x7C {
        blocks.append(marked(Block(start: line.start, end: line.end, line: line.number, kind: .row)))
        open = false
      } else if open {
        blocks[blocks.count - 1].end = line.end
      } else {
        let kind: Block.Kind = bytes[line.start] == 0x3E ? .quote : .paragraph
        blocks.append(marked(Block(start: line.start, end: line.end, line: line.number, kind: kind)))
        open = true
      }
    }
    for index in blocks.indices where blocks[index].kind != .code {
      blocks[index].cuts = MarkdownInline.cuts(bytes, blocks[index].range, isQuote: blocks[index].kind == .quote)
    }
    return blocks
  }

  private static func marked(_ block: Block) -> Block {
    var block = block
    block.isMarkedUp = true
    return block
  }

  private static func fenceMark(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> (mark: UInt8, length: Int)? {
    guard let first = range.first.map({ bytes[$0] }), first == 0x60 || first == 0x7E else { return nil }
    let length = bytes[range].prefix { $0 == first }.count
    return length >= 3 ? (first, length) : nil
  }

  private static func headingLevel(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    let level = bytes[range].prefix(7).prefix { $0 == 0x23 }.count
    guard (1...6).contains(level), level == range.count || bytes[range.lowerBound + level] == 0x20 else { return nil }
    return level
  }

  private static func underline(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count >= 2 else { return nil }
    if bytes[range].allSatisfy({ $0 == 0x3D }) { return 1 }
    return bytes[range].allSatisfy({ $0 == 0x2D }) ? 2 : nil
  }

  /// `[name]: https://…`
  private static func isDefinition(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard bytes[range.lowerBound] == 0x5B, range.count > 4, bytes[range.lowerBound + 1] != 0x5E else { return false }
    guard let close = bytes[range].prefix(200).firstIndex(of: 0x5D), close + 2 < range.upperBound, bytes[close + 1] == 0x3A else {
      return false
    }
    let rest = String(decoding: bytes[(close + 2)..<range.upperBound].prefix(12), as: UTF8.self).drop { $0 == " " || $0 == "<" }
    return rest.hasPrefix("http") || rest.hasPrefix("/") || rest.hasPrefix("#") || rest.hasPrefix("mailto")
  }
}

/// The markup inside a paragraph.
enum MarkdownInline {
  /// Ascending ranges of emphasis marks, link brackets and addresses, code marks, HTML tags, quotation marks of lines, escapes.
  static func cuts(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isQuote: Bool) -> [Range<Int>] {
    var cuts: [Range<Int>] = []
    var brackets: [Int] = []
    var i = range.lowerBound
    var lineStart = true
    func isWord(_ at: Int) -> Bool {
      range.contains(at) && (bytes[at] >= 0x80 || Scalars.isLetter(UInt32(bytes[at])) || (0x30...0x39).contains(bytes[at]))
    }
    func isBlank(_ at: Int) -> Bool { !range.contains(at) || bytes[at] <= 0x20 }
    while i < range.upperBound {
      let byte = bytes[i]
      let wasLineStart = lineStart
      lineStart = byte == 0x0A || (wasLineStart && byte == 0x20)
      switch byte {
      case 0x3E where isQuote && wasLineStart:
        let end = i + 1 < range.upperBound && bytes[i + 1] == 0x20 ? i + 2 : i + 1
        cuts.append(i..<end)
        i = end
        lineStart = true
        continue
      case 0x5C where i + 1 < range.upperBound && isPunctuation(bytes[i + 1]):
        cuts.append(i..<(i + 1))
        i += 2
        continue
      case 0x60: cuts.append(i..<(i + 1))
      case 0x2A, 0x5F, 0x7E:
        var end = i
        while end < range.upperBound, bytes[end] == byte { end += 1 }
        let alone = isBlank(i - 1) && isBlank(end)
        let insideWord = byte == 0x5F && isWord(i - 1) && isWord(end)
        if !alone, !insideWord, end - i <= 3, byte != 0x7E || end - i == 2 { cuts.append(i..<end) }
        i = end
        continue
      case 0x21 where i + 1 < range.upperBound && bytes[i + 1] == 0x5B: cuts.append(i..<(i + 1))
      case 0x5B where brackets.count < 50: brackets.append(i)
      case 0x5D:
        if let open = brackets.popLast(), let end = targetEnd(bytes, i + 1, range.upperBound) {
          cuts.append(open..<(open + 1))
          cuts.append(i..<end)
          i = end
          continue
        }
      case 0x3C:
        if let end = tagEnd(bytes, i, range.upperBound) {
          cuts.append(i..<end)
          i = end
          continue
        }
      default: break
      }
      i += 1
    }
    return cuts.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// After `]`: the end of `(address)` or `[name]`.
  private static func targetEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ limit: Int) -> Int? {
    guard at < limit, bytes[at] == 0x28 || bytes[at] == 0x5B else { return nil }
    let close: UInt8 = bytes[at] == 0x28 ? 0x29 : 0x5D
    var depth = 0
    for i in at..<min(limit, at + 2000) {
      if bytes[i] == bytes[at] { depth += 1 }
      if bytes[i] == close {
        depth -= 1
        if depth == 0 { return i + 1 }
      }
    }
    return nil
  }

  /// The end of an HTML tag or comment that starts here.
  private static func tagEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ limit: Int) -> Int? {
    guard at + 2 < limit else { return nil }
    let next = bytes[at + 1]
    guard next == 0x2F || next == 0x21 || Scalars.isLetter(UInt32(next)) else { return nil }
    let isComment = next == 0x21
    for i in (at + 1)..<min(limit, at + 2000) {
      if bytes[i] == 0x3E, !isComment || (bytes[i - 1] == 0x2D && bytes[i - 2] == 0x2D) {
        // An address in angle brackets is text.
        let inside = bytes[(at + 1)..<i]
        return inside.contains(0x3A) && !inside.contains(0x20) && !inside.contains(0x22) ? nil : i + 1
      }
      if bytes[i] == 0x3C { return nil }
    }
    return nil
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte) || (0x7B...0x7E).contains(byte)
  }
}

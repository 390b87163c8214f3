// What the header and labelled lines tell: title, date, author, publisher, keywords, each with the line that it was read from.

extension Zones {
  // MARK: Header

  mutating func readHeader(before end: Int, few: Bool) {
    let hasTitleField = (0..<end).contains { if case .field(.title, _) = labels[$0] { return true } else { return false } }
    var titleSeen = draft.metadata.title != nil || hasTitleField
    let known = draft.metadata.title.map(Names.lower)
    var namedTitle = false
    for index in 0..<end where draft.blocks[index].role == .undecided {
      let block = draft.blocks[index]
      if remove(index) || readField(index, zone: "header") { continue }
      if case .emptyLabel = labels[index] {
        readEmptyLabel(index, end: end)
        continue
      }
      guard labels[index] == .plain || labels[index] == .prose else { continue }
      let text = labeler.text(of: block)
      if let known, !namedTitle, Names.lower(text) == known || block.kind == .heading(1) {
        namedTitle = true
        draft.blocks[index].role = .metadata("title")
      } else if !titleSeen, isMasthead(index, before: end) {
        draft.metadata.setPublisher(text, "masthead", line: block.line)
        draft.blocks[index].role = .metadata("publisher")
      } else if !titleSeen, isTitle(block, text), few ? hasMore(after: index) : true {
        draft.metadata.setTitle(text, "header", line: block.line)
        draft.blocks[index].role = .metadata("title")
        titleSeen = true
      } else if titleSeen, draft.metadata.authors.isEmpty, let people = authors(text) {
        draft.metadata.setAuthors(people, "header", line: block.line)
        draft.blocks[index].role = .metadata("author")
      } else if few || block.kind == .code || block.statistics.words >= 5 || block.isHeadingKind {
        continue
      } else if index + 1 == end, block.statistics.words <= 16, block.statistics.letters > block.statistics.digits * 6,
        !block.statistics.endsOpen
      {
        draft.blocks[index].role = .heading
      } else if !block.isMarkedUp {
        draft.blocks[index].role = .removed(label: "header", reason: "a short line above the article that is neither title nor author")
      }
    }
    for index in 0..<end where draft.blocks[index].role == .undecided { decideInBody(index) }
  }

  func isTitle(_ block: Block, _ text: String) -> Bool {
    guard block.statistics.letters >= 2, block.statistics.letters + block.statistics.digits <= 220, block.kind != .code, block.kind != .row
    else { return false }
    if block.kind == .listItem && !block.isMarkedUp { return false }
    if block.statistics.endsOpen { return false }
    let crumbs = text.split { $0 == "›" || $0 == "»" || $0 == ">" }.count
    return crumbs < 3 && !text.hasPrefix("http")
  }

  /// A masthead: a few words on a line directly beside the date line, with the longer line that is the title still to come. A byline beside
  /// the date, or a title with only the text below it, is none.
  func isMasthead(_ index: Int, before end: Int) -> Bool {
    let block = draft.blocks[index]
    guard !block.isMarkedUp, block.statistics.words <= 4 else { return false }
    func isDate(_ other: Int) -> Bool {
      guard draft.blocks.indices.contains(other), case .date = labels[other] else { return false }
      return abs(draft.blocks[other].line - block.line) == 1
    }
    guard isDate(index - 1) || isDate(index + 1) else { return false }
    return (index + 1..<max(end, index + 1)).contains { later in
      let candidate = draft.blocks[later]
      guard candidate.role == .undecided, labels[later] == .plain, candidate.line - block.line > 1 else { return false }
      return candidate.statistics.words > block.statistics.words && !candidate.statistics.endsWithFullStop
        && isTitle(candidate, labeler.text(of: candidate))
    }
  }

  func hasMore(after index: Int) -> Bool {
    draft.blocks.indices.contains { $0 != index && $0 > index && (labels[$0] == .plain || labels[$0] == .prose) }
  }

  /// A label without a value may have it in the next block: "Author:" above a name.
  mutating func readEmptyLabel(_ index: Int, end: Int) {
    draft.blocks[index].role = .removed(label: "empty-label", reason: "a field label without a value")
    let bare = Names.lower(Names.withoutBullet(labeler.text(of: draft.blocks[index])))
    let name = Names.collapsed(String(bare.prefix { $0 != ":" && $0 != "：" }))
    guard let field = LabelWords.fields[name], index + 1 < draft.blocks.count else { return }
    let next = draft.blocks[index + 1]
    guard next.line - draft.blocks[index].line <= 2 else { return }
    let value = labeler.text(of: next)
    switch (field, labels[index + 1]) {
    case (.author, .plain) where !Names.people(in: value).isEmpty:
      draft.metadata.setAuthors(Names.people(in: value), "label", line: next.line)
      draft.blocks[index + 1].role = .metadata("author")
    case (.title, .plain) where isTitle(next, value):
      draft.metadata.setTitle(value, "label", line: next.line)
      draft.blocks[index + 1].role = .metadata("title")
    case (.publisher, .plain) where next.statistics.words <= 6 && !next.statistics.endsSentence:
      draft.metadata.setPublisher(value, "label", line: next.line)
      draft.blocks[index + 1].role = .metadata("publisher")
    case (.keywords, .plain) where next.statistics.words <= 60 && !next.statistics.endsWithFullStop:
      draft.metadata.addKeywords(Names.keywords(ofField: value), "label", line: next.line)
      draft.blocks[index + 1].role = .metadata("keywords")
    default: break
    }
  }

  func authors(_ text: String) -> [String]? {
    let people = Names.people(in: text)
    guard !people.isEmpty, !people.contains(where: options.isNotAuthor) else { return nil }
    return people
  }

  // MARK: Fields

  /// Reads a labelled field, a date line or a byline; false when the block is none.
  mutating func readField(_ index: Int, zone: String) -> Bool {
    let block = draft.blocks[index]
    let line = block.line
    switch labels[index] {
    case .field(let field, let value):
      read(field, value, line: line)
      draft.blocks[index].role = .metadata(Self.name(of: field))
    case .series:
      let text = labeler.text(of: block)
      draft.metadata.note("series", text.split(separator: "|").first.map { Names.collapsed(String($0)) } ?? text, "label", line)
      if let found = DateReader.dates(in: text).first, draft.metadata.date == nil {
        draft.metadata.setDate(dates.resolve(found), "series", line: line)
      }
      draft.blocks[index].role = .metadata("series")
    case .date(let found):
      draft.metadata.setDate(dates.resolve(found.date), zone, line: line)
      readBeside(found, line: line)
      draft.blocks[index].role = .metadata("date")
    case .byline(let names):
      draft.metadata.setAuthors(Names.people(in: names), zone, line: line)
      draft.blocks[index].role = .metadata("author")
    default: return false
    }
    return true
  }

  mutating func read(_ field: FieldLabel, _ value: String, line: Int) {
    switch field {
    case .title: draft.metadata.setTitle(value, "label", line: line)
    case .author: draft.metadata.setAuthors(Names.authors(ofField: value), "label", line: line)
    case .date:
      let date = DateReader.dates(in: value).first.flatMap { dates.resolve($0) } ?? DateReader.field(value)
      draft.metadata.setDate(date, "label", line: line)
    case .publisher:
      if value.hasPrefix("http") {
        draft.metadata.setURL(value, "label", line: line)
      } else {
        draft.metadata.setPublisher(value, "label", line: line)
      }
    case .keywords: draft.metadata.addKeywords(Names.keywords(ofField: value), "label", line: line)
    case .url: draft.metadata.setURL(value, "label", line: line)
    case .language: draft.metadata.setLanguage(value, "label")
    case .credit, .section, .contact: break
    }
  }

  static func name(of field: FieldLabel) -> String {
    "\(field)"
  }

  /// The words beside a date: an author, or a publisher when a separator or nothing parts them.
  mutating func readBeside(_ line: DateLine, line number: Int) {
    for (part, follows) in [(line.after, true), (line.before, false)] where !part.isEmpty {
      for piece in part.split(separator: "|") {
        var text = Names.collapsed(String(piece))
        let lower = Names.lower(text)
        if let start = LabelWords.bylines.first(where: lower.hasPrefix) {
          draft.metadata.setAuthors(Names.people(in: String(text.dropFirst(start.count))), "header", line: number)
          continue
        }
        if text.hasPrefix(",") || text.hasSuffix(",") { continue }
        text = text.trimmingMarks()
        guard !text.isEmpty, text.split(separator: " ").count <= 5 else { continue }
        if !Names.people(in: text).isEmpty, !follows, !options.isNotAuthor(text) {
          draft.metadata.setAuthors(Names.people(in: text), "header", line: number)
        } else if follows || part.contains("|") {
          if Self.isAcronym(text) {
            if draft.metadata.publisherShort == nil {
              draft.metadata.publisherShort = text
              draft.metadata.note("publisher_short", text, "header", number)
            }
          } else if text.unicodeScalars.first?.properties.isUppercase ?? false {
            draft.metadata.setPublisher(text, "header", line: number)
          }
        }
      }
    }
  }

  static func isAcronym(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return (2...8).contains(scalars.count) && scalars.allSatisfy { $0.properties.isUppercase }
  }

  // MARK: Publisher

  mutating func finishMetadata() {
    if let short = draft.metadata.publisherShort {
      if let name = options.publisherNames[short] { draft.metadata.setPublisher(name, "settings") }
      for text in disclaimers where draft.metadata.publisher == nil {
        if let name = Names.expansion(of: short, in: text) { draft.metadata.setPublisher(name, "disclaimer") }
      }
      if draft.metadata.publisher == nil { draft.metadata.setPublisher(short, "header") }
    }
    for text in disclaimers {
      guard let partner = Self.partner(in: text), partner != draft.metadata.publisher else { continue }
      draft.metadata.note("partner", partner, "disclaimer", nil)
    }
    if let publisher = options.publisher { draft.metadata.setPublisher(publisher, "settings") }
    if let url = draft.metadata.url, let host = Self.host(of: url) { draft.metadata.setPublisher(host, "url") }
    if let publisher = draft.metadata.publisher, draft.metadata.publisherShort == nil, Self.isAcronym(publisher) {
      draft.metadata.publisherShort = publisher
      if let name = options.publisherNames[publisher] { draft.metadata.publisher = name }
    }
    if draft.metadata.date == nil { draft.metadata.setDate(draft.fileNameDate, "file name") }
    flags.formUnion(draft.quality)
  }

  static func partner(in text: String) -> String? {
    for phrase in ["in cooperation with ", "in partnership with ", "in collaboration with ", "with the support of "] {
      guard let found = Names.find(phrase, in: text[...]) else { continue }
      var name = String(text[found.upperBound...].prefix { $0 != "." && $0 != "," && $0 != ";" })
      if name.hasPrefix("the ") { name.removeFirst(4) }
      return Names.collapsed(name)
    }
    return nil
  }

  static func host(of url: String) -> String? {
    guard let slashes = Names.find("://", in: url[...]) else { return nil }
    var host = url[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    if host.hasPrefix("www.") { host = host.dropFirst(4) }
    return host.contains(".") ? Names.lower(String(host)) : nil
  }
}

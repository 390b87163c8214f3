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
  private var disclaimers: [String] = []
  private var dates = DateEvidence()

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
  private mutating func repairLabels() {
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
  private func bodyRange(prose: [Int]) -> Range<Int> {
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
  private func extended(_ end: Int) -> Int {
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
  private func reads(_ block: Block) -> Bool {
    guard block.statistics.endsSentence, block.statistics.words >= 3, block.statistics.letters * 2 >= block.statistics.marks else { return false }
    if block.statistics.endsWithFullStop { return true }
    let words = labeler.text(of: block).split(separator: " ")
    let capitals = words.count { $0.unicodeScalars.first?.properties.isUppercase ?? false }
    return capitals * 2 < words.count
  }

  /// Whether the block beside it says the same.
  private func isRepeated(_ index: Int) -> Bool {
    func same(_ a: Int, _ b: Int) -> Bool {
      draft.blocks[a].end - draft.blocks[a].start == draft.blocks[b].end - draft.blocks[b].start
        && bytes[draft.blocks[a].range].elementsEqual(bytes[draft.blocks[b].range])
    }
    return (index > 0 && same(index, index - 1)) || (index + 1 < labels.count && same(index, index + 1))
  }

  private mutating func collectEvidence(outside body: Range<Int>) {
    dates.monthFirst = draft.metadata.monthFirst
    dates.recordsDayFirst = draft.dayFirst
    for index in labels.indices where !body.contains(index) || draft.mode == .record {
      let block = draft.blocks[index]
      guard block.statistics.digits > 0, block.end - block.start <= 400 else { continue }
      for date in DateReader.dates(in: labeler.text(of: block)) { dates.add(date) }
    }
  }

  // MARK: Header

  private mutating func readHeader(before end: Int, few: Bool) {
    let hasTitleField = (0..<end).contains { if case .field(.title, _) = labels[$0] { return true } else { return false } }
    var titleSeen = draft.metadata.title != nil || hasTitleField
    let known = draft.metadata.title.map(Names.lower)
    for index in 0..<end where draft.blocks[index].role == .undecided {
      let block = draft.blocks[index]
      if remove(index) || readField(index, zone: "header") { continue }
      if case .emptyLabel = labels[index] {
        readEmptyLabel(index, end: end)
        continue
      }
      guard labels[index] == .plain || labels[index] == .prose else { continue }
      let text = labeler.text(of: block)
      if let known, Names.lower(text) == known {
        draft.blocks[index].role = .metadata("title")
      } else if !titleSeen, isTitle(block, text), few ? hasMore(after: index) : true {
        draft.metadata.setTitle(text, "header", line: block.line)
        draft.blocks[index].role = .metadata("title")
        titleSeen = true
      } else if titleSeen, draft.metadata.authors.isEmpty, let people = authors(text) {
        draft.metadata.setAuthors(people, "header", line: block.line)
        draft.blocks[index].role = .metadata("author")
      } else if few || block.kind == .code || block.statistics.words >= 5 || block.isHeadingKind {
        continue
      } else if index + 1 == end, block.statistics.words <= 16, !block.statistics.endsOpen {
        draft.blocks[index].role = .heading
      } else if !block.isMarkedUp {
        draft.blocks[index].role = .removed(label: "header", reason: "a short line above the article that is neither title nor author")
      }
    }
    for index in 0..<end where draft.blocks[index].role == .undecided { decideInBody(index) }
  }

  private func isTitle(_ block: Block, _ text: String) -> Bool {
    guard block.statistics.letters >= 2, block.statistics.letters + block.statistics.digits <= 220, block.kind != .code, block.kind != .row else { return false }
    if block.kind == .listItem && !block.isMarkedUp { return false }
    if block.statistics.endsOpen { return false }
    let crumbs = text.split { $0 == "›" || $0 == "»" || $0 == ">" }.count
    return crumbs < 3 && !text.hasPrefix("http")
  }

  private func hasMore(after index: Int) -> Bool {
    draft.blocks.indices.contains { $0 != index && $0 > index && (labels[$0] == .plain || labels[$0] == .prose) }
  }

  /// A label without a value may have it in the next block: "Author:" above a name.
  private mutating func readEmptyLabel(_ index: Int, end: Int) {
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

  private func authors(_ text: String) -> [String]? {
    let people = Names.people(in: text)
    guard !people.isEmpty, !people.contains(where: options.isNotAuthor) else { return nil }
    return people
  }

  // MARK: Fields

  /// Reads a labelled field, a date line or a byline; false when the block is none.
  private mutating func readField(_ index: Int, zone: String) -> Bool {
    let block = draft.blocks[index]
    let line = block.line
    switch labels[index] {
    case .field(let field, let value):
      read(field, value, line: line)
      draft.blocks[index].role = .metadata(Self.name(of: field))
    case .series:
      let text = labeler.text(of: block)
      draft.metadata.note("series", text.split(separator: "|").first.map { Names.collapsed(String($0)) } ?? text, "label", line)
      if let found = DateReader.dates(in: text).first, draft.metadata.date == nil { draft.metadata.setDate(dates.resolve(found), "series", line: line) }
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

  private mutating func read(_ field: FieldLabel, _ value: String, line: Int) {
    switch field {
    case .title: draft.metadata.setTitle(value, "label", line: line)
    case .author: draft.metadata.setAuthors(Names.authors(ofField: value), "label", line: line)
    case .date:
      let date = DateReader.dates(in: value).first.flatMap { dates.resolve($0) } ?? DateReader.field(value)
      draft.metadata.setDate(date, "label", line: line)
    case .publisher:
      if value.hasPrefix("http") { draft.metadata.setURL(value, "label", line: line) } else { draft.metadata.setPublisher(value, "label", line: line) }
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
  private mutating func readBeside(_ line: DateLine, line number: Int) {
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

  // MARK: Body

  private mutating func readBody(_ body: Range<Int>) {
    var seen: Set<[UInt8]> = []
    for index in body where draft.blocks[index].role == .undecided {
      let block = draft.blocks[index]
      if remove(index) { continue }
      if block.statistics.letters >= 40, block.end - block.start <= 4000, block.kind != .code, !seen.insert(Array(bytes[block.range])).inserted {
        draft.blocks[index].role = .removed(label: "repeat", reason: "the same block stands above")
        continue
      }
      decideInBody(index)
    }
  }

  private mutating func decideInBody(_ index: Int) {
    let block = draft.blocks[index]
    if block.isHeadingKind || isHeading(index) {
      draft.blocks[index].role = .heading
    } else if case .emptyLabel = labels[index], block.statistics.words <= 3 {
      draft.blocks[index].role = .removed(label: "empty-label", reason: "a field label without a value")
    } else {
      draft.blocks[index].role = .body
    }
  }

  private func isHeading(_ index: Int) -> Bool {
    let block = draft.blocks[index]
    guard !block.isMarkedUp, labels[index] == .plain, block.kind == .paragraph, block.statistics.words <= 16, block.statistics.letters <= 160,
      block.statistics.letters > 0, !block.statistics.endsOpen, !block.statistics.endsWithFullStop, !isRepeated(index), !block.statistics.startsLower,
      index + 1 < labels.count, labels[index + 1] == .prose
    else { return false }
    // A speaker's line or a quotation is no heading.
    return draft.blocks[index + 1].line - block.line > 1 || block.statistics.words <= 8
  }

  /// Leaves out what its own words show to be no part of an article.
  private mutating func remove(_ index: Int) -> Bool {
    let reason: (String, String)
    switch labels[index] {
    case .punctuation: reason = ("punctuation", "nothing but punctuation")
    case .credit: reason = ("credit", "names the owner of a picture or of the rights")
    case .network: reason = ("social", "names of social networks")
    case .persona:
      flags.insert("persona")
      reason = ("persona", "a field of an author's box with address, phone or birthdate")
    case .teaser: reason = ("teaser", "leads to other pages")
    case .callToAction: reason = ("call-to-action", "asks the reader to comment, follow or subscribe")
    case .lorem: reason = ("lorem", "pseudo-Latin filler")
    case .disclaimer:
      disclaimers.append(labeler.text(of: draft.blocks[index]))
      reason = ("disclaimer", "speaks of the publication and not of its subject")
    case .alternate(let language, let title):
      draft.metadata.note("alternate", title.isEmpty ? language : "\(language): \(title)", "label", draft.blocks[index].line)
      reason = ("alternate-language", "leads to the text in another language")
    default: return false
    }
    draft.blocks[index].role = .removed(label: reason.0, reason: reason.1)
    return true
  }

  // MARK: Footer

  private mutating func readFooter(from start: Int, few: Bool) {
    for index in start..<max(start, draft.blocks.count) where draft.blocks[index].role == .undecided {
      if remove(index) || readField(index, zone: "footer") { continue }
      if few {
        decideInBody(index)
      } else if isRepeated(index) {
        flags.insert("teasers")
        draft.blocks[index].role = .removed(label: "teaser", reason: "a line repeated after the article")
      } else if draft.blocks[index].kind == .code {
        draft.blocks[index].role = .body
      } else {
        draft.blocks[index].role = .removed(label: "footer", reason: "stands after the article without a label")
      }
    }
  }

  // MARK: Records

  /// Keeps everything of a record but what is plainly labelled, and reads from its head what its fields do not tell.
  private mutating func readRecord() {
    let single = draft.blocks.count <= 1
    for index in draft.blocks.indices {
      let block = draft.blocks[index]
      let isShort = block.statistics.words <= 25 && !block.statistics.isProse
      if !single, isShort || labels[index] == .persona || labels[index] == .disclaimer, index > 0 || labels[index] == .punctuation, remove(index) { continue }
      draft.blocks[index].role = .body
      guard index < 4, !single else { continue }
      switch labels[index] {
      case .field(let field, let value) where field != .credit && field != .title: read(field, value, line: block.line)
      case .date(let found) where draft.metadata.date == nil: draft.metadata.setDate(dates.resolve(found.date), "header", line: block.line)
      case .byline(let names): draft.metadata.setAuthors(Names.people(in: names), "header", line: block.line)
      case .plain where index == 0 && draft.metadata.title == nil && isTitle(block, ""):
        draft.metadata.setTitle(labeler.text(of: block), "header", line: block.line)
      default: break
      }
    }
  }

  // MARK: Publisher

  private mutating func finishMetadata() {
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

  private static func partner(in text: String) -> String? {
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

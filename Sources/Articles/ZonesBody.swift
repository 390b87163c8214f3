// What stays and what goes: the body keeps all that is not labelled, the footer only what is text, a record nearly everything.

extension Zones {
  // MARK: Body

  mutating func readBody(_ body: Range<Int>) {
    var seen: Set<[UInt8]> = []
    for index in body where draft.blocks[index].role == .undecided {
      let block = draft.blocks[index]
      if remove(index) { continue }
      if block.statistics.letters >= 40, block.end - block.start <= 4000, block.kind != .code,
        !seen.insert(Array(bytes[block.range])).inserted
      {
        draft.blocks[index].role = .removed(label: "repeat", reason: "the same block stands above")
        continue
      }
      decideInBody(index)
    }
  }

  mutating func decideInBody(_ index: Int) {
    let block = draft.blocks[index]
    if block.isHeadingKind || isHeading(index) {
      draft.blocks[index].role = .heading
    } else if case .emptyLabel = labels[index], block.statistics.words <= 3 {
      draft.blocks[index].role = .removed(label: "empty-label", reason: "a field label without a value")
    } else {
      draft.blocks[index].role = .body
    }
  }

  func isHeading(_ index: Int) -> Bool {
    let block = draft.blocks[index]
    guard !block.isMarkedUp, labels[index] == .plain, block.kind == .paragraph, block.statistics.words <= 16,
      block.statistics.letters <= 160,
      block.statistics.letters > 0, !block.statistics.endsOpen, !block.statistics.endsWithFullStop, !isRepeated(index),
      !block.statistics.startsLower,
      index + 1 < labels.count, labels[index + 1] == .prose
    else { return false }
    // A speaker's line or a quotation is no heading.
    return draft.blocks[index + 1].line - block.line > 1 || block.statistics.words <= 8
  }

  /// Leaves out what its own words show to be no part of an article.
  mutating func remove(_ index: Int) -> Bool {
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

  mutating func readFooter(from start: Int, few: Bool) {
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
  mutating func readRecord() {
    let single = draft.blocks.count <= 1
    for index in draft.blocks.indices {
      let block = draft.blocks[index]
      let isShort = block.statistics.words <= 25 && !block.statistics.isProse
      if !single, isShort || labels[index] == .persona || labels[index] == .disclaimer, index > 0 || labels[index] == .punctuation,
        remove(index)
      {
        continue
      }
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
}

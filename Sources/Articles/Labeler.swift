// Gives each block a label by its own words, before its place in the document is looked at: a field such as "Published:", a credit,
// a disclaimer, a line of an invented author's box, prose, or nothing in particular.

enum Label: Equatable {
  case prose
  case plain
  case field(FieldLabel, value: String)
  case emptyLabel
  case punctuation
  case credit
  case alternate(language: String, title: String)
  case disclaimer
  case series
  case network
  case persona
  case teaser
  case callToAction
  case lorem
  case date(DateLine)
  case byline(String)
}

/// A short line that says when, and perhaps who: "05/09/2023 GIP".
struct DateLine: Equatable {
  var date: FoundDate
  var before: String
  var after: String
}

struct Labeler {
  let bytes: UnsafeBufferPointer<UInt8>

  /// Blocks above this many bytes are read by their statistics alone.
  static let longestLabelled = 1600

  func labels(of blocks: [Block]) -> [Label] {
    var labels = blocks.map(label)
    let personas = labels.indices.filter { labels[$0] == .persona }
    if personas.count < 3 {
      for index in personas { labels[index] = blocks[index].statistics.isProse ? .prose : .plain }
    }
    return labels
  }

  /// The text of a block without its cuts, with single blanks.
  func text(of block: Block) -> String { String(decoding: collapsed(block), as: UTF8.self) }

  private func collapsed(_ block: Block) -> [UInt8] {
    guard !block.cuts.isEmpty else { return TextForms.collapsed(UnsafeBufferPointer(rebasing: bytes[block.range])) }
    var kept: [UInt8] = []
    var at = block.start
    for cut in block.cuts where cut.lowerBound >= at {
      kept += bytes[at..<cut.lowerBound]
      at = cut.upperBound
    }
    if at < block.end { kept += bytes[at..<block.end] }
    return kept.withUnsafeBufferPointer { TextForms.collapsed($0) }
  }

  private func label(_ block: Block) -> Label {
    let statistics = block.statistics
    if block.kind == .code { return .plain }
    if statistics.letters == 0, statistics.digits == 0 { return .punctuation }
    guard block.end - block.start <= Self.longestLabelled else { return statistics.isProse ? .prose : .plain }
    // Most blocks are prose, which their bytes tell: strings are made of what may be something else.
    let bytes = collapsed(block)
    let lowerBytes = bytes.withUnsafeBufferPointer { TextForms.lower($0) }
    if LabelLook.mayHaveField(bytes), let label = fieldLabel(block, text: String(decoding: bytes, as: UTF8.self)) { return label }
    if statistics.functionWords * 8 <= statistics.words, LabelLook.mayBeLorem(lowerBytes),
      Phrases.isLorem(String(decoding: lowerBytes, as: UTF8.self))
    {
      return .lorem
    }
    if statistics.letters <= 900, lowerBytes.withUnsafeBufferPointer({ LabelWords.disclaimerSet.occurs(in: $0) }) { return .disclaimer }
    if LabelLook.mayBeAlternate(lowerBytes),
      let label = alternate(String(decoding: bytes, as: UTF8.self), String(decoding: lowerBytes, as: UTF8.self))
    {
      return label
    }
    if statistics.isProse { return .prose }
    guard statistics.letters <= 200 else { return .plain }
    return shortLabel(block, text: String(decoding: bytes, as: UTF8.self), lower: String(decoding: lowerBytes, as: UTF8.self))
  }

  private func shortLabel(_ block: Block, text: String, lower: String) -> Label {
    let statistics = block.statistics
    if lower.hasPrefix("©") || lower.hasPrefix("(c) ") || lower.hasPrefix("copyright ") { return .credit }
    if isSeries(lower) { return .series }
    if isNetworks(lower) { return .network }
    if !block.isHeadingKind, !statistics.endsWithFullStop, statistics.words <= 30, Phrases.startsTeaser(lower) { return .teaser }
    if statistics.words <= 30, LabelWords.callToActionSet.occurs(in: lower) { return .callToAction }
    if statistics.letters <= 110, statistics.digits > 0, let line = dateLine(text) { return .date(line) }
    if statistics.words <= 14, let names = byline(text, lower) { return .byline(names) }
    return .plain
  }

  // MARK: Fields

  private func fieldLabel(_ block: Block, text: String) -> Label? {
    let bare = Names.withoutBullet(text)
    guard let colon = bare.prefix(LabelLook.longestField).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
    let name = Names.lower(Names.collapsed(String(bare[..<colon])))
    func value() -> String { Names.collapsed(String(bare[bare.index(after: colon)...])) }
    if block.kind == .listItem || block.kind == .row, LabelWords.personaKeys.contains(name) { return .persona }
    guard let field = LabelWords.fields[name] else {
      return LabelWords.networks.contains(name) && value().isEmpty ? .network : nil
    }
    let text = value()
    if text.isEmpty { return .emptyLabel }
    switch field {
    case .credit, .section, .contact, .language, .author, .publisher, .date, .url:
      // "Iran: …" is prose, and so is a long text after a word that could be a label.
      guard block.statistics.letters <= 160, !(block.statistics.words > 20) else { return nil }
      if field == .credit { return text.split(separator: " ").count <= 12 ? .credit : nil }
    case .title, .keywords:
      guard block.statistics.letters <= 600 else { return nil }
    }
    return .field(field, value: text)
  }

  private func isSeries(_ lower: String) -> Bool {
    guard lower.utf8.count <= 160, LabelWords.seriesWords.contains(where: lower.hasPrefix) else { return false }
    guard let hash = lower.firstIndex(where: { $0 == "#" || $0 == "№" }) ?? lower.range(of: "no. ") ?? lower.range(of: "no ") else {
      return false
    }
    return lower[hash...].prefix(6).contains(where: \.isNumber)
  }

  private func isNetworks(_ lower: String) -> Bool {
    guard lower.utf8.count <= 120 else { return false }
    let parts = lower.split { ":|,/·•".contains($0) }.map { Names.collapsed(String($0)) }.filter { !$0.isEmpty }
    if !parts.isEmpty, parts.allSatisfy(LabelWords.networks.contains) { return parts.count > 1 || parts[0].count > 1 }
    let words = lower.split(separator: " ").map(String.init)
    return words.count >= 2 && words.allSatisfy { LabelWords.networks.contains($0) }
  }

  private func alternate(_ text: String, _ lower: String) -> Label? {
    guard LabelWords.alternateStarts.contains(where: lower.hasPrefix) else { return nil }
    let head = lower.prefix { $0 != "–" && $0 != "—" && $0 != ":" }
    guard head.split(separator: " ").count <= 10 else { return nil }
    let words = head.split { !$0.isLetter }.map(String.init)
    guard let code = words.compactMap({ LabelWords.languages[$0] }).first else { return nil }
    let isLink = words.contains { ["language", "version", "in", "на", "по", "auf", "en"].contains($0) }
    guard isLink else { return nil }
    var title = ""
    if let dash = text.firstIndex(where: { $0 == "–" || $0 == "—" || $0 == ":" }) {
      title = Names.collapsed(String(text[text.index(after: dash)...]))
    }
    return .alternate(language: code, title: title)
  }

  // MARK: Dates and names

  private func dateLine(_ text: String) -> DateLine? {
    guard let date = DateReader.dates(in: text).first else { return nil }
    let scalars = Array(text.unicodeScalars)
    let before = Names.string(scalars[..<date.range.lowerBound])
    let after = Names.string(scalars[date.range.upperBound...])
    let line = DateLine(date: date, before: Phrases.withoutDateWords(before), after: Phrases.withoutDateWords(after))
    let words = (line.before + " " + line.after).split(separator: " ").count
    return words <= 5 ? line : nil
  }

  private func byline(_ text: String, _ lower: String) -> String? {
    guard let start = LabelWords.bylines.first(where: lower.hasPrefix) else { return nil }
    let rest = Names.collapsed(String(text.dropFirst(start.count)))
    return Names.people(in: rest).isEmpty ? nil : rest
  }
}

extension String {
  /// The start of the first occurrence of `part`.
  fileprivate func range(of part: String) -> Index? {
    guard let first = part.first else { return nil }
    var at = startIndex
    while let found = self[at...].firstIndex(of: first) {
      if self[found...].hasPrefix(part) { return found }
      at = index(after: found)
    }
    return nil
  }
}

// Small work on names and lines: what looks like a person's name, what an acronym stands for, blanks and case.

enum Names {
  /// With runs of blanks as one space and none at the ends.
  static func collapsed(_ text: String) -> String {
    var text = text
    return text.withUTF8 { String(decoding: TextForms.collapsed($0), as: UTF8.self) }
  }

  /// Lower case, the Turkish İ as i.
  static func lower(_ text: String) -> String {
    var text = text
    return text.withUTF8 { String(decoding: TextForms.lower($0), as: UTF8.self) }
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    for scalar in scalars { view.append(scalar) }
    return String(view)
  }

  static func withoutBullet(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    guard let first = scalars.first, "•·▪●■‣⁃◦-*–+".unicodeScalars.contains(first) else { return text }
    scalars.removeFirst()
    return collapsed(String(scalars))
  }

  /// The people that a line of nothing but names lists: "A. Name", "First Last and First Last"; empty when it is another kind of line.
  static func people(in line: String) -> [String] {
    guard line.utf8.count <= 400, line.unicodeScalars.first?.properties.isUppercase ?? false else { return [] }
    var line = line
    for separator in [" and ", " & ", " и ", " və ", " ve ", " und ", " et ", " և ", " و ", " та ", " და "] {
      line = replacing(line, separator, with: ";")
    }
    let parts = line.split { $0 == ";" || $0 == "," || $0 == "،" || $0 == "|" }.map { collapsed(String($0)) }.filter { !$0.isEmpty }
    guard !parts.isEmpty, parts.count <= 8, parts.allSatisfy(isPerson) else { return [] }
    return parts
  }

  /// Two to four capitalised words without digits, none of which is of an institution's name.
  static func isPerson(_ text: String) -> Bool {
    guard text.utf8.count <= 120 else { return false }
    let words = text.split(separator: " ")
    guard (2...4).contains(words.count) else { return false }
    var names = 0
    for word in words {
      if particles.contains(lower(String(word))) { continue }
      guard !institutional.contains(lower(String(word))), let first = word.unicodeScalars.first, first.properties.isUppercase else {
        return false
      }
      let letters = word.unicodeScalars.count { Scalars.isLetter($0.value) }
      let allowed = word.unicodeScalars.allSatisfy {
        Scalars.isLetter($0.value) || "-'’ʼ.".unicodeScalars.contains($0) || $0.properties.isDiacritic
      }
      guard allowed, letters <= 2 || word.last != "." else { return false }
      names += 1
    }
    return names >= 2
  }

  /// People of a field that says it holds them, in whatever form it lists them.
  static func authors(ofField value: String) -> [String] {
    var line = collapsed(value)
    let head = lower(line)
    if let start = LabelWords.bylines.first(where: head.hasPrefix) { line = collapsed(String(line.dropFirst(start.count))) }
    for separator in [" and ", " & ", " и ", " və ", " ve ", " und ", " et ", " և ", " و ", " та ", " და "] {
      line = replacing(line, separator, with: ";")
    }
    var parts = line.split { $0 == ";" || $0 == "|" }.map { collapsed(String($0)) }.filter { !$0.isEmpty }
    if parts.count == 1 {
      // Commas part names only when no part is a single word, as in "Smith, John".
      let split = line.split { $0 == "," || $0 == "،" }.map { collapsed(String($0)) }.filter { !$0.isEmpty }
      if split.allSatisfy({ $0.contains(" ") }) { parts = split }
    }
    var seen: Set<String> = []
    return parts.filter { $0.utf8.count <= 200 && seen.insert($0).inserted }
  }

  static func keywords(ofField value: String) -> [String] {
    var seen: Set<String> = []
    let parts = value.split { ",;،؛|·•、\n".contains($0) }
    return parts.map { part in
      var word = collapsed(String(part))
      while let last = word.last, last == "." { word.removeLast() }
      if word.hasPrefix("#") { word.removeFirst() }
      return word
    }.filter { !$0.isEmpty && $0.utf8.count <= 200 && seen.insert($0).inserted }
  }

  /// The run of capitalised words in `text` whose initials spell `acronym`, small words skipped: what GIP stands for.
  static func expansion(of acronym: String, in text: String) -> String? {
    let initials = Array(lower(acronym).filter(\.isLetter))
    guard (2...8).contains(initials.count) else { return nil }
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
    for start in words.indices {
      var matched = 0
      var at = start
      while at < words.endIndex, matched < initials.count {
        let bare = words[at].drop { !$0.isLetter }
        guard let first = bare.first else { break }
        if first.isUppercase, lower(String(first)).first == initials[matched] {
          matched += 1
        } else if matched == 0 || !smallWords.contains(lower(String(bare))) {
          break
        }
        at += 1
        if matched < initials.count, let last = words[at - 1].last, ".,;:!?)".contains(last) { break }
      }
      if matched == initials.count {
        let name = collapsed(words[start..<at].joined(separator: " "))
        return name.trimmingMarks()
      }
    }
    return nil
  }

  static func replacing(_ text: String, _ part: String, with other: String) -> String {
    var out = ""
    var rest = Substring(text)
    while let found = find(part, in: rest) {
      out += rest[..<found.lowerBound]
      out += other
      rest = rest[found.upperBound...]
    }
    return out + rest
  }

  static func find(_ part: String, in text: Substring) -> Range<String.Index>? {
    guard let first = part.first else { return nil }
    var at = text.startIndex
    while let found = text[at...].firstIndex(of: first) {
      if text[found...].hasPrefix(part) { return found..<text.index(found, offsetBy: part.count) }
      at = text.index(after: found)
    }
    return nil
  }

  private static let smallWords: Set<String> = [
    "of", "for", "the", "and", "on", "in", "de", "des", "du", "la", "für", "und", "и", "по", "və", "ve", "&",
  ]

  private static let particles: Set<String> = [
    "de", "da", "di", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn", "del", "dos", "oğlu", "oglu", "qızı", "kızı", "ter",
    "ben",
  ]

  /// Words of sections and institutions that look like names by their capitals.
  private static let institutional: Set<String> = [
    "news", "report", "reports", "analysis", "opinion", "institute", "center", "centre", "university", "agency", "press", "times", "post",
    "journal", "ministry", "republic", "politics", "policy",
    "world", "international", "security", "council", "foundation", "committee", "group", "board", "office", "department", "studies",
    "research", "brief", "paper", "review", "magazine", "radio",
    "television", "channel", "service", "europe", "asia", "africa", "caucasus", "east", "west", "north", "south", "middle", "united",
    "states", "house", "union", "party", "government", "economy",
    "business", "culture", "sport", "sports", "technology", "science", "features", "commentary", "editorial", "interview", "contents",
    "introduction", "conclusion", "abstract", "summary", "the",
    "новости", "институт", "центр", "агентство", "университет", "республика", "политика", "мир", "общество", "экономика", "haber",
    "haberleri", "ajansı", "üniversitesi", "enstitüsü", "xəbərlər",
    "agentliyi", "institutu", "universiteti", "siyasət", "gündem", "dünya", "լուրեր", "ինստիտուտ", "institut", "universität", "nachrichten",
  ]
}

extension String {
  /// Without punctuation at both ends.
  func trimmingMarks() -> String {
    var view = Substring(self)
    while let first = view.first, !first.isLetter, !first.isNumber { view.removeFirst() }
    while let last = view.last, !last.isLetter, !last.isNumber { view.removeLast() }
    return String(view)
  }
}

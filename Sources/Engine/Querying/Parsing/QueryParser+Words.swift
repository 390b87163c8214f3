// Words: plain ones with their marks (`=word`, `word*`, `word~1`), and literal ones, which what does not parse is read as.
import ArasAPI

extension QueryParser {
  /// A run of bytes without spaces: `*` alone is everything.
  mutating func chunk(_ range: Range<Int>) -> QueryNode? {
    if let valueField { return value(of: valueField, range, clause: range) }
    if isStar(range) { return admits(range) ? .everything : nil }
    warnOfUnknownField(range)
    return word(in: range).map { .word($0) }
  }

  func isStar(_ range: Range<Int>) -> Bool { range.count == 1 && text.bytes[range.lowerBound] == UInt8(ascii: "*") }

  /// Bytes read as the words that they are, whatever else they might mean.
  mutating func literal(_ range: Range<Int>) -> QueryNode? {
    var nodes: [QueryNode] = []
    for piece in text.literalWords(range) {
      var body = piece
      while !body.isEmpty, text.bytes[body.lowerBound] == UInt8(ascii: "-") { body = (body.lowerBound + 1)..<body.upperBound }
      guard text.mayBeWord(body) else { continue }
      if let valueField, valueField != .date {
        if let value = value(of: valueField, body, clause: body) { nodes.append(value) }
      } else if admits(body) {
        // An operator that was not one is a word, and stays one when it is read again.
        nodes.append(.word(QueryWord(text: text.text(body).lowercased(), range: body)))
      }
    }
    return Self.joined(nodes)
  }

  /// A word with its marks; nil where no word can be.
  mutating func word(in range: Range<Int>) -> QueryWord? {
    guard admits(range) else { return nil }
    var word = QueryWord(text: "", range: range)
    var body = range
    if text.bytes[body.lowerBound] == UInt8(ascii: "="), body.count > 1 {
      word.isExact = true
      body = (body.lowerBound + 1)..<body.upperBound
    }
    var star: Range<Int>?
    // Marks may stand one behind the other; the last of each kind counts.
    while !body.isEmpty {
      if text.bytes[body.upperBound - 1] == UInt8(ascii: "*") {
        star = (body.upperBound - 1)..<body.upperBound
        body = body.lowerBound..<(body.upperBound - 1)
      } else if let (distance, start) = fuzziness(body) {
        word.distance = distance
        body = body.lowerBound..<start
      } else {
        break
      }
    }
    guard text.mayBeWord(body) else { return nil }
    word.text = text.text(body)
    if let star {
      if closesEmphasis(body, star) {
        warnOfEmphasis(body, range)
      } else {
        warnOfInnerStar(body)
        makePrefix(&word, starAt: star)
      }
    } else {
      isInEmphasis = isInEmphasis || leadingStars(body) > 1
      warnOfInnerStar(body)
    }
    if word.isPlain, QueryLexer.operatorKind(text, body) != nil { word.text = word.text.lowercased() }
    return word
  }

  mutating func makePrefix(_ word: inout QueryWord, starAt star: Range<Int>) {
    guard word.text.unicodeScalars.count >= Self.shortestPrefix else {
      warn(
        "short_wildcard", word.range.lowerBound..<max(star.upperBound, word.range.upperBound),
        "a wildcard needs at least \(Self.shortestPrefix) letters before its star; read as a whole word")
      return
    }
    if word.distance > 0 {
      warn("fuzzy_wildcard", word.range, "a word is either a beginning or fuzzy; ~\(word.distance) is ignored", syntax: false)
      word.distance = 0
    }
    word.isPrefix = true
  }

  /// Whether the stars behind a word belong to others before it, as in `*so*`, `**so**` and, words apart, `**so and so**`. Of single stars
  /// words apart the second is a wildcard: "*tion separat*" emphasises nothing.
  private mutating func closesEmphasis(_ body: Range<Int>, _ star: Range<Int>) -> Bool {
    let isOpen = isInEmphasis
    isInEmphasis = false
    // The first star behind the word; there are two if another follows.
    let isDouble = star.upperBound < text.count && text.bytes[star.upperBound] == UInt8(ascii: "*")
    return leadingStars(body) > 0 || isOpen && isDouble
  }

  /// The stars stay in the word, where they mean nothing: what they enclose may begin like an operator.
  private mutating func warnOfEmphasis(_ body: Range<Int>, _ range: Range<Int>) {
    let word = text.text((body.lowerBound + leadingStars(body))..<body.upperBound)
    warn("bad_wildcard", range, "stars around words are read as emphasis; for words that begin like this one, write \(word)*")
  }

  private func leadingStars(_ range: Range<Int>) -> Int { text.bytes[range].prefix { $0 == UInt8(ascii: "*") }.count }

  /// `~`, `~1` … at the end of a word, and where it begins. Nil where there is none, and where nothing stands before it: "~500" is a
  /// number.
  private mutating func fuzziness(_ body: Range<Int>) -> (distance: Int, start: Int)? {
    var start = body.upperBound
    while start > body.lowerBound, QueryCharacters.isDigit(text.bytes[start - 1]) || text.bytes[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    guard start > body.lowerBound, text.bytes[start - 1] == UInt8(ascii: "~"), text.mayBeWord(body.lowerBound..<(start - 1)) else {
      return nil
    }
    let written = start..<body.upperBound
    start -= 1
    switch text.text(written) {
    case "0": return (0, start)
    case "1": return (1, start)
    case "2": return (2, start)
    case let number:
      let isMore = (number.utf8.first ?? 0x30) > 0x31 && !number.utf8.contains(UInt8(ascii: "."))
      let distance = isMore || number.utf8.count > 1 && !number.utf8.contains(UInt8(ascii: ".")) ? 2 : 1
      warn("bad_fuzzy", start..<body.upperBound, "a fuzzy word differs by one letter or two: word~1, word~2; read as ~\(distance)")
      return (distance, start)
    }
  }

  private mutating func warnOfInnerStar(_ body: Range<Int>) {
    guard let star = text.bytes[body].firstIndex(of: UInt8(ascii: "*")) else { return }
    warn("bad_wildcard", star..<(star + 1), "a star stands for the end of a word only; this one is ignored")
  }

  /// `titel:iran` is read as words, but hardly meant so; `https://…` and `12:30` are.
  private mutating func warnOfUnknownField(_ range: Range<Int>) {
    let bytes = text.bytes
    guard let colon = bytes[range].firstIndex(of: UInt8(ascii: ":")), colon > range.lowerBound, colon - range.lowerBound <= 32,
      colon + 1 == range.upperBound || !"/:".utf8.contains(bytes[colon + 1]),
      bytes[range.lowerBound..<colon].allSatisfy({ (0x61...0x7A).contains($0 | 0x20) })
    else { return }
    // "Note:" ends in a colon like any word; before a phrase or a group it was meant to be a field.
    if colon + 1 == range.upperBound, !(at < tokens.count && tokens[at].range.lowerBound == range.upperBound) { return }
    let name = text.text(range.lowerBound..<colon)
    let nearest = NearestName.of(name.lowercased(), among: Field.allCases.map(\.rawValue))
    warn(
      "unknown_field", range.lowerBound..<colon,
      "there is no field \"\(name)\"" + (nearest.map { "; did you mean \"\($0):\"?" } ?? "") + "; read as words")
  }
}

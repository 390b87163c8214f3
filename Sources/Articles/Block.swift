// A block is a paragraph, a heading, a list item or a line that stands for itself: what every rule of extraction looks at.
import TextAnalysis

struct Block {
  enum Kind: Equatable {
    case paragraph, listItem, code, quote, row
    case heading(Int)
  }

  /// What became of it.
  enum Role: Equatable {
    case undecided
    case body
    case heading
    /// Read as metadata: `title`, `date`, `author`, `keywords` …
    case metadata(String)
    case removed(label: String, reason: String)
  }

  var start: Int
  var end: Int
  var line: Int
  var kind = Kind.paragraph
  /// Markup inside it, ascending, which no passage holds.
  var cuts: [Range<Int>] = []
  /// The share of its letters that stand in links.
  var linkShare = 0.0
  /// Whether the format itself says what it is (a heading of Markdown, an element of HTML).
  var isMarkedUp = false
  var statistics = BlockStatistics()
  var role = Role.undecided

  init(start: Int, end: Int, line: Int, kind: Kind = .paragraph) {
    self.start = start
    self.end = end
    self.line = line
    self.kind = kind
  }

  var range: Range<Int> { start..<end }

  var isHeadingKind: Bool {
    if case .heading = kind { return true }
    return false
  }
}

/// What one pass over a block's bytes counts.
struct BlockStatistics {
  var letters = 0
  var digits = 0
  /// Scalars that are not space.
  var marks = 0
  /// Runs between spaces that hold a letter or a digit; two letters of an unspaced script count as one.
  var words = 0
  var functionWords = 0
  var unspaced = 0
  var armenian = 0
  var endsSentence = false
  /// The last scalar before closing quotation marks and brackets.
  var lastMark: UInt32 = 0
  var endsWithColon = false
  var endsOpen = false
  var startsLower = false

  init() {}

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var word = WordCount()
    var reader = ScalarReader(bytes, range)
    while let s = reader.next() {
      if s < 0x80 {
        let isLetter = (s | 0x20) &- 0x61 < 26
        if !isLetter, s == 0x20 || (s >= 0x09 && s <= 0x0D) {
          finish(&word)
          continue
        }
        marks += 1
        word.isOpen = true
        if isLetter {
          if letters == 0, digits == 0, marks <= 3 { startsLower = s >= 0x61 }
          letters += 1
          word.append(s)
        } else if s &- 0x30 < 10 {
          digits += 1
          word.appendOther(isSpaced: true)
        }
        continue
      }
      if Scalars.isSpace(s) {
        finish(&word)
        continue
      }
      marks += 1
      word.isOpen = true
      if Scalars.isLetter(s) {
        if letters == 0, digits == 0, marks <= 3 { startsLower = Unicode.Scalar(s)?.properties.isLowercase ?? false }
        letters += 1
        let isUnspaced = Scalars.isUnspaced(s)
        if isUnspaced { unspaced += 1 }
        if s >= 0x531, s <= 0x588 { armenian += 1 }
        word.appendOther(isSpaced: !isUnspaced)
      } else if Scalars.digit(s) != nil {
        digits += 1
        word.appendOther(isSpaced: true)
      }
    }
    finish(&word)
    words += (unspaced + 1) / 2
    readEnd(bytes, range)
  }

  /// A run between spaces, as far as it has been read.
  private struct WordCount {
    var isOpen = false
    /// Whether it has a letter or a digit of a script with spaces.
    var isSpaced = false
    /// Its letters while they are ASCII and no more than eight; their number is more than eight where they are not.
    var key: UInt64 = 0
    var length = 0

    @inline(__always)
    mutating func append(_ letter: UInt32) {
      isSpaced = true
      guard length < 9 else { return }
      key = ShortWords.key(key, UInt8(truncatingIfNeeded: letter | 0x20))
      length += 1
    }

    @inline(__always)
    mutating func appendOther(isSpaced: Bool) {
      if isSpaced { self.isSpaced = true }
      length = 9
    }
  }

  @inline(__always)
  private mutating func finish(_ word: inout WordCount) {
    guard word.isOpen else { return }
    if word.isSpaced {
      words += 1
      if word.length > 0, word.length <= 8, FunctionWords.all.contains(word.key) { functionWords += 1 }
    }
    word = WordCount()
  }

  /// Looks at the last scalar that is not space, and at the last one before closing quotation marks and brackets.
  private mutating func readEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var last: UInt32?
    var end = range.upperBound
    while end > range.lowerBound {
      var start = end - 1
      while start > range.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      var reader = ScalarReader(bytes, start..<end)
      end = start
      guard let s = reader.next(), !Scalars.isSpace(s) else { continue }
      if last == nil { last = s }
      if !Scalars.closes(s) {
        lastMark = s
        break
      }
    }
    endsWithColon = last == 0x3A || last == 0xFF1A
    endsSentence = Scalars.endsSentence(lastMark) || (endsWithColon && armenian * 2 > letters)
    endsOpen = [0x2C, 0x3B, 0x3A, 0x60C, 0x61B, 0xFF1A, 0xFF0C, 0x3001].contains(last ?? 0)
  }

  /// Running text: long enough, made of letters, with the small words of a language where they are known, and with an end.
  var isProse: Bool {
    guard letters * 10 >= marks * 6 else { return false }
    let weight = letters + unspaced * 2
    if weight > 300 { return true }
    guard weight >= 140, endsSentence else { return false }
    return functionWords > 0 ? functionWords * 4 >= words : letters * 10 >= marks * 8
  }

  /// Whether it ends as a statement does, not as a question, a call or a title.
  var endsWithFullStop: Bool {
    endsSentence && ![0x21, 0x3F, 0x61F, 0xFF01, 0xFF1F].contains(lastMark)
  }
}

/// The small words of Western languages in one set: a run of text in any of them is thick with its own.
enum FunctionWords {
  static let all = ShortWords(
    """
    the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she \
    there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could \
    these two may first then do any like my now over such our man me even most made after also did many off before must well back through years \
    where much your way down should because each just those how too little very make world still see own work men between never us under while \
    der die das und ist in zu den von mit auf im nicht des dem ein eine einer als auch es an sich wie oder bei aus nach hat er sie wird um am \
    le la les de du des et en un une que qui dans pour par sur est au aux ce se ne pas plus il elle ont avec son sa ses sont mais ou \
    el los las y del al por con para una no su lo como sus o este ya pero fue ha di che il e gli per non con si da come anche al dei della \
    het een van op te voor zijn met niet aan ook er om dat bij
    """)
}

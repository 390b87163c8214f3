// A block is a paragraph, a heading, a list item or a line that stands for itself: what every rule of extraction looks at.

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
    var reader = ScalarReader(bytes, range)
    var inWord = false
    var wordHasSpaced = false
    var key: UInt64 = 0
    var keyLength = 0
    var last: UInt32 = 0
    var lastBeforeClosing: UInt32 = 0
    func finish(_ self: inout BlockStatistics) {
      if inWord, wordHasSpaced {
        self.words += 1
        if keyLength > 0, keyLength <= 8, FunctionWords.keys.contains(key) { self.functionWords += 1 }
      }
      inWord = false
      wordHasSpaced = false
      key = 0
      keyLength = 0
    }
    while let s = reader.next() {
      if Scalars.isSpace(s) {
        if inWord { finish(&self) }
        continue
      }
      marks += 1
      inWord = true
      if Scalars.isLetter(s) {
        if letters == 0, digits == 0, marks <= 3 { startsLower = Self.isLower(s) }
        letters += 1
        if Scalars.isUnspaced(s) { unspaced += 1 } else { wordHasSpaced = true }
        if s >= 0x531, s <= 0x588 { armenian += 1 }
        if s < 0x80, keyLength < 9 {
          key = key << 8 | UInt64(s | 0x20)
          keyLength += 1
        } else {
          keyLength = 9
        }
      } else if Scalars.digit(s) != nil {
        digits += 1
        wordHasSpaced = true
        keyLength = 9
      }
      last = s
      if !Scalars.closes(s) { lastBeforeClosing = s }
    }
    finish(&self)
    words += (unspaced + 1) / 2
    lastMark = lastBeforeClosing
    endsWithColon = last == 0x3A || last == 0xFF1A
    endsSentence = Scalars.endsSentence(lastBeforeClosing) || (endsWithColon && armenian * 2 > letters)
    endsOpen = [0x2C, 0x3B, 0x3A, 0x60C, 0x61B, 0xFF1A, 0xFF0C, 0x3001].contains(last)
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

  private static func isLower(_ s: UInt32) -> Bool {
    if s < 0x80 { return s >= 0x61 && s <= 0x7A }
    return Unicode.Scalar(s)?.properties.isLowercase ?? false
  }
}

/// The small words of Western languages in one set: a run of text in any of them is thick with its own.
enum FunctionWords {
  static let keys: Set<UInt64> = {
    let words = """
      the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she \
      there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could \
      these two may first then do any like my now over such our man me even most made after also did many off before must well back through years \
      where much your way down should because each just those how too little very make world still see own work men between never us under while \
      der die das und ist in zu den von mit auf im nicht des dem ein eine einer als auch es an sich wie oder bei aus nach hat er sie wird um am \
      le la les de du des et en un une que qui dans pour par sur est au aux ce se ne pas plus il elle ont avec son sa ses sont mais ou \
      el los las y del al por con para una no su lo como sus o este ya pero fue ha di che il e gli per non con si da come anche al dei della \
      het een van op te voor zijn met niet aan ook er om dat bij
      """
    var keys: Set<UInt64> = []
    for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      var key: UInt64 = 0
      for byte in word.utf8 { key = key << 8 | UInt64(byte) }
      keys.insert(key)
    }
    return keys
  }()
}

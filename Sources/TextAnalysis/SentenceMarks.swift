// The punctuation that sentences are split by, and the words whose full stop does not end one.

enum Marks {
  /// . ! ? … and the ends of sentences in Arabic, Armenian, Indic, Ethiopic and East Asian writing.
  static func ends(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21, 0x2E, 0x3F, 0x589, 0x61F, 0x6D4, 0x964, 0x965, 0x1362, 0x1367, 0x2026, 0x203C, 0x203D, 0x2047, 0x2048, 0x2049: true
    default: isWide(scalar)
    }
  }

  /// A full stop or an ellipsis, which need not end a sentence.
  static func isStop(_ scalar: UInt32) -> Bool { scalar == 0x2E || scalar == 0x2026 }

  /// Ends a sentence with no blank behind it.
  static func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61: true
    default: false
    }
  }

  static func closesQuote(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0xAB, 0xBB, 0x2018, 0x2019, 0x201C, 0x201D, 0x203A, 0x300D, 0x300F, 0xFF02: true
    default: false
    }
  }

  static func closesBracket(_ scalar: UInt32) -> Bool { scalar == 0x29 || scalar == 0x5D || scalar == 0xFF09 }

  /// What may stand before the first word of a sentence.
  static func opens(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x28, 0x5B, 0xA1, 0xAB, 0xBB, 0xBF, 0x2018, 0x201A, 0x201C, 0x201D, 0x201E, 0x2039, 0x300C, 0x300E, 0x2A, 0x5F,
      0xFF08:
      true
    default: false
    }
  }

  /// A dash, a bullet or a currency sign begins a sentence as well as a letter does.
  static func startsItem(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x23, 0x24, 0x2D, 0xA3, 0xA5, 0xA7, 0x2013, 0x2014, 0x2015, 0x2022, 0x20AC: true
    default: false
    }
  }
}

/// In folded form, without the last full stop.
enum Abbreviations {
  /// A name follows, whatever its case.
  static let beforeNames = set(
    """
    mr mrs ms mx dr prof gen col maj sgt capt cmdr cpl lt ltd.col adm brig gov sen rep pres hon rev fr st ste messrs mt ft
    sr.lt vs cf al ph ambassador.dr sheikh.dr amb dep dir min supt insp det pvt asst assoc atty
    г ул просп обл акад проф ген полк им св стр тов гр
    sn prof.dr doç yrd av bkz
    herr hr fr dipl ing
    mme mlle mm
    sr sra dña ud uds
    sig dott avv
    """)

  /// A number follows: No. 5, p. 12, Jan. 2023, ст. 4.
  static let beforeNumbers = set(
    """
    no nos nr p pp vol fig ch sec art para ca c approx est sept sep jan feb mar apr jun jul aug oct nov dec
    ст п пп рис табл том гл № с
    str s bd abs
    """)

  /// May stand before a capital inside a sentence.
  static let insideSentences = set(
    """
    e.g i.e etc viz inc ltd co corp bros dept est jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun
    u.s u.k u.n u.s.a a.m p.m b.c a.d ph.d d.c j.r jr esq
    т.е т.к т.д т.п др пр тыс млн млрд руб долл гг вв см напр
    vb vs. örn yy mah cad
    z.b d.h u.a bzw usw ggf
    env p.ex av
    pág etc.
    """)

  /// Words that, in upper case behind an abbreviation, begin a new sentence.
  static let starters: Set<[UInt8]> = Set(
    """
    The This That These Those It He She They We You I A An In On At But And However Moreover Furthermore Meanwhile When While
    After Before If As For There Here His Her Their Its Our My No Yes So Then Since Although Though Despite Both Some Many Most
    What Why How Where Who Which According Last Earlier Later
    Он Она Они Это В На Но И По При Однако Мы
    Bu Bunun O Ancak Ama
    """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })

  private static func set(_ words: String) -> Set<[UInt8]> {
    Set(words.split(whereSeparator: \.isWhitespace).map { Fold.folded($0) })
  }
}

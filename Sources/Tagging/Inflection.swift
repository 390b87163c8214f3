// The endings and prefixes that names take in the languages that inflect. Where a name has a handful of forms (Russian, Ukrainian,
// Armenian, Georgian, Persian, Arabic, Hebrew) all of them are made when the registry is loaded; Azerbaijani and Turkish, where
// endings pile up, are stripped in the text instead (`Agglutination`).

enum Inflection {
  private static let languages: Set<String> = ["ru", "uk", "hy", "ka", "fa", "ar", "he"]

  /// True when the forms of the language's words are made here.
  static func applies(to language: String) -> Bool { languages.contains(language) }

  /// Whether words take other forms at the beginning, or at the end, of a name.
  static func dependsOnFirst(_ language: String) -> Bool { language == "ar" || language == "he" }
  static func dependsOnLast(_ language: String) -> Bool { language == "fa" }

  /// All forms of a lower-case word of a name, itself first.
  static func forms(of word: String, language: String, isLast: Bool = true, isFirst: Bool = true) -> [String] {
    switch language {
    case "ru", "uk": [word] + slavic(word)
    case "hy": [word] + armenian(word)
    case "ka": [word] + georgian(word)
    case "fa": isLast ? [word] + persian(word) : [word]
    case "ar": isFirst ? [word] + arabic(word) : [word]
    case "he": isFirst ? [word] + hebrew(word) : [word]
    default: [word]
    }
  }

  /// Endings by what the nominative ends in, the longest first; the first line that fits decides.
  private static let slavicEndings: [(ending: String, others: [String])] = [
    ("ский", ["ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими", "ски", "ско"]),
    ("цкий", ["цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "цкое", "цкие", "цких", "цкими", "цко"]),
    ("ський", ["ського", "ському", "ським", "ська", "ської", "ській", "ську", "ською", "ське", "ські", "ських", "ськими"]),
    ("цький", ["цького", "цькому", "цьким", "цька", "цької", "цькій", "цьку", "цькою", "цьке", "цькі", "цьких", "цькими"]),
    ("ый", ["ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"]),
    ("ий", ["его", "ему", "им", "ем", "яя", "ей", "юю", "ого", "ому", "ом"]),
    ("ая", ["ой", "ую", "ою"]),
    ("ое", ["ого", "ому", "ым", "ом"]),
    ("ые", ["ых", "ым", "ыми"]),
    ("кие", ["ких", "ким", "кими"]),
    ("ия", ["ии", "ию", "ией", "иею"]),
    ("ія", ["ії", "ію", "ією"]),
    ("їна", ["їни", "їні", "їну", "їною"]),
    ("ец", ["ца", "цу", "цем", "це", "цы", "цев", "цам", "цами", "цах"]),
    ("ець", ["ця", "цю", "цем", "ці", "ців", "цям", "цями"]),
    ("цы", ["цев", "цам", "цами", "цах"]),
    ("ане", ["ан", "анам", "анами", "анах"]),
    ("яне", ["ян", "янам", "янами", "янах"]),
    ("анин", ["анина", "анину", "анином", "анине"]),
    ("янин", ["янина", "янину", "янином", "янине"]),
    ("ки", ["ок", "кам", "ками", "ках", "ков"]),
    ("ство", ["ства", "ству", "ством", "стве"]),
    ("оа", []),
    ("уа", []),
    ("ы", ["ов", "ам", "ами", "ах", ""]),
    ("русь", ["руси", "русью", "русі", "руссю"]),
    ("а", ["ы", "и", "е", "у", "ой", "ою", "ею", "і"]),
    ("я", ["и", "е", "ю", "ей", "і", "єю"]),
    ("ь", ["я", "ю", "ем", "е", "и", "ью", "і", "ю"]),
    ("й", ["я", "ю", "ем", "е", "и", "єм", "ї"]),
    ("ье", ["ья", "ью", "ьем"]),
  ]

  private static func slavic(_ word: String) -> [String] {
    for (ending, others) in slavicEndings where word.hasSuffix(ending) && word.count > ending.count + 1 {
      let stem = word.dropLast(ending.count)
      return others.map { stem + $0 }
    }
    guard let last = word.last, word.count > 2, !"оеуюиэіїє".contains(last) else { return [] }
    var forms = ["а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах", "ови", "і"].map { word + $0 }
    // Surnames in -ов, -ев, -ин have endings of their own.
    if word.hasSuffix("ов") || word.hasSuffix("ев") || word.hasSuffix("ин") { forms.append(word + "ым") }
    // The vowel that drops: Египет, Египта.
    if word.hasSuffix("ет") { forms += ["та", "ту", "том", "те"].map { word.dropLast(2) + $0 } }
    if word.hasSuffix("ок") { forms += ["ка", "ку", "ком", "ке", "ки"].map { word.dropLast(2) + $0 } }
    return forms
  }

  private static func armenian(_ word: String) -> [String] {
    guard word.count > 2, let last = word.last else { return [] }
    if last == "ա" || last == "ո" || last == "ե" {
      return ["ն", "յի", "յին", "յից", "յով", "յում"].map { word + $0 }
    }
    // Baku: Բաքվի, Բաքվից.
    if word.hasSuffix("ու") { return ["ն", "ում"].map { word + $0 } + ["վի", "վից", "վով", "վում"].map { word.dropLast(2) + $0 } }
    if last == "ի" { return ["ն", "ի", "ից", "ով", "ում"].map { word + $0 } }
    // A vowel weakens before endings: Հայաստանը keeps its own, միություն becomes միության.
    var forms = ["ը", "ն", "ի", "ին", "ից", "ով", "ում", "ներ", "ները", "ների", "ներին"].map { word + $0 }
    if word.hasSuffix("ություն") {
      forms += ["ության", "ությանը", "ությունը", "ությունից", "ությամբ", "ությունում"].map { word.dropLast(7) + $0 }
    }
    return forms
  }

  private static func georgian(_ word: String) -> [String] {
    guard word.count > 3, let last = word.last else { return [] }
    let afterConsonant = [
      "ს", "ის", "მა", "ით", "ად", "ში", "ზე", "თან", "იდან", "ისთვის", "ისგან", "ისა", "იც", "ო", "ელი", "ელები", "ების", "ები", "მდე",
      "ამდე",
    ]
    let afterVowel = ["ს", "მ", "თი", "დ", "ში", "ზე", "სთან", "დან", "სთვის", "სგან", "ც", "მდე"]
    switch last {
    case "ი": return afterConsonant.map { word.dropLast() + $0 } + ["ს", "ც"].map { word + $0 }
    case "ა", "ე": return (afterVowel + ["სა"]).map { word + $0 } + ["ის", "იდან", "ით", "ისთვის"].map { word.dropLast() + $0 }
    case "ო", "უ": return afterVowel.map { word + $0 }
    default: return []
    }
  }

  /// The adjective and the plural; the zero-width non-joiner is dropped from forms, so the plural is glued.
  private static func persian(_ word: String) -> [String] {
    guard word.count > 2, let last = word.last else { return [] }
    if last == "ا" { return ["یی", "ییها", "ییان"].map { word + $0 } }
    if last == "ی" { return ["ها", "هایی", "ان"].map { word + $0 } }
    return ["ی", "یها", "یان", "ها"].map { word + $0 }
  }

  private static func arabic(_ word: String) -> [String] {
    guard word.count > 2 else { return [] }
    if word.hasPrefix("ال") {
      let bare = word.dropFirst(2)
      return ["و", "ب", "ك", "ف"].map { $0 + word } + ["لل" + bare, "ولل" + bare, "وبال" + bare]
    }
    return ["و", "ب", "ل", "ف", "ك", "ول", "وب", "ال", "وال", "بال", "لل"].map { $0 + word }
  }

  private static func hebrew(_ word: String) -> [String] {
    guard word.count > 2 else { return [] }
    return ["ב", "ל", "מ", "ו", "ש", "כ", "ה", "וב", "ול", "ומ", "שב", "של", "וה", "בה", "לה", "מה"].map { $0 + word }
  }
}

/// The endings of Azerbaijani and Turkish nouns as they look folded (ı is i; ə is kept by some foldings and e in others).
enum Agglutination {
  /// True when the passage's language piles endings onto names.
  static func applies(to language: String) -> Bool { language == "az" || language == "tr" }

  static let minimumBase = 3

  private static let written: [String] = {
    // Case, plural, possessive and person endings in the four vowel harmonies, and their common combinations.
    let wide = ["a", "e", "ə"]
    let narrow = ["ı", "i", "u", "ü"]
    var all: [String] = []
    for vowel in narrow {
      all += [vowel, vowel + "n", "n" + vowel, "n" + vowel + "n", "y" + vowel, "s" + vowel, "s" + vowel + "n" + vowel + "n"]
      all += ["s" + vowel + "n" + vowel, "l" + vowel, "ç" + vowel, "d" + vowel + "r", "t" + vowel + "r", "yd" + vowel, "ym" + vowel + "ş"]
    }
    for vowel in wide {
      all += [
        vowel, "y" + vowel, "n" + vowel, "d" + vowel, "d" + vowel + "n", "t" + vowel, "t" + vowel + "n", "nd" + vowel, "nd" + vowel + "n",
      ]
      all += ["l" + vowel, "yl" + vowel, "c" + vowel, "ca", "s" + vowel]
      all += ["d" + vowel + "ki", "t" + vowel + "ki", "nd" + vowel + "ki", "d" + vowel + "kı"]
      for plural in ["l" + vowel + "r"] {
        all.append(plural)
        for narrowVowel in narrow.prefix(2) {
          all += [plural + narrowVowel, plural + narrowVowel + "n", plural + narrowVowel + "n" + narrowVowel]
          all.append("l" + narrowVowel + plural)
          all.append("l" + narrowVowel + plural + narrowVowel + "n")
        }
        all += [plural + "d" + vowel, plural + "d" + vowel + "n", plural + vowel, plural + "l" + vowel]
      }
    }
    return all
  }()

  /// The endings, each folded by the caller's folding, longest first.
  static func endings(folding: (String) -> [UInt8]) -> [[UInt8]] {
    Array(Set(written.map(folding))).sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count }
  }
}

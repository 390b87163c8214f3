// Which letters are taken for each other: by their sound, by their look, by their place on the keyboard. Facts about scripts, as lists.

enum LetterKinds {
  /// Letters of folded text that stand for vowels, in the scripts that write them.
  private static let vowels = Set(scalars("aeiouyəаеиоуыэюяєіїαεηιουωاویيىעויაეიოუաեէըիոօ"))

  /// Letters of one sound or nearly so, of one script.
  private static let alike: [UInt32: Set<UInt32>] = {
    let groups = [
      // Latin
      "ck", "kq", "gq", "sz", "cs", "vw", "iy", "ij", "hx", "gj", "mn", "bp", "dt", "bv", "əe", "əa",
      // Cyrillic
      "шщ", "ьъ", "сз", "бп", "дт", "гк", "вф", "жш", "ыи", "еэ", "ий", "иі", "гґ",
      // Arabic and Persian
      "هةح", "ضظذز", "صسث", "طت", "غق", "یيى", "کك", "اآأإ", "عا",
      // Georgian and Armenian
      "ქკყ", "თტ", "ცწ", "ჩჭ", "ფპ", "ღგ", "րռ", "տթդ", "կքգ", "պփբ", "ծցձ", "ճչջ", "եէ", "օո", "հխ",
    ]
    var alike: [UInt32: Set<UInt32>] = [:]
    for group in groups.map(scalars) {
      for letter in group { alike[letter, default: []].formUnion(group) }
    }
    return alike
  }()

  /// Letters of different scripts that look the same, in upper or in lower case: the first of each is Latin.
  private static let twins: [UInt32: UInt32] = {
    var twins: [UInt32: UInt32] = [:]
    for pair in ["aа", "bв", "cс", "eе", "hн", "iі", "jј", "kк", "mм", "oо", "pр", "sѕ", "tт", "xх", "yу", "oο", "aα", "vν", "pρ", "kκ"] {
      let pair = scalars(pair)
      twins[pair[1]] = pair[0]
    }
    return twins
  }()

  /// Rows of keyboards; neighbours in a row are struck for each other.
  private static let neighbours: Set<UInt64> = {
    var neighbours: Set<UInt64> = []
    for row in [
      "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو",
    ] {
      let row = scalars(row)
      for (left, right) in zip(row, row.dropFirst()) {
        neighbours.insert(pair(left, right))
        neighbours.insert(pair(right, left))
      }
    }
    return neighbours
  }()

  static func isVowel(_ letter: UInt32) -> Bool { vowels.contains(letter) }
  static func areAlike(_ a: UInt32, _ b: UInt32) -> Bool { alike[a]?.contains(b) ?? false }
  static func areNeighbours(_ a: UInt32, _ b: UInt32) -> Bool { neighbours.contains(pair(a, b)) }
  static func areTwins(_ a: UInt32, _ b: UInt32) -> Bool { twins[a] == b || twins[b] == a }

  /// A word typed in letters of two scripts, with all of them in the script of most; nil where it is of one script, or stays mixed.
  static func unified(_ word: [UInt32]) -> [UInt32]? {
    let latin = word.count { $0 >= 0x61 && $0 <= 0x7A }
    guard latin > 0, latin < word.count else { return nil }
    let others = word.count { $0 >= 0x370 && $0 <= 0x52F }
    guard others > 0, latin + others == word.count else { return nil }
    if latin >= others {
      let unified = word.map { twins[$0] ?? $0 }
      return unified.allSatisfy { $0 < 0x80 } ? unified : nil
    }
    let isGreek = word.contains { $0 >= 0x370 && $0 < 0x400 }
    let unified = word.map { letter in
      letter >= 0x80 ? letter : twins.first { $0.value == letter && ($0.key < 0x400) == isGreek }?.key ?? letter
    }
    return unified.allSatisfy { $0 >= 0x80 } ? unified : nil
  }

  private static func pair(_ a: UInt32, _ b: UInt32) -> UInt64 { UInt64(a) << 32 | UInt64(b) }

  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}

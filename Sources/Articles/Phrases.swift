// Tests of wording that several rules share.

enum Phrases {
  /// Whether a lower-case line starts with the words of a link to other pages, and not merely with a word that begins so.
  static func startsTeaser(_ lower: String) -> Bool {
    LabelWords.teaserStarts.contains { start in
      guard lower.hasPrefix(start) else { return false }
      guard let next = lower.dropFirst(start.count).first else { return true }
      return !next.isLetter || start.hasSuffix(" ")
    }
  }

  /// Pseudo-Latin: most words are of the list that fills templates.
  static func isLorem(_ lower: String) -> Bool {
    var words = 0
    var filler = 0
    for word in lower.split(whereSeparator: { !$0.isLetter }) {
      words += 1
      if LabelWords.lorem.contains(String(word)) { filler += 1 }
    }
    return words >= 6 && filler * 2 >= words
  }

  /// What stands beside a date without weekdays, hours, labels and separators.
  static func withoutDateWords(_ text: String) -> String {
    var words: [Substring] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      let bare = word.drop { !$0.isLetter && !$0.isNumber }
      let core = Names.lower(String(bare.prefix { $0.isLetter || $0 == "'" || $0 == "." || $0 == "-" }))
      if bare.isEmpty {
        // A separator matters only between words.
        if word == "|" || word == "•" || word == "·" || word == "–" || word == "—" || word == "-" { words.append("|") }
        continue
      }
      if bare.first?.isNumber == true, bare.contains(where: { $0 == ":" || $0 == "." }) || bare.allSatisfy(\.isNumber) { continue }
      if dateWords.contains(core) || dateWords.contains(String(core.filter(\.isLetter))) { continue }
      words.append(word)
    }
    while words.first == "|" { words.removeFirst() }
    while words.last == "|" { words.removeLast() }
    return words.joined(separator: " ")
  }

  private static let dateWords: Set<String> = {
    let list = """
      monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun понедельник вторник среда четверг пятница суббота воскресенье \
      понеділок вівторок середа четвер пʼятниця субота неділя pazartesi salı çarşamba perşembe cuma cumartesi pazar şənbə bazar شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه \
      الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի montag dienstag mittwoch donnerstag freitag samstag sonntag \
      lundi mardi mercredi jeudi vendredi samedi dimanche am pm gmt utc est edt cet msk a.m. p.m. uhr h at on the date published posted updated publish last release \
      дата опубликовано обновлено в г года году tarih tarix yayın güncelleme saat часов ساعت تاریخ انتشار نشر تاريخ ժամ il ilin թ veröffentlicht am publié le à um и р року წელი წლის \
      for immediate
      """
    return Set(list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }()
}

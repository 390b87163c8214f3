// Finds dates in a line: ISO, numbers with separators, day and month name in the configured languages, Persian and Islamic years
// by range. A date of numbers whose day and month may be swapped stays open until the evidence of the document decides.

/// A date as read, before it is certain what its parts mean.
struct FoundDate: Equatable {
  enum Value: Equatable {
    case certain(ArticleDate)
    /// Two numbers of at most 12 and a year: 05/09/2023.
    case swappable(first: Int, second: Int, year: Int)
  }

  var value: Value
  /// Scalar offsets in the line that was read.
  var range: Range<Int>
  /// Whether a month name stands in it.
  var isNamed: Bool
  /// Of a date of numbers whose order is plain: true day first, false month first, nil when it says nothing.
  var dayFirst: Bool?
}

enum DateReader {
  private enum Token {
    case number(Int, digits: Int)
    case word(String)
    case mark(Unicode.Scalar)
  }

  private struct Placed {
    var token: Token
    var range: Range<Int>
  }

  /// The dates of a line, in order.
  static func dates(in line: String) -> [FoundDate] {
    let tokens = tokens(of: Array(line.unicodeScalars))
    var found: [FoundDate] = []
    var i = 0
    while i < tokens.count {
      if let (date, next) = date(tokens, at: i) {
        found.append(date)
        i = max(next, i + 1)
      } else {
        i += 1
      }
    }
    return found
  }

  /// The date of a field that holds nothing else; a bare year counts.
  static func field(_ text: String, dayFirst: Bool = true) -> ArticleDate? {
    if let first = dates(in: text).first { return certain(first.value, dayFirst: dayFirst) }
    let scalars = Array(text.unicodeScalars)
    for placed in tokens(of: scalars) {
      guard case .number(let year, digits: 4) = placed.token else { continue }
      if let date = yearDate(year) { return date }
    }
    return nil
  }

  static func certain(_ value: FoundDate.Value, dayFirst: Bool) -> ArticleDate? {
    switch value {
    case .certain(let date): return date
    case .swappable(let first, let second, let year):
      return ArticleDate(year: year, month: dayFirst ? second : first, day: dayFirst ? first : second)
    }
  }

  // MARK: Patterns

  private static func date(_ tokens: [Placed], at i: Int) -> (FoundDate, Int)? {
    func number(_ at: Int) -> (value: Int, digits: Int)? {
      guard at < tokens.count, case .number(let value, let digits) = tokens[at].token else { return nil }
      return (value, digits)
    }
    func word(_ at: Int) -> String? {
      guard at < tokens.count, case .word(let word) = tokens[at].token else { return nil }
      return word
    }
    func mark(_ at: Int, _ set: String) -> Bool {
      guard at < tokens.count, case .mark(let mark) = tokens[at].token else { return false }
      return set.unicodeScalars.contains(mark)
    }
    func touching(_ a: Int, _ b: Int) -> Bool { tokens[a].range.upperBound == tokens[b].range.lowerBound }
    /// Steps over the words and marks that stand between the parts of a date.
    func skip(_ at: Int) -> Int {
      var at = at
      while at < tokens.count {
        if mark(at, ",.،-'’–،;") { at += 1; continue }
        if let w = word(at), fillers.contains(w) { at += 1; continue }
        break
      }
      return at
    }
    func month(_ at: Int) -> (MonthNames.Month, Int)? {
      guard let first = word(at) else { return nil }
      if let second = word(at + 1), let month = MonthNames.month(first + "-" + second) { return (month, at + 2) }
      guard let month = MonthNames.month(first) else { return nil }
      return (month, at + 1)
    }
    func year(_ at: Int) -> Int? {
      guard let (value, digits) = number(at), digits == 4, (1250...2199).contains(value) else { return nil }
      return value
    }
    func made(_ date: ArticleDate?, _ end: Int, named: Bool = true, dayFirst: Bool? = nil) -> (FoundDate, Int)? {
      guard let date else { return nil }
      let range = tokens[i].range.lowerBound..<tokens[end - 1].range.upperBound
      return (FoundDate(value: .certain(date), range: range, isNamed: named, dayFirst: dayFirst), end)
    }
    func named(_ month: MonthNames.Month, _ year: Int, _ day: Int?) -> ArticleDate? {
      var calendar = month.calendar
      if calendar == .gregorian, year < 1500 { return nil }
      if calendar == .jalali, !Calendars.jalaliYears.contains(year) { calendar = .gregorian }
      if calendar != month.calendar { return nil }
      return Calendars.date(calendar, year: year, month: month.number, day: day)
    }

    if let (first, firstDigits) = number(i) {
      // Numbers with one kind of separator, and the Chinese and Japanese signs for year, month and day.
      if i + 4 < tokens.count, let (second, secondDigits) = number(i + 2), let (third, thirdDigits) = number(i + 4),
        case .mark(let a) = tokens[i + 1].token, case .mark(let b) = tokens[i + 3].token, a == b, "-/.‐–".unicodeScalars.contains(a),
        secondDigits <= 2, touching(i, i + 1), touching(i + 1, i + 2), touching(i + 2, i + 3), touching(i + 3, i + 4)
      {
        let range = tokens[i].range.lowerBound..<tokens[i + 4].range.upperBound
        if firstDigits == 4, thirdDigits <= 2 {
          return made(numeric(first, second, third), i + 5, named: false)
        }
        if firstDigits <= 2, thirdDigits == 4 || (thirdDigits == 2 && a != "-") {
          let year = thirdDigits == 4 ? third : third + (third <= 68 ? 2000 : 1900)
          if !(1500...2199).contains(year) { return made(numeric(year, second, first), i + 5, named: false) }
          if first > 12 { return made(ArticleDate(year: year, month: second, day: first), i + 5, named: false, dayFirst: true) }
          if second > 12 { return made(ArticleDate(year: year, month: first, day: second), i + 5, named: false, dayFirst: false) }
          guard first > 0, second > 0 else { return nil }
          if first == second { return made(ArticleDate(year: year, month: second, day: first), i + 5, named: false) }
          return (
            FoundDate(value: .swappable(first: first, second: second, year: year), range: range, isNamed: false, dayFirst: nil), i + 5
          )
        }
      }
      if firstDigits == 4, word(i + 1) == "年", let (m, _) = number(i + 2), word(i + 3) == "月" {
        if let (d, _) = number(i + 4), word(i + 5) == "日" { return made(ArticleDate(year: first, month: m, day: d), i + 6) }
        return made(ArticleDate(year: first, month: m), i + 4)
      }
      // 2023-09 alone.
      if firstDigits == 4, mark(i + 1, "-"), let (m, monthDigits) = number(i + 2), monthDigits == 2, touching(i, i + 1),
        touching(i + 1, i + 2), !mark(i + 3, "-/.")
      {
        if let found = made(ArticleDate(year: first, month: m), i + 3, named: false), (1500...2199).contains(first) { return found }
      }
      // d Month yyyy.
      if firstDigits <= 2, (1...31).contains(first), let (m, next) = month(skip(i + 1)) {
        let at = skip(next)
        if let y = year(at), let date = named(m, y, first) { return made(date, at + 1) }
      }
      // yyyy Month d, as "2024 թ. մարտի 12", or yyyy d Month, as "2024 წლის 12 მარტი".
      if let y = year(i) {
        let at = skip(i + 1)
        if at > i + 1 || word(at) != nil, let (m, next) = month(at) {
          let dayAt = skip(next)
          if let (d, digits) = number(dayAt), digits <= 2, let date = named(m, y, d) { return made(date, dayAt + 1) }
          if let date = named(m, y, nil) { return made(date, next) }
        }
        if at > i + 1, let (d, digits) = number(at), digits <= 2, let (m, next) = month(skip(at + 1)), let date = named(m, y, d) {
          return made(date, next)
        }
      }
      return nil
    }
    // Month d, yyyy or Month yyyy.
    if let (m, next) = month(i) {
      let at = skip(next)
      if let (d, digits) = number(at), digits <= 2, (1...31).contains(d) {
        let yearAt = skip(at + 1)
        if let y = year(yearAt), let date = named(m, y, d) { return made(date, yearAt + 1) }
      }
      if let y = year(at), let date = named(m, y, nil) { return made(date, at + 1) }
    }
    return nil
  }

  /// Year, month and day in numbers, in the calendar that the year belongs to.
  private static func numeric(_ year: Int, _ month: Int, _ day: Int) -> ArticleDate? {
    if (1500...2199).contains(year) { return ArticleDate(year: year, month: month, day: day) }
    if Calendars.jalaliYears.contains(year) {
      let jalali = Calendars.date(.jalali, year: year, month: month, day: day)
      // The Islamic year is some forty ahead of the Persian one, so a Persian date far in the future is an Islamic one.
      if let jalali, jalali.year <= 2045 { return jalali }
    }
    guard Calendars.hijriYears.contains(year) else { return nil }
    return Calendars.date(.hijri, year: year, month: month, day: day)
  }

  private static func yearDate(_ year: Int) -> ArticleDate? {
    if (1500...2199).contains(year) { return ArticleDate(year: year) }
    return Calendars.jalaliYears.contains(year) ? Calendars.date(.jalali, year: year, month: nil, day: nil) : nil
  }

  /// Words between the parts of a date: articles, ordinals, the word for year.
  private static let fillers: Set<String> = [
    "of", "de", "du", "del", "the", "st", "nd", "rd", "th", "er", "г", "года", "году", "год", "р", "року", "рік", "il", "ilin", "cı", "ci",
    "cu", "cü", "ci il", "yıl", "yılı", "թ", "թվական", "թվականի", "ի", "წლის",
    "წელი", "წ", "سال", "ماه", "من", "عام", "سنة", "شهر", "yil",
  ]

  private static func tokens(of scalars: [Unicode.Scalar]) -> [Placed] {
    var tokens: [Placed] = []
    var i = 0
    while i < scalars.count {
      let start = i
      if Scalars.digit(scalars[i].value) != nil {
        var value = 0
        while i < scalars.count, let digit = Scalars.digit(scalars[i].value) {
          value = value > 100_000_000 ? value : value * 10 + digit
          i += 1
        }
        tokens.append(Placed(token: .number(value, digits: i - start), range: start..<i))
      } else if Scalars.isLetter(scalars[i].value) {
        let unspaced = Scalars.isUnspaced(scalars[i].value)
        var word = String.UnicodeScalarView()
        while i < scalars.count, Scalars.isLetter(scalars[i].value) || scalars[i].value == 0x307 || scalars[i].value == 0x200C {
          if unspaced, i > start { break }
          word.append(scalars[i])
          i += 1
        }
        var lower = String(word).lowercased()
        if word.contains("İ") || lower.unicodeScalars.contains("\u{307}") {
          lower = String(String.UnicodeScalarView(lower.unicodeScalars.filter { $0 != "\u{307}" }))
        }
        tokens.append(Placed(token: .word(lower), range: start..<i))
      } else {
        if !Scalars.isSpace(scalars[i].value) { tokens.append(Placed(token: .mark(scalars[i]), range: start..<(i + 1))) }
        i += 1
      }
    }
    return tokens
  }
}

// The value of `date:`: a day, a month, a year, a range of them with either end open, or a span counted from today.

enum DateExpression {
  /// Why a text is no date.
  struct Fault: Error, Equatable {
    var code: String
    /// A clause without a full stop.
    var message: String
  }

  /// Reads `2021`, `2021-11`, `2022-02..`, `2020-09-27..2020-11-10`, `..2023`, `last_month`, `last_year..today`. An imprecise bound
  /// expands outward.
  /// - Parameter today: day number, for what is counted from today.
  static func read(_ text: String, today: Int) -> Result<DayRange, Fault> {
    let text = trimmed(text[...])
    guard let dots = text.firstRange(of: "..") else { return single(text, today: today).map { .success($0) } ?? .failure(noDate(text)) }
    let from = trimmed(text[..<dots.lowerBound])
    let to = trimmed(text[dots.upperBound...])
    guard !from.isEmpty || !to.isEmpty else { return .failure(noDate(text)) }
    var range = DayRange(first: CalendarDay.number(0, 1, 1), last: CalendarDay.number(9999, 12, 31))
    if !from.isEmpty {
      guard let lower = single(from, today: today) else { return .failure(noDate(from)) }
      range.first = lower.first
    }
    if !to.isEmpty {
      guard let upper = single(to, today: today) else { return .failure(noDate(to)) }
      range.last = upper.last
    }
    if range.first <= range.last { return .success(range) }
    return .failure(Fault(code: "reversed_range", message: "this range runs backwards: write \(to)..\(from)"))
  }

  static func range(_ text: String, today: Int) -> DayRange? { try? read(text, today: today).get() }

  private static func noDate(_ text: Substring) -> Fault {
    // What is meant to be a date and is in no calendar says so; anything else is told how dates are written.
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }.count
    let isNumeric = digits >= 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    return Fault(
      code: "bad_date",
      message: (isNumeric ? "\"\(text)\" is in no calendar" : "\"\(text)\" is not a date")
        + ": write 2021, 2021-11, 2021-11-05, 2021..2023 or last_month")
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func single(_ text: Substring, today: Int) -> DayRange? {
    if let range = DayRange(iso: text) { return range }
    let (year, month, _) = CalendarDay.date(today)
    let monday = today - CalendarDay.weekday(today) + 1
    let quarter = (month - 1) / 3
    switch text.lowercased().replacing("-", with: "_").replacing(" ", with: "_") {
    case "today": return DayRange(first: today, last: today)
    case "yesterday": return DayRange(first: today - 1, last: today - 1)
    case "this_week": return DayRange(first: monday, last: monday + 6)
    case "last_week": return DayRange(first: monday - 7, last: monday - 1)
    case "this_month": return DayRange.month(year, month)
    case "last_month": return month == 1 ? DayRange.month(year - 1, 12) : DayRange.month(year, month - 1)
    case "this_quarter": return DayRange.quarter(year, quarter)
    case "last_quarter": return quarter == 0 ? DayRange.quarter(year - 1, 3) : DayRange.quarter(year, quarter - 1)
    case "this_year": return DayRange.year(year)
    case "last_year": return DayRange.year(year - 1)
    case let name: return counted(name, today: today)
    }
  }

  /// `last_7_days`, `last_3_months`, `7d`, `3m`, `1y`: up to and including today.
  private static func counted(_ name: String, today: Int) -> DayRange? {
    var rest = name[...]
    if rest.hasPrefix("last_") { rest = rest.dropFirst(5) }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), (1...10_000).contains(number) else { return nil }
    let first: Int
    switch rest.dropFirst(digits.count) {
    case "d", "_days", "_day": first = today - number + 1
    case "w", "_weeks", "_week": first = today - number * 7 + 1
    case "m", "_months", "_month": first = day(monthsBefore: number, today) + 1
    case "y", "_years", "_year": first = day(monthsBefore: number * 12, today) + 1
    default: return nil
    }
    return DayRange(first: max(first, CalendarDay.number(0, 1, 1)), last: today)
  }

  /// The same day of an earlier month, or its last day where it is shorter.
  private static func day(monthsBefore count: Int, _ today: Int) -> Int {
    let (year, month, day) = CalendarDay.date(today)
    let months = year * 12 + month - 1 - count
    guard months >= 0 else { return CalendarDay.number(0, 1, 1) - 1 }
    let (then, inYear) = (months / 12, months % 12 + 1)
    return CalendarDay.number(then, inYear, min(day, CalendarDay.length(ofMonth: inYear, year: then)))
  }
}

extension DayRange {
  static func month(_ year: Int, _ month: Int) -> DayRange {
    let first = CalendarDay.number(year, month, 1)
    return DayRange(first: first, last: first + CalendarDay.length(ofMonth: month, year: year) - 1)
  }

  /// - Parameter quarter: 0 to 3.
  static func quarter(_ year: Int, _ quarter: Int) -> DayRange {
    DayRange(first: month(year, quarter * 3 + 1).first, last: month(year, quarter * 3 + 3).last)
  }

  static func year(_ year: Int) -> DayRange {
    DayRange(first: CalendarDay.number(year, 1, 1), last: CalendarDay.number(year, 12, 31))
  }
}

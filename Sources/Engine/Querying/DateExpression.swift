// The value of `date:`: a day, a month, a year, a range of them with either end open, or a span counted from today.

enum DateExpression {
  /// Reads `2021`, `2021-11`, `2022-02..`, `2020-09-27..2020-11-10`, `..2023`, `last_month`. An imprecise bound expands outward.
  /// - Parameter today: day number, for what is counted from today.
  static func range(_ text: String, today: Int) -> DayRange? {
    if let dots = text.firstRange(of: "..") {
      let from = text[..<dots.lowerBound]
      let to = text[dots.upperBound...]
      guard !from.isEmpty || !to.isEmpty else { return nil }
      var range = DayRange(first: CalendarDay.number(0, 1, 1), last: CalendarDay.number(9999, 12, 31))
      if !from.isEmpty {
        guard let lower = single(from, today: today) else { return nil }
        range.first = lower.first
      }
      if !to.isEmpty {
        guard let upper = single(to, today: today) else { return nil }
        range.last = upper.last
      }
      return range.first <= range.last ? range : nil
    }
    return single(text[...], today: today)
  }

  private static func single(_ text: Substring, today: Int) -> DayRange? {
    if let range = DayRange(iso: text) { return range }
    let (year, month, _) = CalendarDay.date(today)
    switch text.lowercased().replacing("-", with: "_") {
    case "today": return DayRange(first: today, last: today)
    case "yesterday": return DayRange(first: today - 1, last: today - 1)
    case "this_week":
      let monday = today - CalendarDay.weekday(today) + 1
      return DayRange(first: monday, last: monday + 6)
    case "last_week":
      let monday = today - CalendarDay.weekday(today) - 6
      return DayRange(first: monday, last: monday + 6)
    case "this_month": return DayRange.month(year, month)
    case "last_month": return month == 1 ? DayRange.month(year - 1, 12) : DayRange.month(year, month - 1)
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
    let days: Int
    switch rest.dropFirst(digits.count) {
    case "d", "_days", "_day": days = number
    case "w", "_weeks", "_week": days = number * 7
    case "m", "_months", "_month": days = number * 30
    case "y", "_years", "_year": days = number * 365
    default: return nil
    }
    return DayRange(first: today - days + 1, last: today)
  }
}

extension DayRange {
  static func month(_ year: Int, _ month: Int) -> DayRange {
    let first = CalendarDay.number(year, month, 1)
    return DayRange(first: first, last: first + CalendarDay.length(ofMonth: month, year: year) - 1)
  }

  static func year(_ year: Int) -> DayRange {
    DayRange(first: CalendarDay.number(year, 1, 1), last: CalendarDay.number(year, 12, 31))
  }
}

// From the Persian and the Islamic calendar to the Gregorian one, by day numbers.

enum Calendars {
  /// Years of the Persian calendar that a document can be dated with.
  static let jalaliYears = 1250...1450
  /// Years of the Islamic calendar that a document can be dated with.
  static let hijriYears = 1300...1500

  /// The Gregorian date of a date of the calendar. Without a day the month that holds most of the Persian or Islamic month's middle.
  static func date(_ calendar: Calendar, year: Int, month: Int?, day: Int?) -> ArticleDate? {
    switch calendar {
    case .gregorian: return ArticleDate(year: year, month: month, day: day)
    case .jalali:
      guard let month else { return ArticleDate(year: year + 621) }
      guard (1...12).contains(month), (1...31).contains(day ?? 1) else { return nil }
      return gregorian(dayNumber: jalaliDayNumber(year, month, day ?? 15), keepsDay: day != nil)
    case .hijri:
      guard let month else { return gregorianYear(dayNumber: hijriDayNumber(year, 6, 15)) }
      guard (1...12).contains(month), (1...30).contains(day ?? 1) else { return nil }
      return gregorian(dayNumber: hijriDayNumber(year, month, day ?? 15), keepsDay: day != nil)
    }
  }

  /// The Gregorian day of seconds since 1970.
  static func date(unixSeconds seconds: Int) -> ArticleDate? {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return gregorian(dayNumber: days + 2_440_588, keepsDay: true)
  }

  /// Julian day number of a Persian date by the 2820-year cycle of Birashk's arithmetic calendar.
  private static func jalaliDayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let base = year - 474
    let inCycle = 474 + ((base % 2820) + 2820) % 2820
    let cycles = (base - (inCycle - 474)) / 2820
    let months = month <= 7 ? (month - 1) * 31 : (month - 1) * 30 + 6
    return day + months + (inCycle * 682 - 110) / 2816 + (inCycle - 1) * 365 + cycles * 1_029_983 + 1_948_320
  }

  /// Julian day number of a date of the tabular Islamic calendar (civil epoch).
  private static func hijriDayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    day + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 + 1_948_439
  }

  private static func gregorianYear(dayNumber: Int) -> ArticleDate? {
    gregorian(dayNumber: dayNumber, keepsDay: false).flatMap { ArticleDate(year: $0.year) }
  }

  /// Richards' algorithm from the Julian day number.
  private static func gregorian(dayNumber: Int, keepsDay: Bool) -> ArticleDate? {
    let f = dayNumber + 1401 + (((4 * dayNumber + 274_277) / 146_097) * 3) / 4 - 38
    let e = 4 * f + 3
    let g = (e % 1461) / 4
    let h = 5 * g + 2
    let day = (h % 153) / 5 + 1
    let month = (h / 153 + 2) % 12 + 1
    let year = e / 1461 - 4716 + (14 - month) / 12
    return ArticleDate(year: year, month: month, day: keepsDay ? day : nil)
  }
}

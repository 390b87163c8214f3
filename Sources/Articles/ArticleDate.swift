// A date as precisely as the document tells it: "September 2023" is a month and never gets a day that nobody wrote.

/// A date of the Gregorian calendar with its precision.
package struct ArticleDate: Sendable, Hashable, Comparable {
  package enum Precision: String, Sendable {
    case year, month, day
  }

  package var year: Int
  package var month: Int?
  package var day: Int?

  /// Nil when the parts do not make a date of the years 1 to 9999.
  package init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1...9999).contains(year) else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
      if let day {
        guard day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
      }
    } else if day != nil {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  package var precision: Precision {
    day != nil ? .day : month != nil ? .month : .year
  }

  /// `2023-09-05`, `2023-09` or `2023`.
  package var isoString: String {
    var text = Self.padded(year, to: 4)
    if let month { text += "-" + Self.padded(month, to: 2) }
    if let day { text += "-" + Self.padded(day, to: 2) }
    return text
  }

  /// Orders by the first day that the date can mean.
  package static func < (a: ArticleDate, b: ArticleDate) -> Bool {
    (a.year, a.month ?? 0, a.day ?? 0) < (b.year, b.month ?? 0, b.day ?? 0)
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

// Dates as the index holds them: days since 1970-01-01 of the proleptic Gregorian calendar, and ranges of them, because a date that is
// known only to its month or year is the whole month or year.

/// A range of days, both ends included.
package struct DayRange: Sendable, Hashable {
  package var first: Int
  package var last: Int

  package init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }

  package func overlaps(_ other: DayRange) -> Bool { first <= other.last && other.first <= last }

  /// `2023`, `2023-09` or `2023-09-05`; nil for anything else, and for days that are in no calendar.
  package init?(iso text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].count == 4 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard (1...4).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    let year = numbers[0]
    switch numbers.count {
    case 1:
      self.init(first: CalendarDay.number(year, 1, 1), last: CalendarDay.number(year, 12, 31))
    case 2:
      guard (1...12).contains(numbers[1]) else { return nil }
      let first = CalendarDay.number(year, numbers[1], 1)
      self.init(first: first, last: first + CalendarDay.length(ofMonth: numbers[1], year: year) - 1)
    default:
      guard (1...12).contains(numbers[1]), (1...CalendarDay.length(ofMonth: numbers[1], year: year)).contains(numbers[2]) else {
        return nil
      }
      let day = CalendarDay.number(year, numbers[1], numbers[2])
      self.init(first: day, last: day)
    }
  }
}

/// Conversions between days and their numbers (Howard Hinnant, "chrono-compatible low-level date algorithms").
package enum CalendarDay {
  package static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func date(_ number: Int) -> (year: Int, month: Int, day: Int) {
    let z = number + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 1 for Monday to 7 for Sunday.
  package static func weekday(_ number: Int) -> Int { ((number + 3) % 7 + 7) % 7 + 1 }

  package static func iso(_ number: Int) -> String {
    let (year, month, day) = date(number)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  package static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

extension DayRange {
  /// What days are shifted by, so that all are above 0.
  static let shift = 0x4000_0000

  static func shifted(_ day: Int) -> UInt32 { UInt32(clamping: day + shift) }

  /// The value of the date slots: sorts as bytes as the day sorts as a number.
  static func sortable(_ day: Int) -> [UInt8] {
    let shifted = shifted(day)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: shifted >> $0) }
  }

  /// The shifted day that a value of the date slots stands for.
  static func shifted(_ sortable: [UInt8]) -> UInt32 { sortable.reduce(0) { $0 << 8 | UInt32($1) } }
}

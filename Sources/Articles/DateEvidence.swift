// Decides whether 05/09/2023 is in May or in September by what else the document says: another date of that year with the month's
// name, dates whose order is plain, the custom of the records around it, and only then the custom of the region.

struct DateEvidence {
  private var namedMonths: [Int: Set<Int>] = [:]
  private var dayFirstDates = 0
  private var monthFirstDates = 0
  /// The language is that of a region that writes the month first.
  var monthFirst: Bool?
  /// How other records of the same file write.
  var recordsDayFirst: Bool?

  mutating func add(_ found: FoundDate) {
    if case .certain(let date) = found.value, found.isNamed, let month = date.month { namedMonths[date.year, default: []].insert(month) }
    if let dayFirst = found.dayFirst {
      if dayFirst { dayFirstDates += 1 } else { monthFirstDates += 1 }
    }
  }

  func resolve(_ found: FoundDate) -> ArticleDate? {
    switch found.value {
    case .certain(let date): return date
    case .swappable(let first, let second, let year):
      return DateReader.certain(found.value, dayFirst: isDayFirst(first, second, year))
    }
  }

  private func isDayFirst(_ first: Int, _ second: Int, _ year: Int) -> Bool {
    let months = namedMonths[year] ?? []
    if months.contains(second) != months.contains(first) { return months.contains(second) }
    if dayFirstDates != monthFirstDates { return dayFirstDates > monthFirstDates }
    if let recordsDayFirst { return recordsDayFirst }
    return !(monthFirst ?? false)
  }
}

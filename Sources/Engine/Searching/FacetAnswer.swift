// From counts to the facets of an answer: labels, order, what is left out, and the bars of the date facet.
import ArasAPI
import TextAnalysis

struct FacetAnswer {
  let snapshot: Snapshot
  let unit: Unit

  // MARK: Values

  /// Values of a field as they were counted.
  struct Counted {
    var column: FacetColumn
    var counts: FacetCounts
    /// Over the whole index.
    var whole: FacetCounts
    var id: (Int) -> String
    /// Values that are filtered by, by number.
    var selected: Set<UInt32>
    /// Values that are filtered by although the index has none of them: they are listed, too.
    var absent: [String] = []
    /// Ids that stand for all below them, too, and are filtered by with a `+`.
    var withChildren: Set<String> = []
  }

  func values(_ spec: FacetSpec, _ counted: Counted) -> FacetResult {
    let (column, counts) = (counted.column, counted.counts)
    let needle = Fold.folded(spec.query)
    var rows = counted.absent.filter { isNamed($0, column, needle) }.map {
      FacetValue(
        id: $0, label: label($0, column), count: 0, passages: 0, salient: counts.salientArticles.isEmpty ? nil : 0, lift: 0,
        status: .selected)
    }
    let byNumber = unit == .article ? counts.articles : counts.passages
    // Most values come behind those that are shown, whatever they are called: they need no more than to be counted.
    let least = needle.isEmpty && spec.sort == .count ? Self.least(of: spec.limit, byNumber) : 0
    var distinct = 0
    var total = 0
    for (number, count) in byNumber.enumerated() {
      let isSelected = counted.selected.contains(UInt32(number))
      guard count > 0 || isSelected else { continue }
      if count < least, !isSelected {
        distinct += 1
        total += count
        continue
      }
      let id = counted.id(number)
      let label = label(id, column)
      guard isNamed(id, column, needle) else { continue }
      if count > 0 { distinct += 1 }
      total += count
      let salient = unit == .article ? counts.salientArticles : counts.salientPassages
      rows.append(
        FacetValue(
          id: counted.withChildren.contains(id) ? id + "+" : id, label: label, count: count, passages: counts.passages[number],
          salient: salient.isEmpty ? nil : salient[number],
          lift: lift(number, counts, counted.whole), status: isSelected ? .selected : .available))
    }
    rows.sort { Self.precedes($0, $1, spec.sort) }
    let shown = rows.enumerated().filter { $0.offset < spec.limit || $0.element.status == .selected }.map(\.element)
    return FacetResult(
      unit: unit, mode: spec.mode, exact: true, distinct: distinct,
      missing: unit == .article ? counts.missingArticles : counts.missingPassages,
      other: total - shown.reduce(0) { $0 + $1.count }, values: shown)
  }

  /// The least of so many greatest counts; 0 where there are not more.
  private static func least(of limit: Int, _ counts: [Int]) -> Int {
    let counts = counts.filter { $0 > 0 }
    guard limit > 0, counts.count > limit else { return 0 }
    return counts.sorted(by: >)[limit - 1]
  }

  /// Whether the id, the label or another name of a value has what a facet is searched for.
  private func isNamed(_ id: String, _ column: FacetColumn, _ needle: [UInt8]) -> Bool {
    if needle.isEmpty || Self.contains(Fold.folded(label(id, column)), needle) || Self.contains(Fold.folded(id), needle) { return true }
    guard column == .actor || column == .place, let entry = snapshot.registry.actor(id) else { return false }
    return entry.names.contains { Self.contains(Fold.folded($0.text), needle) }
  }

  private static func precedes(_ a: FacetValue, _ b: FacetValue, _ sort: FacetSort) -> Bool {
    switch sort {
    case .count: (b.count, a.label, a.id) < (a.count, b.label, b.id)
    case .label: (a.label, a.id) < (b.label, b.id)
    case .lift: (b.lift, b.count, a.label) < (a.lift, a.count, b.label)
    }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
  }

  /// The value's share of the result over its share of the whole index.
  private func lift(_ number: Int, _ counts: FacetCounts, _ whole: FacetCounts) -> Double {
    let (count, all, wholeCount, wholeAll) =
      unit == .article
      ? (counts.articles[number], counts.allArticles, whole.articles[number], whole.allArticles)
      : (counts.passages[number], counts.allPassages, whole.passages[number], whole.allPassages)
    return Self.lift(count, of: all, wholeCount, ofWhole: wholeAll)
  }

  private static func lift(_ count: Int, of all: Int, _ wholeCount: Int, ofWhole wholeAll: Int) -> Double {
    guard all > 0, wholeCount > 0, wholeAll > 0 else { return 0 }
    let value = (Double(count) / Double(all)) / (Double(wholeCount) / Double(wholeAll))
    return (value * 1000).rounded() / 1000
  }

  private func label(_ id: String, _ column: FacetColumn) -> String {
    switch column {
    case .actor, .place: snapshot.registry.actor(id)?.label ?? id
    case .topic: snapshot.registry.topic(id)?.label ?? id
    case .lang: Self.languageNames[id] ?? id
    case .source, .author, .keyword, .kind, .quality: id
    }
  }

  private static let languageNames = [
    "en": "English", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "az": "Azerbaijani", "fa": "Persian", "ar": "Arabic",
    "ur": "Urdu", "ku": "Kurdish", "hy": "Armenian", "ka": "Georgian", "he": "Hebrew", "el": "Greek", "de": "German", "fr": "French",
    "es": "Spanish", "it": "Italian", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "th": "Thai", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "sv": "Swedish", "da": "Danish", "fi": "Finnish", "no": "Norwegian", "hu": "Hungarian", "ro": "Romanian",
    "bg": "Bulgarian", "be": "Belarusian", "kk": "Kazakh", "und": "Undetermined",
  ]

  // MARK: Dates

  /// Bars from the first to the last dated article, empty ones included; an article whose date is a month or a year counts in the bar of
  /// its first day.
  func dates(_ spec: FacetSpec, _ articles: [(days: DayRange?, passages: Int)], selected: [DayRange]) -> FacetResult {
    let dated = articles.compactMap { article in article.days.map { (day: $0.first, passages: article.passages) } }
    let missing = unit == .article ? articles.count - dated.count : articles.reduce(0) { $0 + ($1.days == nil ? $1.passages : 0) }
    guard let first = dated.map(\.day).min(), let last = dated.map(\.day).max() else {
      return FacetResult(
        unit: unit, mode: spec.mode, exact: true, distinct: 0, missing: missing, other: 0,
        interval: spec.interval == .auto ? .day : spec.interval, values: [])
    }
    let interval = spec.interval == .auto ? Self.interval(days: last - first + 1) : spec.interval
    var counts: [Int: (count: Int, passages: Int)] = [:]
    for (day, passages) in dated {
      let start = Self.start(of: interval, day)
      counts[start, default: (0, 0)].count += unit == .article ? 1 : passages
      counts[start, default: (0, 0)].passages += passages
    }
    var starts: [Int] = []
    var start = Self.start(of: interval, first)
    while start <= last {
      starts.append(start)
      start = Self.next(interval, start)
    }
    var whole: [Int: Int] = [:]
    snapshot.columns.forEachArticle { article, passages in
      guard let day = snapshot.columns.days(ofArticle: article)?.first else { return }
      whole[Self.start(of: interval, day), default: 0] += unit == .article ? 1 : passages
    }
    let all = unit == .article ? articles.count : articles.reduce(0) { $0 + $1.passages }
    let wholeAll = unit == .article ? snapshot.columns.articleCount : snapshot.columns.passageCount
    // Where there is not room for all, the latest are shown.
    let values = starts.suffix(spec.limit).map { start in
      let label = Self.label(interval, start)
      let bar = counts[start] ?? (0, 0)
      let isSelected = selected.contains { $0.overlaps(DayRange(first: start, last: Self.next(interval, start) - 1)) }
      return FacetValue(
        id: label, label: label, count: bar.count, passages: bar.passages,
        lift: Self.lift(bar.count, of: all, whole[start] ?? 0, ofWhole: wholeAll), status: isSelected ? .selected : .available)
    }
    return FacetResult(
      unit: unit, mode: spec.mode, exact: true, distinct: counts.count, missing: missing,
      other: counts.values.reduce(0) { $0 + $1.count } - values.reduce(0) { $0 + $1.count }, interval: interval, values: values)
  }

  /// The finest interval that makes no more than about sixty bars.
  private static func interval(days: Int) -> DateInterval {
    switch days {
    case ...62: .day
    case ...430: .week
    case ...1900: .month
    case ...5600: .quarter
    default: .year
    }
  }

  static func start(of interval: DateInterval, _ day: Int) -> Int {
    let (year, month, _) = CalendarDay.date(day)
    return switch interval {
    case .day, .auto: day
    case .week: day - CalendarDay.weekday(day) + 1
    case .month: CalendarDay.number(year, month, 1)
    case .quarter: CalendarDay.number(year, (month - 1) / 3 * 3 + 1, 1)
    case .year: CalendarDay.number(year, 1, 1)
    }
  }

  private static func next(_ interval: DateInterval, _ start: Int) -> Int {
    let (year, month, _) = CalendarDay.date(start)
    func months(_ count: Int) -> Int {
      let index = year * 12 + month - 1 + count
      return CalendarDay.number(index / 12, index % 12 + 1, 1)
    }
    return switch interval {
    case .day, .auto: start + 1
    case .week: start + 7
    case .month: months(1)
    case .quarter: months(3)
    case .year: months(12)
    }
  }

  /// Values that `date:` takes.
  private static func label(_ interval: DateInterval, _ start: Int) -> String {
    let (year, month, _) = CalendarDay.date(start)
    return switch interval {
    case .day, .auto: CalendarDay.iso(start)
    case .week: "\(CalendarDay.iso(start))..\(CalendarDay.iso(start + 6))"
    case .month: "\(CalendarDay.padded(year, 4))-\(CalendarDay.padded(month, 2))"
    case .quarter:
      "\(CalendarDay.padded(year, 4))-\(CalendarDay.padded(month, 2))..\(CalendarDay.padded(year, 4))-\(CalendarDay.padded(month + 2, 2))"
    case .year: CalendarDay.padded(year, 4)
    }
  }
}

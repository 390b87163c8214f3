// A bound on the date of an article, asked of the columns passage by passage: Xapian has it as a value of each document, which it decodes
// one after the other from the first on.
import Xapian

final class DayNode: MatchNode {
  private enum Bound {
    /// The article's first day is not after this one, or its last not before it; days as the columns count them.
    case firstAtMost(UInt32), lastAtLeast(UInt32)
  }

  private let bound: Bound
  private let columns: Columns

  private init(_ bound: Bound, _ columns: Columns) {
    self.bound = bound
    self.columns = columns
  }

  /// - Returns: nil for a query that is not a bound on dates.
  convenience init?(_ query: Query, _ columns: Columns) {
    switch query {
    case .valueAtMost(Schema.dateFromSlot, let value): self.init(.firstAtMost(DayRange.shifted(value)), columns)
    case .valueAtLeast(Schema.dateToSlot, let value): self.init(.lastAtLeast(DayRange.shifted(value)), columns)
    default: return nil
    }
  }

  override func copy() -> MatchNode { DayNode(bound, columns) }
  override var size: Int { columns.passageCount }
  override func next(from document: UInt32) -> UInt32 { document < columns.documentRows ? document : Self.end }

  override func add(_ base: UInt32, to window: MatchWindow) {
    for document in base..<min(base + UInt32(MatchWindow.size), UInt32(columns.documentRows)) where passes(document) {
      window.set(Int(document - base))
    }
  }

  /// Only what is left of the window is asked for.
  override func narrow(_ window: MatchWindow, _ base: UInt32, _ scratch: MatchWindow) {
    window.forEach { if !passes(base + UInt32($0)) { window.unset($0) } }
  }

  @inline(__always)
  private func passes(_ document: UInt32) -> Bool {
    guard let article = columns.article(of: document), let days = columns.shiftedDays(ofArticle: article) else { return false }
    return switch bound {
    case .firstAtMost(let last): days.first <= last
    case .lastAtLeast(let first): days.last >= first
    }
  }
}

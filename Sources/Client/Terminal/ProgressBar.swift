// One line on a terminal that is drawn over itself while work goes on.
import ArasAPI

/// Draws how far a piece of work is.
package struct ProgressBar: Sendable {
  package var width: Int

  package init(width: Int) { self.width = width }

  /// Returns the line, without an end; it takes at most `width` columns.
  package func line(done: Int, total: Int, rate: Double) -> String {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    var text = " \(done)/\(total)"
    if rate > 0 {
      text += " · \(Decimal.rounded(rate, digits: rate < 10 ? 1 : 0))/s"
      let seconds = Int((Double(max(0, total - done)) / rate).rounded(.up).clamped(to: 0...359_999))
      if done < total { text += " · \(Self.duration(seconds)) left" }
    }
    let cells = min(40, max(0, width - TextWidth.columns(of: text) - 1))
    return TextWidth.cut(Bar.cells(share: share, width: cells, filled: true) + text, to: width)
  }

  package static func duration(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    case ..<86400: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    default: "\(seconds / 86400) d \(seconds % 86400 / 3600) h"
    }
  }
}

/// Draws a bar in eighths of a cell.
package enum Bar {
  /// Returns a bar of `width` columns at most; `filled` draws the empty rest, too.
  package static func cells(share: Double, width: Int, filled: Bool = false) -> String {
    guard width > 0, share.isFinite else { return "" }
    let eighths = Int((share.clamped(to: 0...1) * Double(width * 8)).rounded())
    // What is there at all is seen.
    let shown = share > 0 ? max(1, eighths) : 0
    var text = String(repeating: "█", count: shown / 8)
    if shown % 8 > 0 { text.unicodeScalars.append(Unicode.Scalar(0x2590 - UInt32(shown % 8)) ?? "▌") }
    if filled { text += String(repeating: "░", count: max(0, width - (shown + 7) / 8)) }
    return text
  }
}

/// Writes numbers with a fixed number of digits after the point.
package enum Decimal {
  package static func rounded(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "–" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int64((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let fraction = String(whole % Int64(scale))
    return sign + String(whole / Int64(scale)) + "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}

extension Double {
  func clamped(to range: ClosedRange<Double>) -> Double { min(max(self, range.lowerBound), range.upperBound) }
}

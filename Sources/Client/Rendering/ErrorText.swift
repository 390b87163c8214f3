// A failure as the user reads it: mostly one line, and for a query the place of the fault under the query's text.
import ArasAPI

/// Renders failures.
package enum ErrorText {
  package static func lines(_ error: ClientError, query: String? = nil) -> [String] {
    let messages = error.description.split(whereSeparator: \.isNewline).map { Visible.text($0) }
    guard case .api(let fault) = error, let query, let offset = fault.offset, fault.kind == .querySyntax else { return messages }
    let utf8 = query.utf8
    guard (0...utf8.count).contains(offset) else { return messages }
    let before = String(decoding: utf8.prefix(offset), as: UTF8.self)
    let part = String(decoding: utf8.dropFirst(offset).prefix(max(1, fault.detail("length")?.int ?? 1)), as: UTF8.self)
    let indent = String(repeating: " ", count: TextWidth.columns(of: Visible.text(before)))
    let carets = String(repeating: "^", count: max(1, TextWidth.columns(of: Visible.text(part))))
    return messages + ["  " + Visible.text(query), "  " + indent + carets]
  }
}

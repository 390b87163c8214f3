// The pieces that the lexer cuts a query text into.

struct QueryToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case open, close
    case and, or, not
    /// `NEAR/n`, or ordered `ADJ/n`. `isCapped`: a larger number was written than there is.
    case window(distance: Int, ordered: Bool, isCapped: Bool)
    /// `NEAR/` and `ADJ/` with a number that is none or 0.
    case badWindow
    /// `-`, `+` directly before an operand.
    case minus, plus
    /// `name:` of a known field, directly before its value.
    case field(Field)
    case quoted(Quoted)
    /// Anything else up to a space, a parenthesis or a quote; `field:` prefixes are taken off.
    case chunk
  }

  /// What stands between quotes.
  struct Quoted: Sendable, Equatable {
    /// Bytes between the quotes.
    var inner: Range<Int>
    /// From `~n` behind them.
    var slop = 0
    /// Whether a larger slop was written than there is.
    var isCapped = false
    /// Whether a star stands directly behind them: the last word is a beginning.
    var isPrefix = false
    var isClosed: Bool
  }

  var kind: Kind
  /// Bytes of the query text.
  var range: Range<Int>
}

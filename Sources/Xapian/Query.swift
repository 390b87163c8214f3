// A query as a plain value: a tree that knows nothing of Xapian's objects, so that it can be made, compared and sent between threads.

/// A query.
///
/// Terms, prefixes and values are bytes. Weights: `and`, `or`, `xor`, `near` and `phrase` add those of their operands.
public indirect enum Query: Sendable, Hashable {
  /// Every document; weighs nothing.
  case all
  /// No document.
  case none
  /// The documents with a term; `wqf` is how often the query says it. The empty term is `all`.
  case term([UInt8], wqf: UInt32 = 1)
  /// All of them; of an empty array none, like the other operators.
  case and([Query])
  /// Any of them.
  case or([Query])
  /// The first without the second; weighs what the first weighs.
  case andNot(Query, Query)
  /// The first; weighs more where the second matches too.
  case andMaybe(Query, Query)
  /// Both; weighs what the first weighs.
  case filter(Query, Query)
  /// An odd number of them.
  case xor([Query])
  /// All of them, at different positions, within `window` successive positions (0: as many as there are operands), in any order.
  ///
  /// An operand is a term, a wildcard or an alternative of those (`or`, or `synonym` or `max`, which count as `or` here); running a query
  /// with any other throws `unimplemented`. A window smaller than the number of operands matches nothing.
  case near([Query], window: Int)
  /// Like `near`, in the order given; with a window as large as their number, one right after the other.
  case phrase([Query], window: Int)
  /// Any of them, weighed like one term.
  case synonym([Query])
  /// Any of them; weighs what the heaviest weighs.
  case max([Query])
  /// The same with weights times a factor, which is not negative.
  case scale(Query, Double)
  /// Some documents, ascending, from 1 on; they weigh nothing. Of those that are not in the database the matcher is told, too.
  case documents([UInt32])
  /// The documents whose value lies between two, both included, byte by byte.
  case valueRange(slot: UInt32, from: [UInt8], to: [UInt8])
  case valueAtLeast(slot: UInt32, [UInt8])
  case valueAtMost(slot: UInt32, [UInt8])
  /// Any term that begins with a prefix, all weighed like one term; with a limit only that many, the most frequent (0: no limit).
  case wildcard([UInt8], limit: Int)
}

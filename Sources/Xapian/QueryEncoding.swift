// A query as the postfix code that the shim turns into Xapian's tree. The walk keeps its own stack, so that the depth of a query is a
// number to check and not the depth of ours.

import CXapian

/// What is left to do of a query: look at an operand, or write the operator whose operands have been written.
private enum Step {
  /// `placed`: the query stands in a `near` or a `phrase`, where only terms and their alternatives have positions.
  case visit(Query, depth: Int, placed: Bool)
  case emit(command: Int, count: Int?, window: Int?, factor: Double?)
}

/// How an operator is written.
private struct Operator {
  var command: Int
  var operands: [Query]
  var count: Int?
  var window: Int?
  var factor: Double?
  var placesOperands = false
}

extension Query {
  /// The code of the query; throws `invalidArgument` when its operators nest deeper than the shim takes, `unimplemented` when
  /// a `near` or a `phrase` holds what has no positions.
  func encoded() throws(XapianError) -> [UInt8] {
    var code = ByteCode()
    var steps: [Step] = [.visit(self, depth: 1, placed: false)]
    while let step = steps.popLast() {
      switch step {
      case .emit(let command, let count, let window, let factor):
        code.append(command: command)
        if let count { code.append(count: count) }
        if let window { code.append(count: window) }
        if let factor { code.append(factor) }
      case .visit(let query, let depth, let placed):
        guard depth <= CX_QUERY_MAX_DEPTH else {
          throw XapianError(kind: .invalidArgument, message: "query nests deeper than \(CX_QUERY_MAX_DEPTH) operators")
        }
        if placed { try query.requirePositions() }
        guard let parts = placed ? query.alternatives : query.parts else {
          query.appendLeaf(to: &code, placed: placed)
          continue
        }
        steps.append(.emit(command: parts.command, count: parts.count, window: parts.window, factor: parts.factor))
        for operand in parts.operands.reversed() {
          steps.append(.visit(operand, depth: depth + 1, placed: placed || parts.placesOperands))
        }
      }
    }
    return code.bytes
  }

  /// The query as an operator with its operands; nil for a leaf.
  private var parts: Operator? {
    switch self {
    case .and(let queries): Self.nary(CX_QUERY_AND, flattened { if case .and(let inner) = $0 { inner } else { nil } } ?? queries)
    case .or(let queries): Self.nary(CX_QUERY_OR, flattened { if case .or(let inner) = $0 { inner } else { nil } } ?? queries)
    case .max(let queries): Self.nary(CX_QUERY_MAX, flattened { if case .max(let inner) = $0 { inner } else { nil } } ?? queries)
    case .xor(let queries): Self.nary(CX_QUERY_XOR, queries)
    case .synonym(let queries): Self.nary(CX_QUERY_SYNONYM, queries)
    case .near(let queries, let window): Self.nary(CX_QUERY_NEAR, queries, window: window)
    case .phrase(let queries, let window): Self.nary(CX_QUERY_PHRASE, queries, window: window)
    case .andNot(let first, let second): Self.nary(CX_QUERY_AND_NOT, [first, second])
    case .andMaybe(let first, let second): Self.nary(CX_QUERY_AND_MAYBE, [first, second])
    case .filter(let first, let second): Self.nary(CX_QUERY_FILTER, [first, second])
    case .scale(let query, let factor): Operator(command: CX_QUERY_SCALE, operands: [query], factor: factor)
    default: nil
    }
  }

  private static func nary(_ command: Int, _ operands: [Query], window: Int? = nil) -> Operator {
    Operator(command: command, operands: operands, count: operands.count, window: window, placesOperands: window != nil)
  }

  /// The query as an `or` of what may stand at a place of a window; nil for a leaf. Xapian knows no other alternative there.
  private var alternatives: Operator? {
    let flat = flattened {
      switch $0 {
      case .or(let inner), .synonym(let inner), .max(let inner): inner
      default: nil
      }
    }
    return flat.map { Self.nary(CX_QUERY_OR, $0) }
  }

  private func requirePositions() throws(XapianError) {
    switch self {
    case .term, .or, .synonym, .max, .wildcard, .none: return
    default:
      throw XapianError(kind: .unimplemented, message: "near and phrase take terms, wildcards and alternatives of those only")
    }
  }

  /// The operands of the query with those of its own kind replaced by theirs, in order, however deep; nil when the query is of another
  /// kind. `operands` gives the operands of a query of the kind.
  private func flattened(_ operands: (Query) -> [Query]?) -> [Query]? {
    guard operands(self) != nil else { return nil }
    var flat: [Query] = []
    var rest = [self]
    while let query = rest.popLast() {
      guard let inner = operands(query) else {
        flat.append(query)
        continue
      }
      // Of no operands nothing matches, which counts inside an `and`.
      if inner.isEmpty { flat.append(.none) }
      rest.append(contentsOf: inner.reversed())
    }
    return flat
  }

  private func appendLeaf(to code: inout ByteCode, placed: Bool) {
    switch self {
    case .all:
      code.append(command: CX_QUERY_ALL)
    case .term(let term, let wqf):
      code.append(command: CX_QUERY_TERM)
      code.append(wqf)
      code.append(string: term)
    case .documents(let documents):
      code.append(command: CX_QUERY_DOCUMENTS)
      code.append(count: documents.count)
      var last: UInt32 = 0
      for document in documents {
        // What does not ascend becomes no step, which the shim refuses.
        code.append(document > last ? document - last : 0)
        last = document
      }
    case .valueRange(let slot, let from, let to):
      code.append(command: CX_QUERY_VALUE_RANGE)
      code.append(slot)
      code.append(string: from)
      code.append(string: to)
    case .valueAtLeast(let slot, let value):
      code.append(command: CX_QUERY_VALUE_AT_LEAST)
      code.append(slot)
      code.append(string: value)
    case .valueAtMost(let slot, let value):
      code.append(command: CX_QUERY_VALUE_AT_MOST)
      code.append(slot)
      code.append(string: value)
    case .wildcard(let prefix, let limit):
      code.append(command: placed ? CX_QUERY_TERMS : CX_QUERY_WILDCARD)
      code.append(count: limit)
      code.append(string: prefix)
    default:
      code.append(command: CX_QUERY_NONE)
    }
  }
}

extension Query {
  /// Xapian's own description of the query, for tests and logs.
  public func xapianDescription() throws(XapianError) -> String {
    let code = try encoded()
    let bytes = try collect { sink, context, error in cx_query_description(code, code.count, sink, context, error) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

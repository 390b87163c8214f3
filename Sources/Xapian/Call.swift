// The one place where C becomes Swift: a code other than zero becomes a typed throw, a sink becomes an array, a visitor becomes a
// closure.

import CXapian

/// Whether an iteration goes on.
public enum Continuation: Sendable, Hashable {
  case proceed
  case stop
}

/// Runs a call of the shim and throws what it reports.
func check(_ body: (UnsafeMutablePointer<CXError>) -> Int32) throws(XapianError) {
  var error = CXError()
  let code = body(&error)
  guard code != 0 else { return }
  let failure = XapianError(
    kind: XapianError.Kind(rawValue: code) ?? .unknownException,
    message: text(error.message), context: text(error.context), systemReason: text(error.system_reason))
  cx_error_clear(&error)
  throw failure
}

private func text(_ characters: UnsafeMutablePointer<CChar>?) -> String {
  characters.map { String(cString: $0) } ?? ""
}

/// Runs a call of the shim that gives bytes to a sink, and returns them.
func collect(
  _ body: (CXSink, UnsafeMutableRawPointer, UnsafeMutablePointer<CXError>) -> Int32
) throws(XapianError) -> [UInt8] {
  var bytes: [UInt8] = []
  try withUnsafeMutablePointer(to: &bytes) { bytes throws(XapianError) in
    try check { error in
      body(
        { context, start, length in
          guard let context, let start, length > 0 else { return }
          context.assumingMemoryBound(to: [UInt8].self).pointee.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
        }, bytes, error)
    }
  }
  return bytes
}

/// Runs a call of the shim that gives two runs of numbers to a sink, and returns them.
func collectNumbers(
  _ body: (CXPostingSink, UnsafeMutableRawPointer, UnsafeMutablePointer<CXError>) -> Int32
) throws(XapianError) -> ([UInt32], [UInt32]) {
  var numbers: ([UInt32], [UInt32]) = ([], [])
  try withUnsafeMutablePointer(to: &numbers) { numbers throws(XapianError) in
    try check { error in
      body(
        { context, documents, values, count in
          guard let context, let documents, let values else { return }
          context.assumingMemoryBound(to: ([UInt32], [UInt32]).self).pointee = (
            Array(UnsafeBufferPointer(start: documents, count: count)), Array(UnsafeBufferPointer(start: values, count: count))
          )
        }, numbers, error)
    }
  }
  return numbers
}

/// The closure of a visit, where the C callback finds it.
private struct Visit {
  let body: (CXItem) -> Continuation
}

/// Runs a call of the shim that visits rows.
func visit(
  _ call: (CXVisitor, UnsafeMutableRawPointer, UnsafeMutablePointer<CXError>) -> Int32,
  each body: (CXItem) -> Continuation
) throws(XapianError) {
  try check { error in
    withoutActuallyEscaping(body) { body in
      var visit = Visit(body: body)
      return withUnsafeMutablePointer(to: &visit) { visit in
        call(
          { context, item in
            guard let context else { return Int32(CX_STOP) }
            let visit = context.assumingMemoryBound(to: Visit.self)
            return visit.pointee.body(item.pointee) == .proceed ? Int32(CX_PROCEED) : Int32(CX_STOP)
          }, visit, error)
      }
    }
  }
}

extension CXItem {
  /// The row's bytes, borrowed for as long as the visit of this row lasts.
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: length) }

  /// The row's second bytes, borrowed in the same way.
  var secondBuffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: second_bytes, count: second_length) }
}

// The three forms of a word in the buffer of a stream, and as one value in the memory of forms.

struct FormSet {
  var exact = ByteSpan(start: 0, end: 0)
  var folded = ByteSpan(start: 0, end: 0)
  var term = ByteSpan(start: 0, end: 0)

  init() {}

  /// Appends the forms, equal ones once.
  init(exact: [UInt8], folded: [UInt8], term: [UInt8], appendingTo bytes: inout [UInt8]) {
    func add(_ form: [UInt8]) -> ByteSpan {
      let start = Int32(truncatingIfNeeded: bytes.count)
      bytes.append(contentsOf: form)
      return ByteSpan(start: start, end: Int32(truncatingIfNeeded: bytes.count))
    }
    self.exact = add(exact)
    self.folded = folded == exact ? self.exact : add(folded)
    self.term = term == exact ? self.exact : term == folded ? self.folded : add(term)
  }

  /// Three lengths and the bytes: a length of 0 for the folded form says that it is the exact one; for the term, 0 says
  /// that it is the folded form and 255 that it is the exact one.
  func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let isSame = folded == exact
    let termMark = term == folded ? 0 : term == exact ? 255 : term.count
    var value = [UInt8(truncatingIfNeeded: exact.count), isSame ? 0 : UInt8(truncatingIfNeeded: folded.count)]
    value.append(UInt8(truncatingIfNeeded: termMark))
    value.append(contentsOf: bytes[exact.range])
    if !isSame { value.append(contentsOf: bytes[folded.range]) }
    if termMark != 0, termMark != 255 { value.append(contentsOf: bytes[term.range]) }
    return value
  }

  /// Appends the forms that `encoded` made a value of.
  init(_ value: UnsafeBufferPointer<UInt8>, appendingTo bytes: inout [UInt8]) {
    let start = Int32(truncatingIfNeeded: bytes.count)
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: value[3...]))
    exact = ByteSpan(start: start, end: start + Int32(value[0]))
    folded = value[1] == 0 ? exact : ByteSpan(start: exact.end, end: exact.end + Int32(value[1]))
    switch value[2] {
    case 0: term = folded
    case 255: term = exact
    default: term = ByteSpan(start: folded.end, end: folded.end + Int32(value[2]))
    }
  }
}

// What a group of passages has of each of them: see `ArticleBytes`.

/// What a group has of its passages beside the places of their words.
struct PassageParts {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let count: Int

  /// - Parameters:
  ///   - bytes: lent for as long as this is used.
  ///   - count: how many passages there are.
  init(_ bytes: UnsafeBufferPointer<UInt8>, count: Int) {
    self.bytes = bytes
    self.count = count
  }

  typealias Part = (entities: UnsafeBufferPointer<UInt8>, record: UnsafeBufferPointer<UInt8>)

  /// - Parameter index: of a passage of the group.
  /// - Returns: the places of its actors, and its record.
  func part(_ index: Int) -> Part? {
    guard index >= 0, index < count, var at = start else { return nil }
    var input = ByteCursor(bytes)
    for _ in 0..<index where next(&input, at: &at) == nil { return nil }
    return next(&input, at: &at)
  }

  /// - Returns: false where the bytes are not those of passages, or the body says so.
  func forEach(_ body: (_ entities: UnsafeBufferPointer<UInt8>, _ record: UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    guard var at = start else { return false }
    var input = ByteCursor(bytes)
    for _ in 0..<count {
      guard let (entities, record) = next(&input, at: &at), body(entities, record) else { return false }
    }
    return true
  }

  /// Where the first passage begins, behind the lengths of all.
  private var start: Int? {
    var input = ByteCursor(bytes)
    for _ in 0..<count {
      _ = (input.number(), input.number())
      if input.failed { return nil }
    }
    return input.at
  }

  private func next(_ input: inout ByteCursor, at: inout Int) -> Part? {
    let (entities, record) = (input.number(), input.number())
    let room = bytes.count - at
    guard !input.failed, entities >= 0, entities <= room, record >= 0, record <= room - entities else { return nil }
    let middle = at + entities
    defer { at = middle + record }
    return (UnsafeBufferPointer(rebasing: bytes[at..<middle]), UnsafeBufferPointer(rebasing: bytes[middle..<middle + record]))
  }
}

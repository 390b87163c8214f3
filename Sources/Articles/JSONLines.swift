// A file of records, one JSON object a line, read line by line: a line that is no record is reported with its number and the rest
// goes on.

enum JSONLines {
  static func read(
    _ bytes: [UInt8], options: ExtractionOptions, badRecord: (BadRecord) -> Void, each: (Article) throws -> Void
  ) throws {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let decoded = try Decoding.decode(bytes)
      return try read(decoded.text, options: options, badRecord: badRecord, each: each)
    }
    let isEmpty = try bytes.withUnsafeBufferPointer { buffer in
      var isEmpty = true
      let whole = RecordPart(bytes: buffer.indices, firstLine: 1, dayFirst: dateOrder(buffer, options: options))
      let noteBad: (BadRecord) -> Void = {
        isEmpty = false
        badRecord($0)
      }
      try read(whole, of: buffer, options: options, badRecord: noteBad) {
        isEmpty = false
        try each($0)
      }
      return isEmpty
    }
    if isEmpty { throw ExtractionError.noRecord }
  }

  static func read(
    _ part: RecordPart, of bytes: UnsafeBufferPointer<UInt8>, options: ExtractionOptions, badRecord: (BadRecord) -> Void,
    each: (Article) throws -> Void
  ) throws {
    try forEachLine(UnsafeBufferPointer(rebasing: bytes[part.bytes]), from: part.firstLine) { line, number in
      switch parse(line) {
      case .failure(let error): badRecord(BadRecord(line: number, reason: error.reason))
      case .success(let (value, isRepaired)):
        let record = Record(options: options) { value[$0] }
        if let article = record.article(kind: .jsonLines, options: options, dayFirst: part.dayFirst, isRepaired: isRepaired) {
          try each(article)
        } else {
          badRecord(BadRecord(line: number, reason: "the record has neither text nor title: name its fields under 'fields' of the source"))
        }
      }
      return true
    }
  }

  /// Stretches of whole lines, of so many bytes about; nil where the bytes have to be decoded as a whole.
  static func parts(_ bytes: [UInt8], of size: Int, options: ExtractionOptions) -> [RecordPart]? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      let dayFirst = dateOrder(buffer, options: options)
      var parts: [RecordPart] = []
      var start = 0
      var line = 1
      while start < buffer.count {
        var end = min(start + size, buffer.count)
        while end < buffer.count, buffer[end - 1] != 0x0A { end += 1 }
        parts.append(RecordPart(bytes: start..<end, firstLine: line, dayFirst: dayFirst))
        line += buffer[start..<end].count { $0 == 0x0A }
        start = end
      }
      return parts
    }
  }

  private static func parse(_ line: UnsafeBufferPointer<UInt8>) -> Result<(JSON, Bool), ExtractionError> {
    if let zero = line.firstIndex(of: 0) { return .failure(ExtractionError(reason: "a NUL byte at column \(zero + 1)")) }
    let isRepaired = UTF8Check(line).errors > 0
    do {
      let value = try JSON.parse(line)
      guard case .object = value else { return .failure(ExtractionError(reason: "not a JSON object: one object a line is expected")) }
      return .success((value, isRepaired))
    } catch {
      return .failure(ExtractionError(reason: "not JSON at column \(error.offset + 1): \(error.message)"))
    }
  }

  /// How the first records write their dates.
  private static func dateOrder(_ bytes: UnsafeBufferPointer<UInt8>, options: ExtractionOptions) -> Bool? {
    var dates = RecordDates()
    var seen = 0
    try? forEachLine(UnsafeBufferPointer(rebasing: bytes.prefix(2_000_000))) { line, _ in
      if case .success(let (value, _)) = parse(line) {
        for name in Record.names(of: "date", options: options) {
          if let text = value[name]?.text {
            dates.add(text)
            break
          }
        }
      }
      seen += 1
      return seen < 200
    }
    return dates.order
  }

  private static func forEachLine(
    _ bytes: UnsafeBufferPointer<UInt8>, from first: Int = 1, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Bool
  ) throws {
    var start = first == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = first - 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      number += 1
      let line = PlainTextReader.trim(bytes, start..<end)
      start = end + 1
      if line.isEmpty { continue }
      guard try body(UnsafeBufferPointer(rebasing: bytes[line]), number) else { return }
    }
  }
}

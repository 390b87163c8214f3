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
    try bytes.withUnsafeBufferPointer { buffer in
      let dayFirst = dateOrder(buffer, options: options)
      var records = 0
      var bad = 0
      try forEachLine(buffer) { line, number in
        switch parse(line) {
        case .failure(let error):
          bad += 1
          badRecord(BadRecord(line: number, reason: error.reason))
        case .success(let (value, isRepaired)):
          let record = Record(options: options) { value[$0] }
          if let article = record.article(kind: .jsonLines, options: options, dayFirst: dayFirst, isRepaired: isRepaired) {
            records += 1
            try each(article)
          } else {
            bad += 1
            badRecord(
              BadRecord(line: number, reason: "the record has neither text nor title: name its fields under 'fields' of the source"))
          }
        }
        return true
      }
      if records == 0, bad == 0 { throw ExtractionError(reason: "empty: the file holds no record") }
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

  private static func forEachLine(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Bool) throws {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 0
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

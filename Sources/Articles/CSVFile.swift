// A table with a header row, one record a row (RFC 4180, with the separator told from the header). A row that does not fit is
// reported with its line and the rest goes on.

enum CSVFile {
  struct Row {
    var fields: [String]
    var line: Int
    /// The offset after the row.
    var end: Int
    /// The line after the row.
    var nextLine: Int
    var isOpen: Bool
  }

  static func read(
    _ bytes: [UInt8], path: String, options: ExtractionOptions, badRecord: (BadRecord) -> Void, each: (Article) throws -> Void
  ) throws {
    let decoded = try Decoding.decode(bytes)
    try decoded.text.withUnsafeBufferPointer { buffer in
      let separator = separator(of: buffer, path: path)
      guard let header = row(buffer, from: 0, line: 1, separator: separator) else {
        throw ExtractionError(reason: "empty: the file holds no header")
      }
      var columns: [String: Int] = [:]
      for (index, name) in header.fields.enumerated() {
        let name = Names.collapsed(name)
        if columns[name] == nil { columns[name] = index }
        if columns[Names.lower(name)] == nil { columns[Names.lower(name)] = index }
      }
      let needed = Record.names(of: "text", options: options) + Record.names(of: "title", options: options)
      guard needed.contains(where: { columns[$0] != nil }) else {
        throw ExtractionError(
          reason:
            "line 1: no column is named text, body, content or title (found: \(header.fields.prefix(12).map(Names.collapsed).joined(separator: ", "))): "
            + "name the columns under 'fields' of the source")
      }
      let dayFirst = dateOrder(buffer, from: header, separator: separator, columns: columns, options: options)
      var at = header.end
      var line = header.nextLine
      var openRows = 0
      while let row = row(buffer, from: at, line: line, separator: separator) {
        if row.isOpen {
          // Without its closing mark the field would run to the end of the file: pass over its first line and go on.
          badRecord(BadRecord(line: row.line, reason: "a quotation mark is opened and never closed"))
          openRows += 1
          guard openRows < 20, let newline = buffer[at...].firstIndex(of: 0x0A) else { return }
          at = newline + 1
          line = row.line + 1
          continue
        }
        at = row.end
        line = row.nextLine
        if row.fields.count == 1, Names.collapsed(row.fields[0]).isEmpty { continue }
        guard row.fields.count <= header.fields.count || row.fields[header.fields.count...].allSatisfy(\.isEmpty) else {
          badRecord(
            BadRecord(
              line: row.line,
              reason: "\(row.fields.count) fields where the header has \(header.fields.count): quote the text that holds the separator"))
          continue
        }
        let record = Record(options: options) { name in
          guard let index = columns[name], index < row.fields.count else { return nil }
          return .string(row.fields[index])
        }
        if let article = record.article(kind: .csv, options: options, dayFirst: dayFirst, isRepaired: decoded.isRepaired) {
          try each(article)
        } else {
          badRecord(BadRecord(line: row.line, reason: "the record has neither text nor title"))
        }
      }
    }
  }

  /// The character that parts the header most often outside quotation marks.
  private static func separator(of bytes: UnsafeBufferPointer<UInt8>, path: String) -> UInt8 {
    if FileFormat.fileExtension(of: path) == "tsv" { return 0x09 }
    var counts: [UInt8: Int] = [:]
    var quoted = false
    for byte in bytes {
      if byte == 0x22 { quoted.toggle() }
      if quoted { continue }
      if byte == 0x0A { break }
      if byte == 0x2C || byte == 0x3B || byte == 0x09 || byte == 0x7C { counts[byte, default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0x2C
  }

  static func row(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, line: Int, separator: UInt8) -> Row? {
    guard start < bytes.count else { return nil }
    var row = Row(fields: [], line: line, end: start, nextLine: line, isOpen: false)
    var field: [UInt8] = []
    var quoted = false
    var wasQuoted = false
    var i = start
    while i < bytes.count {
      let byte = bytes[i]
      i += 1
      if quoted {
        if byte == 0x22 {
          if i < bytes.count, bytes[i] == 0x22 {
            field.append(0x22)
            i += 1
          } else {
            quoted = false
          }
        } else {
          if byte == 0x0A { row.nextLine += 1 }
          field.append(byte)
        }
      } else if byte == 0x22, field.isEmpty, !wasQuoted {
        quoted = true
        wasQuoted = true
      } else if byte == separator {
        row.fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        wasQuoted = false
      } else if byte == 0x0A {
        row.nextLine += 1
        break
      } else {
        field.append(byte)
      }
    }
    row.fields.append(String(decoding: field, as: UTF8.self))
    row.end = i
    row.isOpen = quoted
    return row
  }

  private static func dateOrder(
    _ bytes: UnsafeBufferPointer<UInt8>, from header: Row, separator: UInt8, columns: [String: Int], options: ExtractionOptions
  ) -> Bool? {
    guard let column = Record.names(of: "date", options: options).lazy.compactMap({ columns[$0] }).first else { return nil }
    var dates = RecordDates()
    var at = header.end
    for _ in 0..<200 {
      guard let row = row(bytes, from: at, line: 1, separator: separator), !row.isOpen else { break }
      at = row.end
      if column < row.fields.count { dates.add(row.fields[column]) }
    }
    return dates.order
  }
}

// Files of one thing a line, read whole: each line with its number, so that what is wrong can be said with file and line.

/// Holds the lines of a file that are not blank.
struct InputLines {
  /// As named on the command line.
  let file: String
  /// Without line ends and the white space around them; numbers from 1.
  private(set) var lines: [(number: Int, bytes: ArraySlice<UInt8>)] = []
  private var problems: [String] = []
  private static let shownProblems = 10

  init(file: String) throws(ClientError) {
    guard let bytes = FileBytes.read(file) else { throw .configuration("\(file) cannot be read") }
    if bytes.starts(with: [0x1F, 0x8B]) { throw .configuration("\(file) is compressed; unpack it first: gunzip \(file)") }
    self.init(file: file, bytes: bytes)
  }

  init(file: String, bytes: [UInt8]) {
    self.file = file
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      number += 1
      let line = Self.trimmed(bytes[start..<end])
      if !line.isEmpty { lines.append((number, line)) }
      start = end + 1
    }
  }

  /// Tabs at the ends stay: they part empty columns.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last == 0x20 || last == 0x0D { line.removeLast() }
    while line.first == 0x20 { line.removeFirst() }
    return line
  }

  mutating func report(_ number: Int, _ message: String) { problems.append("\(file):\(number): \(message)") }

  /// Throws what was reported: figures over a half-read file would be wrong.
  func check() throws(ClientError) {
    guard !problems.isEmpty else { return }
    let more = problems.count - Self.shownProblems
    throw .configuration(problems.prefix(Self.shownProblems).joined(separator: "\n") + (more > 0 ? "\nand \(more) more like these" : ""))
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

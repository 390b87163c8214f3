// How much memory decoded posting lists may take: what somebody said, or what the index asks for and the machine has to give.

struct PostingBudget: Sendable, Equatable {
  /// Bytes that were asked for; nil goes by the index.
  var size: Int?
  /// Bytes of the machine; nil where that is not known.
  var memory: Int?

  /// What an index of any size may take, as long as the machine has four times as much.
  static let least = 256 << 20
  /// Bytes that the lists in use need for each passage: measured with queries of many kinds at one and at five million passages.
  static let bytesPerPassage = 300
  /// Of the machine's memory one in so many bytes.
  static let shareOfMemory = 4

  init(_ size: Int?, memory: Int? = MachineMemory.bytes) {
    self.size = size
    self.memory = memory
  }

  /// Bytes for an index of so many passages.
  func bytes(passages: Int) -> Int {
    if let size { return size }
    let (wanted, overflow) = passages.multipliedReportingOverflow(by: Self.bytesPerPassage)
    let bytes = max(Self.least, overflow ? Int.max : wanted)
    return memory.map { min(bytes, $0 / Self.shareOfMemory) } ?? bytes
  }

  /// Of that for the words of passages, which take what the queries look at, however large the index is.
  var vectors: Int { bytes(passages: 0) / 8 }
}

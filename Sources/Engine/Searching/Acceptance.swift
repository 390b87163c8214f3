/// Which documents of the groups of a search count.
struct Acceptance {
  /// By document of the groups: one bit for each filter that does not accept it; empty where all are accepted.
  let refused: [UInt32]
  /// The filters that are asked.
  let asked: UInt32

  var isWhole: Bool { refused.isEmpty }

  @inline(__always)
  func accepts(_ index: Int) -> Bool { refused.isEmpty || refused[index] & asked == 0 }
}

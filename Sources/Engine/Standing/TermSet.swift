// The terms of some passages, for telling which needs they meet.

struct TermSet {
  /// Hashes of all terms: one that is there by chance costs a query that is run in vain.
  private var hashes: Set<UInt64> = []
  /// All terms, ascending, one after the other.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Of the written forms.
  private var letters: [(letters: UInt64, length: Int)] = []

  init(_ view: DatabaseView) {
    let forms = [Schema.exactPrefix, Schema.foldedPrefix].map { $0.utf8.first }
    view.forEachTerm(beginning: []) { term, _ in
      hashes.insert(Self.hash(term))
      bytes.append(contentsOf: term)
      ends.append(bytes.count)
      if forms.contains(term.first) { letters.append(CloseLetters.letters(of: term.dropFirst())) }
    }
  }

  /// FNV-1a over 64 bits.
  @inline(__always)
  private static func hash(_ term: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }

  /// Needs with their terms hashed.
  struct Prepared: Sendable {
    fileprivate struct Group: Sendable {
      var hashes: [UInt64] = []
      var beginnings: [[UInt8]] = []
      var near: [CloseLetters] = []
    }

    fileprivate var groups: [Group]

    init(_ needs: Needs) {
      groups = needs.groups.map { needed in
        var group = Group()
        for key in needed.keys {
          switch key {
          case .term(let term): group.hashes.append(TermSet.hash(term))
          case .beginning(let start): group.beginnings.append(start)
          case .near(let letters): group.near.append(letters)
          }
        }
        return group
      }
    }
  }

  /// Whether the needs are met, of all passages taken together.
  func meets(_ needs: Prepared) -> Bool {
    needs.groups.allSatisfy { group in
      group.hashes.contains { hashes.contains($0) } || group.beginnings.contains { hasTerm(beginning: $0) }
        || group.near.contains { letters in self.letters.contains { letters.mayBeNear($0) } }
    }
  }

  private func hasTerm(beginning start: [UInt8]) -> Bool {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if term(middle).lexicographicallyPrecedes(start) { low = middle + 1 } else { high = middle }
    }
    return low < ends.count && term(low).starts(with: start)
  }

  private func term(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }
}

// The terms of some passages, for telling which needs they meet.
import Xapian

struct TermSet {
  private var numbers = TermNumbers()
  /// The terms by their numbers, ascending.
  private var sorted: [Int] = []
  /// Of the written forms.
  private var letters: [(letters: UInt64, length: Int)] = []

  init(_ documents: some Sequence<Document>) {
    let forms = [Schema.exactPrefix, Schema.foldedPrefix].map { $0.utf8.first }
    for document in documents {
      document.forEach(
        term: { term, _ in
          let known = numbers.count
          guard numbers.number(of: term) == known, forms.contains(term.first) else { return }
          letters.append(CloseLetters.letters(of: term.dropFirst()))
        }, value: { _, _ in })
    }
    sorted = (0..<numbers.count).sorted { numbers[$0].lexicographicallyPrecedes(numbers[$1]) }
  }

  /// Needs by kind.
  struct Prepared: Sendable {
    fileprivate struct Group: Sendable {
      var terms: [[UInt8]] = []
      var beginnings: [[UInt8]] = []
      var near: [CloseLetters] = []
    }

    fileprivate var groups: [Group]

    init(_ needs: Needs) {
      groups = needs.groups.map { needed in
        var group = Group()
        for key in needed.keys {
          switch key {
          case .term(let term): group.terms.append(term)
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
      group.terms.contains { numbers.known($0) != nil } || group.beginnings.contains { hasTerm(beginning: $0) }
        || group.near.contains { letters in self.letters.contains { letters.mayBeNear($0) } }
    }
  }

  private func hasTerm(beginning start: [UInt8]) -> Bool {
    let first = sorted.partitioningIndex { !numbers[$0].lexicographicallyPrecedes(start) }
    return first < sorted.count && numbers[sorted[first]].starts(with: start)
  }
}

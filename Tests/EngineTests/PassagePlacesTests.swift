import TestSupport
import Testing
import Xapian

@testable import Engine

@Suite struct PassagePlacesTests {
  /// Every term of a document comes back with its positions, however many there are and however they repeat.
  @Test(arguments: [0, 1, 3, 120, 511, 513, 3000, 40_000])
  func everyTermKeepsItsPositions(terms: Int) {
    var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
    let seed = random.state
    var document = Document()
    var plain: [[UInt8]: Set<UInt32>] = [:]
    for number in 0..<terms {
      let prefix = number % 17 == 0 ? Field.actor.valuePrefix : number % 23 == 0 ? Field.place.valuePrefix : ""
      let term = Array("\(prefix)t\(number)".utf8)
      // A term comes again, as each occurrence of a word does.
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let positions = (0..<Int.random(in: 1...3, using: &random)).map { _ in UInt32.random(in: 1...200_000, using: &random) }
        document.addPosting(term, positions: positions, wdf: 1)
        plain[term, default: []].formUnion(positions)
      }
    }
    document.addTerm(Array("without".utf8))
    var writer = PassagePlacesWriter()
    let bytes = writer.encoded(document)
    bytes.withUnsafeBufferPointer { lent in
      let places = PassagePlaces(lent)
      for (term, positions) in plain {
        var found: [UInt32] = []
        places?.append(PlacedTerm(term), to: &found)
        #expect(found == positions.sorted(), "seed \(seed): \(String(decoding: term, as: UTF8.self))")
      }
    }
  }

  @Test func entitiesAreReplacedAndWordsStay() {
    var document = Document()
    document.addPosting(Array("tango".utf8), positions: [3, 9], wdf: 1)
    document.addPosting(Term.entity(.actor, "iran"), positions: [4], wdf: 1)
    func entity(_ id: String, _ positions: [UInt32]) -> TagTerms.Entity {
      TagTerms.Entity(id: id, field: .place, positions: positions, wdf: 1, isSalient: false)
    }
    var writer = PassagePlacesWriter()
    let again = writer.encoded(document).withUnsafeBufferPointer {
      PassagePlaces.replacingEntities(in: $0, with: [entity("rome", [7, 8]), entity("oslo", [1])])
    }
    func places(_ term: [UInt8]) -> [UInt32] {
      var found: [UInt32] = []
      again.withUnsafeBufferPointer { PassagePlaces($0)?.append(PlacedTerm(term), to: &found) }
      return found
    }
    #expect(places(Array("tango".utf8)) == [3, 9])
    #expect(places(Term.entity(.place, "rome")) == [7, 8] && places(Term.entity(.place, "oslo")) == [1])
    #expect(places(Term.entity(.actor, "iran")) == [])
    // What a fresh index would write.
    var fresh = Document()
    fresh.addPosting(Array("tango".utf8), positions: [3], wdf: 1)
    fresh.addPosting(Term.entity(.place, "oslo"), positions: [1], wdf: 1)
    fresh.addPosting(Term.entity(.place, "rome"), positions: [7, 8], wdf: 1)
    fresh.addPosting(Array("tango".utf8), positions: [9], wdf: 1)
    #expect(writer.encoded(fresh) == again)
  }
}

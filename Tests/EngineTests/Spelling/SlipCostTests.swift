import Testing

@testable import Engine

/// How slips compare with each other.
struct SlipCostTests {
  private func bits(_ typed: String, for meant: String) -> Double {
    var cost = SlipCost()
    return cost.bits(typed: typed.unicodeScalars.map(\.value), meant: meant.unicodeScalars.map(\.value))
  }

  @Test func whatIsTypedRightCostsNothing() {
    #expect(bits("corridor", for: "corridor") == 0)
    #expect(bits("", for: "") == 0)
  }

  @Test(arguments: [
    // A letter of two alike, any letter left out, another in its place.
    ("coridor", "corrior", "corridor"), ("corrdor", "corzidor", "corridor"), ("corirdor", "corbidor", "corridor"),
    // The second of two alike; both of them.
    ("corridor", "coidor", "corridor"), ("coridor", "coidor", "corridor"),
    // A letter struck twice, another one struck too many.
    ("corridorr", "corridorz", "corridor"), ("drumm", "drummm", "drum"),
    // Letters that are like each other.
    ("seperatism", "sepbratism", "separatism"), ("sanktions", "sanxtions", "sanctions"), ("المحكمه", "المحكمس", "المحكمة"),
    // The first letter.
    ("cortidor", "torridor", "corridor"), ("corridr", "orridor", "corridor"),
  ])
  func theLikelierSlipCostsLess(_ likelier: String, _ other: String, _ meant: String) {
    #expect(bits(likelier, for: meant) < bits(other, for: meant))
  }

  /// What is one slip of two letters alike is not two cheap ones where both are gone, or both too many.
  @Test func bothOfTwoLettersAlikeAreTwoSlips() {
    #expect(bits("coidor", for: "corridor") == SlipCost.doubling + SlipCost.omission)
    #expect(bits("corrxxidor", for: "corridor") == SlipCost.doubling + SlipCost.insertion)
  }
}

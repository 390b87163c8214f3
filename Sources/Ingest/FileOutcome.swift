// What came of looking at one file.

/// How much of a look a file needs.
enum Trigger: Int, Sendable, Comparable {
  /// Size, times and inode may say that nothing changed.
  case compare
  /// It was written: only its content may say that nothing changed.
  case written
  /// It is prepared anew, changed or not.
  case force

  static func < (left: Trigger, right: Trigger) -> Bool { left.rawValue < right.rawValue }
}

enum FileOutcome: Sendable, Equatable {
  /// Not there, or not one that counts.
  case gone
  /// There, counts by its name, and is not read for this reason.
  case passedOver(String)
  case unchanged
  /// Its fingerprint changed, its content did not.
  case touched(Fingerprint)
  /// In the middle of a change; to be looked at again.
  case unsettled
  /// Its articles were handed on; the text says what of it was left out.
  case indexed(Fingerprint, String?)
  case failed(Fingerprint, String)
  /// The program is ending and the file is a long one: it is read again at the next start.
  case interrupted
}

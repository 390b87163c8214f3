// A language is an ISO 639-1 code; "und" stands for a text whose language nobody knows.

package struct Language: RawRepresentable, Hashable, Sendable {
  /// The ISO 639-1 code in lower case ("en"), or "und".
  package var rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Makes a language of a code as people write it: "EN", "en-US", "iw" (the old code of Hebrew); an empty code is undetermined.
  package init(code: String) {
    let base = code.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map { $0.lowercased() } ?? ""
    switch base {
    case "": self = .undetermined
    case "iw": self = .hebrew
    case "in": self.init(rawValue: "id")
    case "no", "nb", "nn": self.init(rawValue: "no")
    default: self.init(rawValue: base)
    }
  }

  package static let undetermined = Language(rawValue: "und")
  package static let english = Language(rawValue: "en")
  package static let russian = Language(rawValue: "ru")
  package static let ukrainian = Language(rawValue: "uk")
  package static let turkish = Language(rawValue: "tr")
  package static let azerbaijani = Language(rawValue: "az")
  package static let persian = Language(rawValue: "fa")
  package static let arabic = Language(rawValue: "ar")
  package static let urdu = Language(rawValue: "ur")
  package static let kurdish = Language(rawValue: "ku")
  package static let armenian = Language(rawValue: "hy")
  package static let georgian = Language(rawValue: "ka")
  package static let hebrew = Language(rawValue: "he")
  package static let greek = Language(rawValue: "el")
  package static let german = Language(rawValue: "de")
  package static let french = Language(rawValue: "fr")
  package static let spanish = Language(rawValue: "es")
  package static let italian = Language(rawValue: "it")
  package static let chinese = Language(rawValue: "zh")
  package static let japanese = Language(rawValue: "ja")
  package static let korean = Language(rawValue: "ko")
  package static let thai = Language(rawValue: "th")
}

extension Language: CustomStringConvertible {
  package var description: String { rawValue }
}

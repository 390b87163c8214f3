// What the tests of the analysis share: words as strings, and a seeded generator.

@testable import TextAnalysis

extension WordStream {
  var exacts: [String] { words.indices.map { String(decoding: exact($0), as: UTF8.self) } }
  var foldeds: [String] { words.indices.map { String(decoding: folded($0), as: UTF8.self) } }
  var terms: [String] { words.indices.map { String(decoding: term($0), as: UTF8.self) } }
}

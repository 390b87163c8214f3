// What holds for every text, tried on random text in ten scripts and on random bytes. The seed is printed with a failure.

import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct AnalyzerPropertyTests {
  static let seeds: [UInt64] = (1...12).map { $0 * 7919 }
  private static let languages = [
    "en", "tr", "az", "fr", "ru", "uk", "el", "hy", "ka", "he", "ar", "fa", "hi", "th", "zh", "ja", "ko", "und",
  ]

  private static let ranges: [[ClosedRange<UInt32>]] = [
    [0x41...0x5A, 0x61...0x7A], [0xC0...0x24F, 0x1E00...0x1EFF], [0x400...0x45F], [0x386...0x3CE, 0x1F00...0x1FFC],
    [0x531...0x556, 0x561...0x58A], [0x10A0...0x10FF, 0x1C90...0x1CBA], [0x5B0...0x5F4], [0x610...0x6D3, 0xFB50...0xFDFF],
    [0x901...0x94D], [0xE01...0xE4E], [0x4E00...0x4E80, 0x3041...0x30FE],
    [0xAC00...0xAD00, 0x1100...0x1112, 0x1161...0x1175, 0x11A8...0x11C2], [0x30...0x39],
    [0x300...0x315], [0x1D400...0x1D4FF],
  ]
  private static let glue: [UInt32] = [
    0x20, 0x20, 0x20, 0x27, 0x2019, 0x2E, 0x2C, 0x2D, 0xAD, 0x200C, 0x200D, 0x22, 0x5F4, 0xB7, 0x0A, 0x49, 0x130, 0x131, 0x307, 0x73,
    0x640, 0x66B, 0x2BC, 0xFE0F, 0x5F3, 0x6C,
  ]

  private func text(_ generator: inout SeededRandom) -> String {
    var scalars = String.UnicodeScalarView()
    let scripts = (0..<3).map { _ in AnalyzerPropertyTests.ranges.randomElement(using: &generator) ?? [] }
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      let value: UInt32
      if Int.random(in: 0..<4, using: &generator) == 0 {
        value = AnalyzerPropertyTests.glue.randomElement(using: &generator) ?? 0x20
      } else {
        let range = scripts.randomElement(using: &generator)?.randomElement(using: &generator) ?? 0x61...0x7A
        value = UInt32.random(in: range, using: &generator)
      }
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  private func language(_ generator: inout SeededRandom) -> Language {
    Language(rawValue: AnalyzerPropertyTests.languages.randomElement(using: &generator) ?? "en")
  }

  @Test(arguments: seeds)
  func offsetsAreInTheTextAscendingAndBetweenScalars(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    let analyzer = Analyzer()
    for _ in 0..<300 {
      let text = text(&generator)
      let language = language(&generator)
      let bytes = Array(text.utf8)
      let stream = analyzer.analyze(bytes, language: language)
      var last: Int32 = 0
      for (index, word) in stream.words.enumerated() {
        #expect(word.start >= last || (word.flags.contains(.cjk) && word.start > stream.words[index - 1].start), "seed \(seed): \(text)")
        #expect(word.end > word.start && Int(word.end) <= bytes.count, "seed \(seed): \(text)")
        #expect(bytes[Int(word.start)] & 0xC0 != 0x80, "seed \(seed): \(text)")
        #expect(Int(word.end) == bytes.count || bytes[Int(word.end)] & 0xC0 != 0x80, "seed \(seed): \(text)")
        #expect(word.position == UInt32(index + 1))
        for form in [stream.exact(index), stream.folded(index), stream.term(index)] {
          #expect(!form.isEmpty && form.count <= 72, "seed \(seed): \(text)")
          #expect(String(validating: form, as: UTF8.self) != nil, "seed \(seed): \(text)")
        }
        #expect((word.exact != word.folded) == word.flags.contains(.differs), "seed \(seed): \(text)")
        last = word.end
      }
    }
  }

  /// What is indexed, what is asked for and what is marked is one analysis.
  @Test(arguments: seeds)
  func aWordAloneHasTheSameForms(seed: UInt64) {
    var generator = SeededRandom(seed: seed &+ 1)
    let analyzer = Analyzer()
    for _ in 0..<300 {
      let text = text(&generator)
      let language = language(&generator)
      let bytes = Array(text.utf8)
      let stream = analyzer.analyze(bytes, language: language)
      let fresh = Analyzer()
      for index in stream.words.indices {
        let word = stream.words[index]
        let alone = (index.isMultiple(of: 2) ? analyzer : fresh).analyze(Array(bytes[word.range]), language: language)
        #expect(alone.count == 1, "seed \(seed), \(language): \(text) [\(word.range)]")
        guard alone.count == 1 else { continue }
        #expect(alone.term(0) == stream.term(index), "seed \(seed), \(language): \(text) [\(word.range)]")
        #expect(alone.exact(0) == stream.exact(index) && alone.folded(0) == stream.folded(index), "seed \(seed): \(text)")
        #expect(alone.words[0].flags == word.flags, "seed \(seed): \(text)")
        let terms = analyzer.queryTerms(for: alone, at: 0, languages: [language])
        #expect(terms.contains(Array(stream.term(index))), "seed \(seed), \(language): \(text) [\(word.range)]")
      }
    }
  }

  @Test(arguments: seeds)
  func composedAndDecomposedTextGiveTheSameForms(seed: UInt64) {
    var generator = SeededRandom(seed: seed &+ 2)
    let analyzer = Analyzer()
    for _ in 0..<300 {
      let text = text(&generator)
      let language = language(&generator)
      let composed = analyzer.analyze(text.precomposedStringWithCanonicalMapping, language: language)
      let decomposed = analyzer.analyze(text.decomposedStringWithCanonicalMapping, language: language)
      #expect(composed.exacts == decomposed.exacts, "seed \(seed), \(language): \(text.unicodeScalars.map(\.value))")
      #expect(composed.foldeds == decomposed.foldeds, "seed \(seed), \(language): \(text.unicodeScalars.map(\.value))")
      #expect(composed.terms == decomposed.terms, "seed \(seed), \(language): \(text.unicodeScalars.map(\.value))")
    }
  }

  @Test(arguments: seeds)
  func randomBytesDoNoHarm(seed: UInt64) {
    var generator = SeededRandom(seed: seed &+ 3)
    let analyzer = Analyzer()
    for _ in 0..<300 {
      var bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      if Bool.random(using: &generator) {
        bytes = Array(text(&generator).utf8)
        for _ in 0..<4 where !bytes.isEmpty {
          bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      let stream = analyzer.analyze(bytes, language: language(&generator))
      #expect(stream.words.allSatisfy { $0.start >= 0 && $0.start < $0.end && Int($0.end) <= bytes.count }, "seed \(seed): \(bytes)")
      #expect(stream.words.indices.allSatisfy { String(validating: stream.exact($0), as: UTF8.self) != nil }, "seed \(seed): \(bytes)")
      let sentences = Sentences.split(bytes)
      #expect(sentences.allSatisfy { !$0.isEmpty && $0.upperBound <= bytes.count }, "seed \(seed): \(bytes)")
      #expect(bytes.withUnsafeBufferPointer { Sentences.first($0) } == sentences.first, "seed \(seed): \(bytes)")
      #expect(zip(sentences, sentences.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "seed \(seed): \(bytes)")
      _ = LanguageDetector.detect(bytes)
      _ = Fold.folded(bytes: bytes)
      for offset in 0...bytes.count { _ = Boundaries.isBoundary(bytes, at: offset) }
    }
  }
}

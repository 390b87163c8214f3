import ArasAPI
import Glibc
import TestSupport
import TextAnalysis

@testable import Engine

/// Texts to index and to take words from: the project's own seeds, or a collection of records.
struct TextCollection {
  var name: String
  /// Records by language, as JSON lines.
  var lines: [UInt8] = []
  /// Files by path.
  var files: [(path: String, bytes: [UInt8])] = []
  var texts: [String] = []
  var language = Language.english

  static let seeds: String = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/seeds"

  /// The seeds of the repository, in all their languages.
  init(seedsIn folder: String = Self.seeds) throws {
    name = "seeds"
    for path in Self.filesBelow(folder).sorted() {
      let bytes = try TestFolder.bytes(path)
      files.append((String(path.dropFirst(folder.utf8.count + 1)), bytes))
      if path.hasSuffix(".txt") || path.hasSuffix(".md") { texts.append(String(decoding: bytes, as: UTF8.self)) }
    }
  }

  /// A compressed file of records with `title` and `text`.
  /// - Parameter most: records that are read.
  init(_ path: String, name: String, language: Language = .english, most: Int = .max) throws {
    self.name = name
    self.language = language
    guard let pipe = popen("gzip -dc '\(path)'", "r") else { throw EngineError(.unusable, "cannot run gzip") }
    defer { pclose(pipe) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var count = 0
    while count < most, case let length = getline(&line, &capacity, pipe), length > 0, let start = line {
      let bytes = UnsafeRawBufferPointer(start: start, count: length)
      lines.append(contentsOf: bytes)
      let record = try JSONValue(parsing: Array(bytes))
      texts.append([record["title"]?.string, record["text"]?.string ?? record["body"]?.string].compactMap { $0 }.joined(separator: "\n"))
      count += 1
    }
  }

  private static func filesBelow(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
      guard !name.hasPrefix(".") else { continue }
      let path = folder + "/" + name
      if entry.pointee.d_type == UInt8(DT_DIR) { found += filesBelow(path) } else { found.append(path) }
    }
    return found
  }

  func index() async throws -> TestIndex {
    let test = try TestIndex(registry: try TestIndex.projectRegistry())
    if !lines.isEmpty { try await test.add("\(name).jsonl", lines) }
    for (path, bytes) in files { try await test.add(path, bytes, commit: false) }
    try await test.index.commit()
    return test
  }
}

/// A word of a text and the one before or behind it.
struct TypedWord {
  var word: String
  /// In the order of the text, with what is in the place of the word left out.
  var before: String?
  var after: String?

  func query(_ typed: String) -> String { [before, typed, after].compactMap { $0 }.joined(separator: " ") }
}

/// Takes words from texts as often as they stand there, and mistypes them.
struct Typist {
  let analyzer = Analyzer()
  var random: SeededRandom
  private let texts: [String]
  private let language: Language
  /// Letters of the texts, by what they are: a slip stays in its script.
  private var letters: [[Unicode.Scalar]] = []
  /// Folded words of the texts.
  private var keys: Set<String> = []

  /// Letters of a word that is worth correcting.
  static let shortest = 5

  init(_ collection: TextCollection, seed: UInt64) {
    texts = collection.texts.filter { !$0.isEmpty }
    language = collection.language
    random = SeededRandom(seed: seed)
    var counts: [Unicode.Scalar: Int] = [:]
    for text in texts {
      let stream = analyzer.analyze(text, language: language)
      for i in stream.words.indices {
        let word = String(decoding: stream.exact(i), as: UTF8.self)
        keys.insert(Fold.key(word))
        for letter in word.unicodeScalars where Self.isLetter(letter) { counts[letter, default: 0] += 1 }
      }
    }
    let most = counts.values.max() ?? 0
    let common = counts.filter { $0.value * 2000 > most }.keys.sorted()
    letters = Dictionary(grouping: common, by: Self.script).values.map { $0 }
  }

  /// Whether it is a letter, and no vowel mark: those are not typed by mistake, and folding takes them away.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic && scalar.properties.generalCategory != .nonspacingMark
  }

  /// Whether the texts have a word, however it is folded: then it is no slip.
  func isWord(_ word: String) -> Bool { keys.contains(Fold.key(word)) }

  private static func script(_ letter: Unicode.Scalar) -> UInt32 { letter.value < 0x250 ? 0 : letter.value >> 8 }

  /// A word of at least five letters, as it stands in a text and not a word of grammar.
  mutating func word(withNeighbour: Bool) -> TypedWord {
    while true {
      let text = random.pick(texts)
      let stream = analyzer.analyze(text, language: language)
      guard stream.count > 2 else { continue }
      let i = Int.random(in: 1..<(stream.count - 1), using: &random)
      guard isWorthTyping(stream, i, Self.shortest) else { continue }
      var typed = TypedWord(word: String(decoding: stream.exact(i), as: UTF8.self))
      if withNeighbour {
        let isBefore = random.chance(50)
        let other = isBefore ? i - 1 : i + 1
        guard isWorthTyping(stream, other, 3) else { continue }
        let text = String(decoding: stream.exact(other), as: UTF8.self)
        if isBefore { typed.before = text } else { typed.after = text }
      }
      return typed
    }
  }

  private func isWorthTyping(_ stream: WordStream, _ i: Int, _ shortest: Int) -> Bool {
    let form = String(decoding: stream.exact(i), as: UTF8.self)
    return form.unicodeScalars.count >= shortest && form.unicodeScalars.allSatisfy(\.properties.isAlphabetic)
      && !analyzer.isStopWord(stream.folded(i), language: language)
  }

  /// A word with one letter put in, left out or replaced, or two swapped; each as likely as the others.
  mutating func slip(_ word: String, edits: Int = 1) -> String {
    var scalars = Array(word.unicodeScalars)
    for _ in 0..<edits {
      let place = Int.random(in: 0..<scalars.count, using: &random)
      let alphabet = letters.first { $0.contains { Self.script($0) == Self.script(scalars[place]) } } ?? [scalars[place]]
      switch Int.random(in: 0..<4, using: &random) {
      case 0: scalars.insert(random.pick(alphabet), at: Int.random(in: 0...scalars.count, using: &random))
      case 1: scalars.remove(at: place)
      case 2: scalars[place] = random.pick(alphabet)
      default: if place + 1 < scalars.count { scalars.swapAt(place, place + 1) }
      }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}

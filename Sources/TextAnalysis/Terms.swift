// From the forms of a word to its index term. A term is tag + fold(stem(exact)), so that equal bytes mean equal words
// and stems of different languages never meet:
//   a word with a digit       no tag, not stemmed: 2021 is the same in every language;
//   a stemmed word            no tag in English, "ru:" and the like elsewhere;
//   all others                ":" and the folded form: languages without a stemmer, bigrams, words in a foreign script.
// The English and the Russian stemmer see the folded form, for diacritics are optional there (Türkiye, café; ё).

enum TermTag {
  static let separator = UInt8(ascii: ":")
}

extension Analyzer {
  /// Appends the term of a word with these forms in a text of the profile's language.
  func appendTerm(
    exact: UnsafeBufferPointer<UInt8>, folded: UnsafeBufferPointer<UInt8>, flags: WordFlags, _ profile: LanguageProfile,
    to term: inout [UInt8]
  ) {
    if flags.contains(.hasDigit) {
      term.append(contentsOf: folded)
      return
    }
    guard let stemmer = profile.stemmer, !flags.contains(.cjk), Analyzer.script(of: exact) == profile.script else {
      term.append(TermTag.separator)
      term.append(contentsOf: folded)
      return
    }
    term.append(contentsOf: profile.tag)
    if profile.stemsFolded {
      stemmer.stem(folded, into: &stem)
      term.append(contentsOf: stem.isEmpty ? Array(folded) : stem)
      return
    }
    stemmer.stem(exact, into: &stem)
    let start = term.count
    if !stem.contains(where: { $0 >= 0x80 || $0 == 0x27 }) {
      term.append(contentsOf: stem)
    } else {
      stem.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        normaliser.decompose(ScalarSequence(TextBytes(base: base, count: bytes.count)))
      }
      normaliser.folded(into: &term)
    }
    if term.count == start { term.append(contentsOf: folded) }
  }

  /// The script of the first letter of a form.
  static func script(of form: UnsafeBufferPointer<UInt8>) -> Script {
    guard let base = form.baseAddress else { return .common }
    for scalar in ScalarSequence(TextBytes(base: base, count: form.count)) {
      let properties = UnicodeTables.shared.properties(scalar)
      if properties.kind == .letter { return properties.script }
    }
    return .common
  }

  /// Makes the forms of the word that the normaliser holds, at the end of `bytes`.
  func makeForms(_ flags: WordFlags, _ profile: LanguageProfile, _ bytes: inout [UInt8]) -> FormSet {
    var exact: [UInt8] = []
    var folded: [UInt8] = []
    normaliser.exact(into: &exact)
    normaliser.folded(into: &folded)
    if folded.isEmpty { folded = exact }
    var term: [UInt8] = []
    exact.withUnsafeBufferPointer { exact in
      folded.withUnsafeBufferPointer { folded in appendTerm(exact: exact, folded: folded, flags: flags, profile, to: &term) }
    }
    return FormSet(exact: exact, folded: folded, term: term, appendingTo: &bytes)
  }

  /// The distinct index terms that a word of a query can have in passages of these languages.
  ///
  /// The word is looked at as each language would: without Turkish suffixes behind an apostrophe, without a French article
  /// before it, and with an upper-case I as the capital of ı.
  package func queryTerms(for stream: WordStream, at index: Int, languages: [Language]) -> [[UInt8]] {
    let word = stream.words[index]
    if word.flags.contains(.hasDigit) || languages.isEmpty { return [Array(stream.term(index))] }
    var terms: [[UInt8]] = []
    for language in languages {
      let profile = profile(language)
      var found: [[UInt8]] = []
      let (isExact, others) = forms(of: stream.exact(index), word.flags, profile)
      if isExact {
        var term: [UInt8] = []
        stream.withExact(index) { exact in
          stream.withFolded(index) { folded in appendTerm(exact: exact, folded: folded, flags: word.flags, profile, to: &term) }
        }
        found.append(term)
      }
      for form in others {
        normaliser.decompose(form)
        var bytes: [UInt8] = []
        let made = makeForms(word.flags, profile, &bytes)
        found.append(Array(bytes[made.term.range]))
      }
      for term in found where !term.isEmpty && !terms.contains(term) { terms.append(term) }
    }
    return terms
  }

  /// The forms that a word can have in passages of a language: whether the one it has, and the characters of others.
  private func forms(
    of exact: ArraySlice<UInt8>, _ flags: WordFlags, _ profile: LanguageProfile
  ) -> (isExact: Bool, others: [[UInt32]]) {
    var scalars: [UInt32] = exact.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { Array(ScalarSequence(TextBytes(base: $0, count: bytes.count))) } ?? []
    }
    var isExact = true
    if let apostrophe = scalars.firstIndex(of: 0x27), apostrophe > 0 {
      if profile.isTurkic {
        scalars.removeSubrange(apostrophe...)
        isExact = false
      } else if profile.elides, LanguageProfile.isElision(scalars[..<apostrophe]) {
        scalars.removeSubrange(...apostrophe)
        isExact = false
      }
    }
    var others = isExact ? [] : [scalars]
    if profile.isTurkic, profile.stemmer != nil {
      if flags.contains(.allCaps) {
        others.append(scalars.map { $0 == 0x69 ? 0x131 : $0 })
        others.append(scalars.map { $0 == 0x131 ? 0x69 : $0 })
      } else if flags.contains(.capitalised), scalars.first == 0x69 || scalars.first == 0x131 {
        others.append([scalars[0] == 0x69 ? 0x131 : 0x69] + scalars.dropFirst())
      }
    }
    return (isExact, others)
  }
}

/// The characters of a text, one after the other.
struct ScalarSequence: Sequence, IteratorProtocol {
  private let text: TextBytes
  private var offset = 0

  init(_ text: TextBytes) {
    self.text = text
  }

  mutating func next() -> UInt32? {
    guard offset < text.count else { return nil }
    let (scalar, length) = text.decode(offset)
    offset += length
    return scalar
  }
}

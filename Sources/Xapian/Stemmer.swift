// Xapian's Snowball stemmers.

import CXapian

/// Takes the endings off the words of one language. It belongs to one thread at a time.
public final class Stemmer {
  private let pointer: OpaquePointer

  /// Makes the stemmer of a language, given by name or ISO 639 code; throws `invalidArgument` when there is none.
  public init(language: String) throws(XapianError) {
    let language = Array(language.utf8)
    var made: OpaquePointer?
    try check { cx_stemmer_make(language, language.count, &made, $0) }
    guard let made else { throw XapianError(kind: .internalError, message: "no handle for a stemmer") }
    pointer = made
  }

  deinit {
    cx_stemmer_free(pointer)
  }

  /// The names of the languages that have a stemmer, such as "english".
  public static let languages: [String] = {
    let bytes = try? collect { sink, context, error in cx_stemmer_languages(sink, context, error) }
    return (bytes ?? []).split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
  }()

  /// Puts the stem of a word, which must be lower-cased UTF-8, in the place of what `out` holds.
  ///
  /// When the stemmer fails (it has no memory), the stem is the word.
  public func stem(_ word: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    var stem: UnsafePointer<UInt8>?
    var length = 0
    do throws(XapianError) {
      try check { cx_stem(pointer, word.baseAddress, word.count, &stem, &length, $0) }
      out.append(contentsOf: UnsafeBufferPointer(start: stem, count: stem == nil ? 0 : length))
    } catch {
      out.append(contentsOf: word)
    }
  }

  /// The stem of a word, which must be lower-cased UTF-8.
  public func stem(_ word: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    word.withUnsafeBufferPointer { stem($0, into: &out) }
    return out
  }
}

/// The library that runs.
public enum Library {
  /// Its version, such as "1.4.22".
  public static let version: String = {
    let bytes = try? collect { sink, context, error in cx_version(sink, context, error) }
    return String(decoding: bytes ?? [], as: UTF8.self)
  }()
}

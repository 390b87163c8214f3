// What can be typed: the words and titles of one revision and the names of one registry, in memory. Corrections and completions are
// looked up here and made sure of in the database, so that a vocabulary may be a little older than the answer that it serves.
import Tagging
import Xapian

final class Vocabulary: Sendable {
  let revision: UInt64
  let words: FormList
  let titles: TitleList
  /// Fingerprint of the registry that `nameWords` are of.
  let registry: String
  /// Names of one word by which a plain word finds an actor of the index, with the actor's passages.
  let nameWords: FormList

  init(revision: UInt64, words: FormList, titles: TitleList, registry: String, nameWords: FormList) {
    self.revision = revision
    self.words = words
    self.titles = titles
    self.registry = registry
    self.nameWords = nameWords
  }

  /// Bytes of memory, without the registry's names.
  var memory: Int { words.memory + titles.memory + nameWords.memory }
}

/// Reads a vocabulary from a database.
///
/// The walk is cut into pieces. Where it may follow commits, each piece is of a revision of its own if need be, so that commits in between
/// do not make it start again; what was committed meanwhile may then be missing, or be there in vain.
struct VocabularyReader {
  let view: DatabaseView
  /// Whether the view may be moved to a newer revision on the way.
  let followsCommits: Bool

  /// First bytes of what can be a word: printable ASCII, and the heads of longer scalars.
  private static let heads: [UInt8] = Array(0x21...0x7E) + Array(0xC2...0xF4)
  /// Repetitions of one piece.
  private static let mostAttempts = 20

  func read(_ names: NameList, _ registry: Registry) throws -> Vocabulary {
    let revision = view.revision
    let words = FormList(merging: try forms())
    return Vocabulary(
      revision: revision, words: words, titles: TitleList(try titles()), registry: registry.fingerprint,
      nameWords: try nameWords(names, registry))
  }

  private func forms() throws -> FormCollector {
    var forms = FormCollector()
    let prefix = Array(Schema.exactPrefix.utf8)
    for head in Self.heads {
      let mark = forms.mark
      try steadily {
        forms.goBack(to: mark)
        view.forEachTerm(beginning: prefix + [head]) { term, count in
          forms.add(UnsafeBufferPointer(rebasing: term[prefix.count...]), count: count)
        }
      }
    }
    return forms
  }

  private func titles() throws -> [(key: [UInt8], article: [UInt8])] {
    var titles: [(key: [UInt8], article: [UInt8])] = []
    let prefix = ArticleEntry.keyPrefix
    for head in Self.heads where head < 0x80 {
      let count = titles.count
      try steadily {
        titles.removeSubrange(count...)
        view.forEachMetadata(beginning: prefix + [head]) { key, value in
          guard let title = ArticleEntry(encoded: value)?.title else { return }
          titles.append((PhraseKey.of(title, longest: StartList.longest), Array(key.dropFirst(prefix.count))))
        }
      }
    }
    return titles
  }

  /// The names that find something, with how many passages.
  func nameWords(_ names: NameList, _ registry: Registry) throws -> FormList {
    var forms = FormCollector()
    for (form, index) in names.plainWords {
      let actor = registry.actors[index]
      var count: UInt32 = 0
      try steadily { count = view.frequency(Term.entity(actor.kind == .place ? .place : .actor, actor.id)) }
      if count > 0 { form.withUnsafeBufferPointer { forms.add($0, count: count) } }
    }
    return FormList(merging: forms)
  }

  /// Runs a look-up that a commit may pull the ground from under, and repeats it on the newest revision if one did.
  private func steadily(_ body: () -> Void) throws {
    var attempts = 0
    while true {
      body()
      do {
        try view.check()
        return
      } catch {
        attempts += 1
        guard followsCommits, error.isRetriable, attempts < Self.mostAttempts else { throw error }
        try view.reopen()
      }
    }
  }
}

// A few passages as an index of their own, in memory: the same documents, columns and records, so that a search over it is a search over
// the whole index that sees only these.
import ArasAPI
import Tagging
import TextAnalysis
import Xapian

final class PassageSet {
  /// A passage that is found, as a number of its article and of the passage in it.
  struct Member: Sendable, Hashable {
    var article: Int
    var passage: Int
  }

  let view: DatabaseView
  let snapshot: Snapshot
  /// By document, from 1.
  let members: [Member]

  /// - Parameters:
  ///   - members: what can be found; passages of an article follow each other.
  ///   - withExclusions: whether the other passages of these articles are there, too, for exclusions, which leave out whole articles.
  ///   - whole: what of the whole index is to be known.
  init(
    _ members: [Member], of articles: [ArticleState], commit: WrittenCommit, whole: WholeIndex, withExclusions: Bool
  ) throws(XapianError) {
    self.members = members
    var columns = Columns()
    var documents: [Document] = []
    var numbers: [Int: UInt32] = [:]
    func add(_ member: Member) {
      let number = numbers[member.article] ?? UInt32(numbers.count)
      numbers[member.article] = number
      var own = articles[member.article].passages[member.passage].columns
      own.article = number
      columns.set(UInt32(documents.count), own)
    }
    for member in members {
      let passage = articles[member.article].passages[member.passage]
      var document = passage.document
      document.setData(passage.data)
      documents.append(document)
      add(member)
    }
    let shown = numbers.keys.sorted()
    if withExclusions {
      let found = Set(members)
      for article in shown {
        for passage in articles[article].passages.indices where !found.contains(Member(article: article, passage: passage)) {
          documents.append(Self.identity(articles[article], passage))
          add(Member(article: article, passage: passage))
        }
      }
    }
    let heads = shown.map { (key: ArticleRecord.key(articles[$0].record.id), value: articles[$0].record.encoded()) }
    let texts = Dictionary(shown.map { (articles[$0].record.id, articles[$0].text.text) }, uniquingKeysWith: { first, _ in first })
    view = DatabaseView(part: try Database(inMemory: documents, metadata: heads), of: whole) { texts[$0] }
    snapshot = Snapshot(
      revision: commit.revision, uuid: commit.uuid, columns: columns, dictionary: commit.dictionary, registry: commit.registry,
      analysis: commit.analysis, failures: [], fileCount: 0, postings: PostingCache(budget: 0), changes: ChangeLog(from: commit.revision),
      languages: commit.languages)
  }

  /// A passage by its ids alone: what exclusions by id are found by.
  private static func identity(_ article: ArticleState, _ passage: Int) -> Document {
    var document = Document()
    for id in [article.record.id, "\(article.record.id)#\(passage + 1)"] {
      document.addTerm(Term.value(Field.id.valuePrefix, id.utf8), wdf: 0)
    }
    return document
  }

  /// What a request finds here.
  struct Finds {
    var search: Search
    var found: Search.Found
    /// Of members, ascending.
    var documents: [UInt32]
  }

  /// - Parameter vocabularies: of the whole index; what is found here has no need of them.
  func find(_ request: SearchRequest, _ analyzer: Analyzer, _ vocabularies: VocabularyKeeper, today: Int) throws -> Finds {
    view.clear()
    let search = Search(
      request: request, snapshot: snapshot, view: view, analyzer: analyzer, vocabularies: vocabularies, today: today, deadline: .max)
    let found = try search.find()
    let documents = found.groups.documents.indices.filter { found.accepts($0) }.map { found.groups.documents[$0] }
    return Finds(search: search, found: found, documents: documents.filter { $0 <= members.count }.sorted())
  }
}

// What is to be written with the next commit, in its order.
import Xapian

struct PendingChanges {
  enum Change {
    case add(UInt32, Document)
    case replace(UInt32, Document)
    case edit(UInt32, [TermChange], columns: [UInt8])
    case delete(UInt32)

    /// Of a document that is there already; nil where it is not.
    fileprivate var changed: UInt32? {
      switch self {
      case .add: nil
      case .replace(let number, _), .edit(let number, _, _), .delete(let number): number
      }
    }
  }

  /// An empty value removes it.
  var metadata: [[UInt8]: [UInt8]] = [:]
  /// Passages of articles that have got or lost some, in their order.
  var documents: [String: [UInt32]] = [:]
  private var changes: [Change] = []
  private var edited = 0
  /// So many are written at once, for which others wait. Where tags alone change there are few terms to look up, and it gains nothing to
  /// look them up for many documents together.
  private static let most = 1000
  private static let mostEdited = 200
  private(set) var added = 0
  /// By article: documents that are in the database and are changed.
  private(set) var changed: [String: Set<UInt32>] = [:]
  private var firstAdded = UInt32.max

  var isEmpty: Bool { changes.isEmpty }
  var isFull: Bool { changes.count >= Self.most || edited >= Self.mostEdited }

  mutating func append(_ change: Change, ofArticle id: String) {
    changes.append(change)
    switch change {
    case .add(let number, _):
      added += 1
      firstAdded = min(firstAdded, number)
    case .edit: edited += 1
    case .replace, .delete: break
    }
    if let number = change.changed, number < firstAdded { changed[id, default: []].insert(number) }
  }

  func write(to database: inout WritableDatabase) throws(XapianError) {
    for change in changes {
      switch change {
      case .add(let number, let document):
        guard try database.add(document, placed: false) == number else {
          throw XapianError(kind: .invalidOperation, message: "the database has other documents than the writer of the index knows")
        }
      case .replace(let number, let document): try database.replace(number, with: document, placed: false)
      case .edit(let number, let terms, let columns):
        var digest = TermDigest(bytes: try database.value(document: number, slot: Schema.termsSlot))
        for term in terms {
          if let before = term.before { digest.remove(term.term, wdf: before) }
          if let now = term.now { digest.add(term.term, wdf: now) }
        }
        try database.edit(number, DocumentEdit(terms, columns: columns, digest))
      case .delete(let number): try database.delete(number)
      }
    }
    for (key, value) in metadata { try database.setMetadata(key, value) }
  }
}

extension Document {
  /// The document with what the columns hold of it.
  func with(columns: [UInt8], _ digest: TermDigest) -> Document {
    var document = self
    document.setValue(slot: Schema.columnsSlot, columns)
    document.setValue(slot: Schema.termsSlot, digest.bytes)
    return document
  }
}

extension DocumentEdit {
  fileprivate init(_ changes: [TermChange], columns: [UInt8], _ digest: TermDigest) {
    self.init()
    for change in changes {
      if change.before != nil { removeTerm(change.term) }
      if let wdf = change.now { addTerm(change.term, wdf: wdf) }
    }
    setValue(slot: Schema.columnsSlot, columns)
    setValue(slot: Schema.termsSlot, digest.bytes)
  }
}

extension TermDigest {
  var bytes: [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

  /// - Parameter bytes: that of no terms where there are none.
  init(bytes: [UInt8]) { self.init(value: bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }) }
}

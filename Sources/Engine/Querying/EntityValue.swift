// What a name of the registry stands for. The query `actor:x+` and the filter `actor: "x+"` both ask here.
import Tagging

enum EntityValue {
  /// The ids that a written value means: what the registry resolves, else the value itself, as an id that the index may have from an
  /// earlier registry; each once.
  /// - Parameter withChildren: a topic always includes its children.
  static func ids(_ text: String, in field: Field, _ registry: Registry, withChildren: Bool) -> [String] {
    let own = field == .topic ? registry.resolveTopic(text) : registry.resolveActor(text)
    var ids = own.isEmpty ? [text] : own
    if field == .topic {
      ids += ids.flatMap { registry.descendants(ofTopic: $0) }
    } else if withChildren {
      ids += ids.flatMap { registry.descendants(ofActor: $0) }
    }
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// The field that an id is indexed in: a place is one whether it was asked for as an actor or as a place.
  static func field(of id: String, askedFor field: Field, _ registry: Registry) -> Field {
    if field == .topic { return .topic }
    guard let kind = registry.actor(id)?.kind else { return field }
    return kind == .place ? .place : .actor
  }
}

extension QueryValue {
  /// The value of a field of the registry, with the marks behind it taken off: `azerbaijan+` with its children, `iran!` where it is
  /// salient.
  init(entity written: String, range: Range<Int> = 0..<0) {
    self.init(written, range: range)
    while text.utf8.count > 1, let last = text.utf8.last, last == UInt8(ascii: "+") || last == UInt8(ascii: "!") {
      if last == UInt8(ascii: "+") { withChildren = true } else { isSalient = true }
      text.removeLast()
    }
  }
}

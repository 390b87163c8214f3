// libxml2's HTML parser as a stream of events: no tree is built, so neither the depth nor the size of a page matters to memory or
// stack, and tag soup is repaired on the way.
import CLibXML2

/// Receives the events of a page.
protocol HTMLEvents: AnyObject {
  func start(_ name: String, _ attributes: [(name: String, value: String)])
  func end(_ name: String)
  func characters(_ bytes: UnsafeBufferPointer<UInt8>)
}

enum HTMLParser {
  enum Outcome {
    case done, tooDeep
    /// The parser could not be made.
    case refused
  }

  /// Elements nested deeper than this end the reading: the parser looks through all open elements for every end tag without a start.
  static let deepest = 2000

  /// Parses UTF-8 up to the first element that is nested too deep.
  static func parse(_ bytes: [UInt8], into events: any HTMLEvents) -> Outcome {
    guard bytes.count < Int(Int32.max) else { return .refused }
    return bytes.withUnsafeBytes { raw in
      guard let base = raw.bindMemory(to: CChar.self).baseAddress, let context = htmlCreateMemoryParserCtxt(base, Int32(raw.count)) else {
        return .refused
      }
      defer { htmlFreeParserCtxt(context) }
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
        | HTML_PARSE_IGNORE_ENC.rawValue
      _ = htmlCtxtUseOptions(context, Int32(bitPattern: options))
      _ = xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      let box = Box(events, context)
      var handler = xmlSAXHandler()
      handler.initialized = 1
      handler.startElement = { userData, name, attributes in
        guard let userData, let name else { return }
        let box = Unmanaged<Box>.fromOpaque(userData).takeUnretainedValue()
        box.depth += 1
        if box.depth > HTMLParser.deepest {
          box.isTooDeep = true
          xmlStopParser(box.context)
          return
        }
        box.events.start(String(cString: name), HTMLParser.list(attributes))
      }
      handler.endElement = { userData, name in
        guard let userData, let name else { return }
        let box = Unmanaged<Box>.fromOpaque(userData).takeUnretainedValue()
        box.depth -= 1
        if !box.isTooDeep { box.events.end(String(cString: name)) }
      }
      let characters: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<xmlChar>?, Int32) -> Void = { userData, text, count in
        guard let userData, let text, count > 0 else { return }
        Unmanaged<Box>.fromOpaque(userData).takeUnretainedValue().events.characters(UnsafeBufferPointer(start: text, count: Int(count)))
      }
      handler.characters = characters
      handler.ignorableWhitespace = characters
      handler.cdataBlock = characters
      context.pointee.sax.pointee = handler
      context.pointee.userData = Unmanaged.passUnretained(box).toOpaque()
      withExtendedLifetime(box) { _ = htmlParseDocument(context) }
      return box.isTooDeep ? .tooDeep : .done
    }
  }

  /// What the C callbacks reach the events through.
  private final class Box {
    let events: any HTMLEvents
    let context: htmlParserCtxtPtr
    var depth = 0
    var isTooDeep = false

    init(_ events: any HTMLEvents, _ context: htmlParserCtxtPtr) {
      self.events = events
      self.context = context
    }
  }

  private static func list(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> [(name: String, value: String)] {
    guard let attributes else { return [] }
    var list: [(name: String, value: String)] = []
    var i = 0
    while let name = attributes[i], list.count < 200 {
      list.append((String(cString: name), attributes[i + 1].map { String(cString: $0) } ?? ""))
      i += 2
    }
    return list
  }

  /// The page without its nesting: text and line breaks where block elements were, for pages that are nested too deep to be read.
  static func flattened(_ bytes: [UInt8]) -> [UInt8] {
    var out = Array("<html><body>".utf8)
    var i = 0
    while i < bytes.count {
      guard bytes[i] == 0x3C, i + 1 < bytes.count, bytes[i + 1] == 0x2F || bytes[i + 1] == 0x21 || Scalars.isLetter(UInt32(bytes[i + 1]))
      else {
        out.append(bytes[i])
        i += 1
        continue
      }
      guard let close = bytes[i...].firstIndex(of: 0x3E) else { break }
      let nameStart = bytes[i + 1] == 0x2F ? i + 2 : i + 1
      let name = String(
        decoding: bytes[nameStart..<close].prefix(20).prefix { Scalars.isLetter(UInt32($0)) || (0x30...0x39).contains($0) }, as: UTF8.self
      ).lowercased()
      if HTMLRegions.blocks.contains(name), out.last != 0x3E { out += Array("<br><br>".utf8) }
      i = close + 1
      guard name == "script" || name == "style", bytes[nameStart - 1] != 0x2F else { continue }
      // Nothing of a script is text: go on at its end tag.
      while i < bytes.count, !(bytes[i] == 0x3C && i + 1 < bytes.count && bytes[i + 1] == 0x2F) { i += 1 }
    }
    return out
  }
}

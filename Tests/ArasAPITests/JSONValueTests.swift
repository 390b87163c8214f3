import TestSupport
import Testing

@testable import ArasAPI

@Suite struct JSONValueTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", true), ("\n[ ]\t", JSONValue.array([])), ("{}", JSONValue.object([:])),
    ("-0", JSONValue.double(-0.0)),
    ("0", 0), ("-12", -12), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
    ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.5e3", 1500.0), ("1E-2", 0.01), ("10.0", 10.0),
    (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"), (#""\u0041\u00e9\uD83D\uDE00""#, "Aé😀"), (#""\ud83d""#, "\u{FFFD}"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\udc00x""#, "\u{FFFD}x"), (#""ایران Иран""#, "ایران Иран"),
    (#"{"b":1,"a":[1,{"c":null}]}"#, JSONValue.object(["b": 1, "a": [1, JSONValue.object(["c": nil])]])),
  ])
  func readsWhatRFC8259Allows(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", 0), ("  ", 2), ("nul", 0), ("tru ", 0), ("[1,]", 3), ("[1 2]", 3), ("[1", 2), ("{\"a\":1,}", 7), ("{a:1}", 1), ("{\"a\" 1}", 5),
    ("{\"a\":1", 6), ("01", 1), ("-", 1), ("1.", 2), (".5", 0), ("1e", 2), ("+1", 0), ("1e999", 0), ("NaN", 0), ("\"abc", 4),
    ("\"a\nb\"", 2), ("\"\\x\"", 2), ("\"\\u12\"", 5), ("'a'", 0), ("1 2", 2), ("// c\n1", 0), ("[", 1), ("\u{FEFF}1", 0),
  ])
  func refusesEverythingElseAtItsOffset(text: String, offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error?.offset == offset, "\(text): \(String(describing: error))")
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONError(message: "the string is not valid UTF-8", offset: 1)) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
  }

  @Test func limitsNesting() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try JSONValue(parsing: nested(64))
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65)) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[{\"a\":", count: 100_000)) }
  }

  @Test func takesTheLastOfRepeatedMembers() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"a":2}"#)["a"] == 2)
  }

  @Test func saysWhereMembersStand() throws {
    let text = Array(#" {"id" : 1, "result": {"a": [1.50, "x\/y"]} , "z":null}"#.utf8)
    let members = try text.withUnsafeBufferPointer { (bytes) throws(JSONError) in try JSONValue.members(parsing: bytes) }
    #expect(members.map { String(decoding: text[$0.span], as: UTF8.self) } == ["1", #"{"a": [1.50, "x\/y"]}"#, "null"])
  }

  @Test func escapesWhatMustBeWhereverItStands() {
    let plain = [" ", "!", "#", "[", "]", "\u{7F}", "\u{80}", "ی", "😀"]
    let escaped = [("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\0", #"\u0000"#), ("\u{1F}", #"\u001f"#)]
    for before in 0..<18 {
      for after in 0..<10 {
        let (left, right) = (String(repeating: "a", count: before), String(repeating: "~", count: after))
        for (text, written) in plain.map({ ($0, $0) }) + escaped {
          #expect(JSONValue.string(left + text + text + right).jsonText == "\"\(left)\(written)\(written)\(right)\"")
        }
      }
    }
  }

  @Test(arguments: [Int64.min, -10, -1, 0, 9, 10, .max])
  func writesWholeNumbers(value: Int64) {
    #expect(JSONValue.int(value).jsonText == "\(value)")
    #expect(UInt64.max.jsonText == "18446744073709551615")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func writesAndReadsRandomValuesAlike(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let value = randomValue(&random, depth: 0)
      let bytes = value.jsonBytes
      #expect(!bytes.contains(0x0A))
      #expect(try JSONValue(parsing: bytes) == value, "seed \(seed)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func neverCrashesOnDamagedBytes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      var bytes = randomValue(&random, depth: 0).jsonBytes
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        default: bytes.insert(Array("{}[],:\"\\u01e".utf8).randomElement(using: &random) ?? 0, at: at)
        }
      }
      do {
        let value = try JSONValue(parsing: bytes)
        #expect(try JSONValue(parsing: value.jsonBytes) == value, "seed \(seed)")
      } catch {
        let offset = error.offset
        #expect((0...bytes.count).contains(offset), "seed \(seed): \(error)")
      }
    }
  }

  private func randomValue(_ random: inout SeededRandom, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 8), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
    case 3: return .double(Double(bitPattern: random.next()).isFinite ? Double.random(in: -1e9...1e9, using: &random) + 0.123 : 0.5)
    case 4: return .string(randomString(&random))
    case 5, 6: return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in randomValue(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in JSONMember(randomString(&random), randomValue(&random, depth: depth + 1)) })
    }
  }

  private func randomString(_ random: inout SeededRandom) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      let top: UInt32 = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF].randomElement(using: &random) ?? 0x7F
      text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0...top, using: &random)) ?? "\"")
    }
    return text
  }
}

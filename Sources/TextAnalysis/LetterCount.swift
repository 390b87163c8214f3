// How often each letter and each script occurs in a text: what the script rules of language detection look at.

struct LetterCount {
  private(set) var total = 0
  /// The script of most letters.
  private(set) var script = Script.common
  /// Letters of that script.
  private var ofScript = 0
  private var scripts = [Int](repeating: 0, count: 16)
  /// Letters below U+0700, which is as far as the rules look.
  private var counts = [Int32](repeating: 0, count: 0x700)

  init(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    let tables = UnicodeTables.shared
    let bytes = TextBytes(base: base, count: text.count)
    var offset = 0
    var ascii = 0
    counts.withUnsafeMutableBufferPointer { counts in
      while offset < bytes.count {
        let byte = bytes[offset]
        if byte < 0x80 {
          offset += 1
          guard (byte | 0x20) &- 0x61 < 26 else { continue }
          counts[Int(byte)] += 1
          ascii += 1
          continue
        }
        let (scalar, length) = bytes.decode(offset)
        offset += length
        let properties = tables.properties(scalar)
        guard properties.kind == .letter || properties.kind == .ideograph else { continue }
        total += 1
        scripts[Int(properties.script.rawValue)] += 1
        if scalar < 0x700 { counts[Int(scalar)] += 1 }
      }
    }
    total += ascii
    scripts[Int(Script.latin.rawValue)] += ascii
    for (index, count) in scripts.enumerated() where count > ofScript {
      ofScript = count
      script = Script(rawValue: UInt32(index)) ?? .common
    }
  }

  func count(of scalars: [Int]) -> Int {
    scalars.reduce(0) { $0 + Int(counts[$1]) }
  }

  func count(of script: Script) -> Int { scripts[Int(script.rawValue)] }

  /// The share of the letters that are of the script of most.
  var share: Double { Double(ofScript) / Double(max(total, 1)) }

  /// The share, made less of in a short text.
  var confidence: Double { share * min(1, 0.5 + Double(total) / 80) }

  /// The language that alone, as far as articles go, is written in the script.
  var languageOfScript: Language? {
    let asian = count(of: .han) + count(of: .hiragana) + count(of: .katakana)
    if asian * 2 > total {
      return (count(of: .hiragana) + count(of: .katakana)) * 10 > asian ? .japanese : .chinese
    }
    return switch script {
    case .armenian: .armenian
    case .georgian: .georgian
    case .hebrew: .hebrew
    case .greek: .greek
    case .thai: .thai
    case .hangul: .korean
    case .tamil: Language(rawValue: "ta")
    case .hiragana, .katakana: .japanese
    default: nil
    }
  }
}

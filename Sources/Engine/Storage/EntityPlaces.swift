// Where the actors and places of a passage stand. They are few, and are written anew when the passage is tagged again.
//
// The bytes are: a seed, or 255 for keys that are whole hashes; how many there are; their keys, ascending; and for each, how many bytes its
// positions take and the positions, each as the distance from the one before. No bytes are no actors.

struct EntityPlaces {
  private let bytes: UnsafeBufferPointer<UInt8>

  fileprivate static let wide: UInt8 = 255

  /// - Parameter bytes: lent for as long as this is used.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  fileprivate static func width(_ seed: UInt8) -> Int { seed == wide ? 8 : 2 }

  func has(_ hash: UInt64) -> Bool { run(of: hash) != nil }

  /// Adds the positions of one, ascending.
  func append(_ hash: UInt64, to positions: inout [UInt32]) {
    guard var run = run(of: hash) else { return }
    var position: UInt32 = 0
    while !run.isAtEnd {
      position &+= UInt32(truncatingIfNeeded: run.number())
      if run.failed { return }
      positions.append(position)
    }
  }

  private func run(of hash: UInt64) -> ByteCursor? {
    guard let seed = bytes.first else { return nil }
    let width = Self.width(seed)
    var input = ByteCursor(bytes)
    input.skip(1)
    let count = input.number()
    let keys = input.at
    guard !input.failed, count > 0, count <= (bytes.count - keys) / width else { return nil }
    let wanted = PlaceKeys.key(hash, seed, width)
    for index in 0..<count where key(keys + index * width, width) == wanted {
      input.skip(count * width)
      for _ in 0..<index { input.skipData() }
      let range = input.range()
      return input.failed ? nil : ByteCursor(UnsafeBufferPointer(rebasing: bytes[range]))
    }
    return nil
  }

  private func key(_ at: Int, _ width: Int) -> UInt64 {
    (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
  }
}

extension EntityPlaces {
  /// The places of a passage's entities.
  static func encoded(_ entities: [TagTerms.Entity]) -> [UInt8] {
    var places: [(hash: UInt64, position: UInt32)] = []
    for entity in entities {
      let term = PlacedTerm(entity.term)
      for position in entity.positions { places.append((term.hash, position)) }
    }
    return encoded(places)
  }

  /// - Parameter places: the hash of a term, and where it stands, in any order.
  static func encoded(_ places: [(hash: UInt64, position: UInt32)]) -> [UInt8] {
    if places.isEmpty { return [] }
    let places = places.sorted { ($0.hash, $0.position) < ($1.hash, $1.position) }
    var runs: [Range<Int>] = []
    for (index, place) in places.enumerated() {
      if let last = runs.last, places[last.lowerBound].hash == place.hash {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    func areApart(_ seed: UInt8) -> Bool { PlaceKeys.areApart(runs.map { key(places[$0.lowerBound].hash, seed) }) }
    let seed = runs.count > 512 ? wide : (0..<wide).first(where: areApart) ?? wide
    runs.sort { key(places[$0.lowerBound].hash, seed) < key(places[$1.lowerBound].hash, seed) }
    var out = ByteWriter()
    out.byte(seed)
    out.number(runs.count)
    for run in runs {
      let key = key(places[run.lowerBound].hash, seed)
      for byte in 0..<width(seed) { out.byte(UInt8(truncatingIfNeeded: key >> UInt64(8 * byte))) }
    }
    for run in runs {
      var part = ByteWriter()
      var last: UInt32 = 0
      for place in places[run] where place.position != last || last == 0 {
        part.number(place.position - last)
        last = place.position
      }
      out.data(part.bytes)
    }
    return out.bytes
  }

  private static func key(_ hash: UInt64, _ seed: UInt8) -> UInt64 { PlaceKeys.key(hash, seed, width(seed)) }
}

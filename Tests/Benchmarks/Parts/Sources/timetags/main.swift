// timetags TEXTS ROUNDS TOPICS ACTORS...: what the tagger takes for the same texts by each registry of actors, processor time of the median
// round, in microseconds a passage. TEXTS has a passage a line, and an empty line behind each article. The registries take turns.
import Glibc
import Tagging
import TextAnalysis

func read(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else {
    print("\(path) cannot be read")
    exit(2)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
  return bytes
}

/// Nanoseconds of processor time of the process.
func time() -> UInt64 {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}

let arguments = CommandLine.arguments
guard arguments.count > 4, let rounds = Int(arguments[2]), rounds > 0 else {
  print("timetags TEXTS ROUNDS TOPICS ACTORS...")
  exit(64)
}
let analyzer = Analyzer()
let articles = read(arguments[1]).split(separator: 0x0A, omittingEmptySubsequences: false).split(whereSeparator: \.isEmpty).map { lines in
  lines.map { TaggingPassage(words: analyzer.analyze(Array($0), language: .english), text: Array($0), language: .english) }
}
let passages = articles.reduce(0) { $0 + $1.count }
let taggers = try arguments[4...].map { Tagger(registry: try Registry.load(actorFiles: [$0], topicFiles: [arguments[3]])) }
var times = [[UInt64]](repeating: [], count: taggers.count)
var mentions = [Int](repeating: 0, count: taggers.count)
for _ in 0..<rounds {
  for (number, tagger) in taggers.enumerated() {
    let began = time()
    for article in articles {
      mentions[number] += tagger.tag(title: nil, passages: article).passages.reduce(0) { $0 + $1.mentions.count }
    }
    times[number].append(time() - began)
  }
}
for (number, times) in times.enumerated() {
  print(Double(times.sorted()[rounds / 2]) / 1000 / Double(passages), Double(mentions[number]) / Double(rounds * passages))
}

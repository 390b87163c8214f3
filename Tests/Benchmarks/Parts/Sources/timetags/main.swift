// timetags TEXTS ROUNDS TOPICS ACTORS...: what the tagger takes for the same texts by each registry of actors, processor time of the median
// round, in microseconds a passage. TEXTS has a passage a line, and an empty line behind each article. The registries take turns.
import Glibc
import Measuring
import Tagging
import TextAnalysis

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

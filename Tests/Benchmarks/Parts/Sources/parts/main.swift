// parts ARTICLES ACTORS TOPICS [ROUNDS]: what the parts of indexing and of searching take, by themselves, on one core: processor time of the median
// round, and as a ratio to the analysis of a passage. ARTICLES is a file of JSON Lines. What cannot be called alone is the difference between
// two searches, of which one does without it.
import ArasAPI
import Articles
import Engine
import Glibc
import Measuring
import Tagging
import TextAnalysis

let arguments = CommandLine.arguments
guard arguments.count > 3, let rounds = arguments.count > 4 ? Int(arguments[4]) : 5, rounds > 0 else {
  print("parts ARTICLES ACTORS TOPICS [ROUNDS]")
  exit(64)
}

/// Microseconds of the median round.
func median(_ body: () async throws -> Void) async throws -> Double {
  var times: [UInt64] = []
  for _ in 0..<rounds {
    let began = time()
    try await body()
    times.append(time() - began)
  }
  return Double(times.sorted()[rounds / 2]) / 1000
}

var figures: [(part: String, unit: String, microseconds: Double)] = []

// MARK: Indexing

let bytes = read(arguments[1])
let registry = try Registry.load(actorFiles: [arguments[2]], topicFiles: [arguments[3]])
var articles: [Article] = []
let extracting = try await median {
  articles = []
  try ArticleExtractor().extract(bytes, path: "articles.jsonl", format: .jsonLines) { articles.append($0) }
}
let texts = articles.flatMap(\.passages)
let passages = Double(max(1, texts.count))
figures.append(("reading records, passages, labels, languages", "passage", extracting / passages))

let analyzer = Analyzer()
var words = 0
let analysing = try await median {
  for passage in texts { words += analyzer.analyze(passage.text, language: passage.language).words.count }
}
figures.append(("analysis", "passage", analysing / passages))

let inputs = articles.map { article in
  article.passages.map {
    TaggingPassage(words: analyzer.analyze($0.text, language: $0.language), text: $0.text, language: $0.language)
  }
}
let tagger = Tagger(registry: registry)
var mentions = 0
let tagging = try await median { for input in inputs { mentions += tagger.tag(title: nil, passages: input).passages.count } }
figures.append(("tagging", "passage", tagging / passages))

let folder = "/tmp/aras-parts-\(getpid())"
let index = try Index.open(path: folder, registry: registry, analysis: AnalysisOptions())
let preparer = index.makePreparer()
var prepared: [PreparedArticle] = []
let preparing = try await median {
  prepared = articles.map { preparer.prepare($0, path: "articles.jsonl", origin: Origin(name: "parts")) }
}
figures.append(("preparing: analysis, tagging, laying out", "passage", preparing / passages))

let began = time()
try await index.beginFile(path: "articles.jsonl", source: "parts")
try await index.add(prepared, toFile: "articles.jsonl")
try await index.endFile(path: "articles.jsonl", fingerprint: FileFingerprint(size: 1, modified: 1, hash: 1), failure: nil)
try await index.commit()
figures.append(("building the index", "passage", Double(time() - began) / 1000 / passages))

// MARK: Searching

/// Frequent words of the texts, by how many of the first passages have them.
var frequencies: [String: Int] = [:]
for passage in texts.prefix(2000) {
  let stream = analyzer.analyze(passage.text, language: passage.language)
  for word in Set(stream.words.indices.map { String(decoding: stream.exact($0), as: UTF8.self) }) where word.count > 4 {
    frequencies[word, default: 0] += 1
  }
}
let frequent = frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(60).map(\.key)
let queries = stride(from: 0, to: frequent.count - 1, by: 2).map { "\(frequent[$0]) \(frequent[$0 + 1])" }

func request(_ query: String, _ change: (inout SearchRequest) -> Void) -> SearchRequest {
  var request = SearchRequest(q: query)
  request.group = .passage
  request.match = .any
  request.facets = []
  change(&request)
  return request
}

/// Microseconds a query, once everything is in memory.
func searching(_ change: (inout SearchRequest) -> Void) async throws -> Double {
  let requests = queries.map { request($0, change) }
  for request in requests { _ = try await index.search(request) }
  return try await median { for request in requests { _ = try await index.search(request) } } / Double(requests.count)
}

let firstTime = time()
var matches = 0
for query in queries { matches += try await index.search(request(query) { $0.limit = 1 }).total.passages }
let decoding = Double(time() - firstTime) / 1000
let one = try await searching { $0.limit = 1 }
let thousands = Double(max(1, matches)) / 1000
figures.append(("first reading of posting lists", "1,000 matches", max(0, decoding - one * Double(queries.count)) / thousands))
figures.append(("a query of two frequent words, one hit", "query", one))
let ten = try await searching { $0.limit = 10 }
figures.append(("hits with snippets", "hit", (ten - one) / 9))
let faceted = try await searching { request in
  request.limit = 1
  request.facets = [FacetSpec(.actor), FacetSpec(.topic)]
}
figures.append(("two facets", "1,000 matches", (faceted - one) * Double(queries.count) / thousands))

var results: [SearchResult] = []
for query in queries { results.append(try await index.search(request(query) { $0.limit = 10 })) }
var written: [[UInt8]] = []
let writing = try await median {
  written = results.map { result in
    var writer = JSONWriter()
    result.write(to: &writer)
    return writer.bytes
  }
}
let kilobytes = Double(written.reduce(0) { $0 + $1.count }) / 1000
figures.append(("JSON, written", "kB", writing / kilobytes))
let reading = try await median { for bytes in written { _ = try JSONValue(parsing: bytes) } }
figures.append(("JSON, read", "kB", reading / kilobytes))
await index.close()

let unit = analysing / passages
print("\(texts.count) passages, \(words / rounds) words, \(matches / max(1, queries.count)) matches a query; \(rounds) rounds\n")
print("| part | of a | µs | to the analysis of a passage |\n|---|---|---|---|")
for (part, of, microseconds) in figures {
  let (rounded, ratio) = (Double(Int(microseconds * 10)) / 10, Double(Int(microseconds / unit * 100)) / 100)
  print("| \(part) | \(of) | \(rounded) | \(ratio) |")
}

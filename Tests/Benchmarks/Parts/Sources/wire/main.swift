// wire INDEX ACTORS TOPICS SOCKET PID REQUESTS [ROUNDS]: what the socket and its protocol add to a search. REQUESTS is a file of lines as they are
// sent; each is asked of the index in the folder INDEX within this process, by the call that the socket's method makes, and of the daemon PID
// at SOCKET, which has the same index in a folder of its own. Passes over all requests take turns. Processor time is that of
// everybody at work: here of this process, there of this one and the daemon.
import Engine
import Glibc
import Measuring
import Tagging
import TextAnalysis

let arguments = CommandLine.arguments
guard arguments.count > 6, let daemon = pid_t(arguments[5]), let rounds = arguments.count > 7 ? Int(arguments[7]) : 10, rounds > 0 else {
  fail("INDEX ACTORS TOPICS SOCKET PID REQUESTS [ROUNDS]")
}
let registry = try Registry.load(actorFiles: [arguments[2]], topicFiles: [arguments[3]])
let index = try Index.open(path: arguments[1], registry: registry, analysis: AnalysisOptions())
let questions = try read(arguments[6]).split(separator: UInt8(ascii: "\n")).map { try Question($0) }

// Off the main thread, where tasks run as they do in any program.
let (inProcess, bySocket) = try await Task.detached { [socket = arguments[4]] in
  var comparison = Comparison(index, questions, daemon: daemon, socket: socket)
  try await comparison.check()
  try await comparison.run(rounds: rounds)
  return (comparison.inProcess, comparison.bySocket)
}.value
await index.close()

func row(_ name: String, _ figure: (Times) -> Double) {
  let (one, other) = (figure(inProcess), figure(bySocket))
  print("| \(name) | \(Int(one.rounded())) | \(Int(other.rounded())) | \(Int((other - one).rounded())) |")
}
print("\(questions.count) queries, \(rounds) rounds\n")
print("| µs a query | in process | over the socket | difference |\n|---|---|---|---|")
row("mean", \.mean)
row("mean of each query's fastest") { $0.fastest(of: questions.count) }
row("p50") { $0.percentile(0.5) }
row("p99") { $0.percentile(0.99) }
row("processor time", \.processor)
row("of that, the daemon's", \.ofDaemon)

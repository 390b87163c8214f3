// The trained layers of a registry: the files of one folder, each named for its topic. A topic that is in no file of topics is made by
// the label of its trained layer.

import FoundationEssentials
import TextAnalysis

extension RegistryReader {
  /// Reads the trained topics of a folder, which need not be there.
  mutating func readTrained(folder: String, signature: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    let suffix = "." + TrainedTopicFile.fileExtension
    for name in names.sorted() where name.hasSuffix(suffix) && name.utf8.first != 0x2E {
      readTrained(folder + "/" + name, id: String(name.dropLast(suffix.count)), signature)
    }
  }

  private mutating func readTrained(_ path: String, id: String, _ signature: String) {
    file = path
    contents.files.append(path)
    guard Self.isSlug(id) else {
      return note(0, "", "must be named for a topic: a slug of lower-case letters, digits and hyphens, such as my-topic.tsv")
    }
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      return note(0, "", "cannot be read; check registry.trained in the configuration and the file's permissions")
    }
    contents.hash.add(Array(id.utf8))
    contents.hash.add(data)
    do {
      let topic = try TrainedTopicFile.read(Array(data), id: id, signature: signature)
      contents.trained.append(Located(entry: topic, file: path, line: 1))
    } catch {
      note(error.line, error.key, error.message)
    }
  }

  /// Ties the layers to their topics after these are settled, and makes those that are in no file.
  mutating func settleTrained() {
    var ids = Set(contents.topics.map(\.entry.id))
    var settled: [Located<TrainedTopic>] = []
    var taken: Set<String> = []
    // A topic's own layer goes before that of one merged into it.
    for var layer in contents.trained.filter({ topics.renamed[$0.entry.id] == nil })
      + contents.trained.filter({ topics.renamed[$0.entry.id] != nil })
    {
      let id = topics.renamed[layer.entry.id] ?? layer.entry.id
      if topics.dropped[id] != nil, !ids.contains(id) { continue }
      guard taken.insert(id).inserted else { continue }
      if !ids.contains(id) {
        guard let label = layer.entry.label else {
          file = layer.file
          note(
            0, "label", "“\(id)” is the id of no topic in the files of registry.topics; add a line `label` with a name, or remove this file"
          )
          continue
        }
        let parent = layer.entry.parent.flatMap { topics.current($0, asParent: true) ?? $0 }
        contents.topics.append(
          Located(entry: TopicEntry(id: id, label: label, parent: parent), file: layer.file, line: layer.line))
        ids.insert(id)
      }
      layer.entry.id = id
      settled.append(layer)
    }
    contents.trained = settled
  }
}

// How much memory there is for this process: the machine's, or what its control groups leave of that.
import Glibc

enum MachineMemory {
  /// Bytes; nil where nothing says.
  static let bytes: Int? = {
    let groups = limits(ofGroups: contents("/proc/self/cgroup") ?? "", below: "/sys/fs/cgroup")
    return ([ofMachine].compactMap(\.self) + groups).min()
  }()

  private static var ofMachine: Int? {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
    return pages > 0 && size > 0 && !overflow ? bytes : nil
  }

  /// The limits of the control groups that a process is in and of those around them.
  /// - Parameters:
  ///   - groups: what `/proc/self/cgroup` says, a line a hierarchy: number, controllers, path. The second version has the number 0.
  ///   - folder: where they are shown; the first version's memory controller in `memory` there.
  static func limits(ofGroups groups: String, below folder: String) -> [Int] {
    var limits: [Int] = []
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let (root, name): (String, String)
      if parts[0] == "0" {
        (root, name) = (folder, "memory.max")
      } else if parts[1].split(separator: ",").contains("memory") {
        (root, name) = (folder + "/memory", "memory.limit_in_bytes")
      } else {
        continue
      }
      // A container may see the path that its host knows, of which its own folder has nothing: then the root's limit is the one.
      var path = parts[2].split(separator: "/")
      while true {
        let text = contents(([root] + path.map(String.init) + [name]).joined(separator: "/"))
        // Without a limit it says "max", or nearly as much as the machine can count.
        if let text, let limit = Int(text.prefix { $0 != "\n" }), limit > 0 { limits.append(limit) }
        if path.isEmpty { break }
        path.removeLast()
      }
    }
    return limits
  }

  private static func contents(_ path: String) -> String? { SmallFile.contents(path).map { String(decoding: $0, as: UTF8.self) } }
}

// Folders that live on another machine: there the system tells nobody of changes made elsewhere.
import Glibc

private let remoteKinds: Set<String> = [
  "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "virtiofs",
]

/// Why a folder must be polled, when its file system is one that other machines change too.
func remoteFileSystem(holding path: [UInt8]) -> String? {
  guard case .success(let resolved) = resolvedPath(path), let table = readSmallFile("/proc/self/mountinfo") else { return nil }
  var best: (length: Int, kind: String)?
  for line in table.split(separator: UInt8(ascii: "\n")) {
    let fields = line.split(separator: UInt8(ascii: " "))
    guard fields.count > 6, let dash = fields.firstIndex(where: { $0.elementsEqual([UInt8(ascii: "-")]) }), dash + 1 < fields.count
    else { continue }
    let point = Array(fields[4])
    let holds = point == [UInt8(ascii: "/")] || resolved == point || resolved.starts(with: point + [UInt8(ascii: "/")])
    if holds, point.count >= (best?.length ?? 0) { best = (point.count, String(decoding: fields[dash + 1], as: UTF8.self)) }
  }
  guard let best, remoteKinds.contains(best.kind) else { return nil }
  return "changes made elsewhere on a \(best.kind) file system are not told to this machine"
}

private func readSmallFile(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  if descriptor < 0 { return nil }
  defer { close(descriptor) }
  var content: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 16 << 10)
  while content.count < 4 << 20 {
    let count = read(descriptor, &chunk, chunk.count)
    if count <= 0 { break }
    content += chunk[..<count]
  }
  return content
}

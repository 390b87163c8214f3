import Foundation
import Testing

@testable import Server

@Suite final class SocketFileTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("asf-\(UUID().uuidString.prefix(8))").path

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test(arguments: [0o660, 0o600, 0o666] as [UInt32])
  func `the socket has its mode and its folder is private`(mode: UInt32) throws {
    let file = try SocketFile.bind(folder + "/a/b/s", mode: mode)
    defer { close(file.descriptor) }
    var information = stat()
    #expect(lstat(folder + "/a/b/s", &information) == 0)
    #expect(information.st_mode & 0o777 == mode)
    #expect(stat(folder + "/a", &information) == 0)
    #expect(information.st_mode & 0o777 == 0o700)
    file.remove()
    #expect(!FileManager.default.fileExists(atPath: folder + "/a/b/s"))
  }

  @Test func `the file of a daemon that is gone is replaced`() throws {
    let old = try SocketFile.bind(folder + "/s", mode: 0o600)
    close(old.descriptor)
    let new = try SocketFile.bind(folder + "/s", mode: 0o600)
    defer { close(new.descriptor) }
    #expect(FileManager.default.fileExists(atPath: folder + "/s"))
  }

  @Test func `a file is removed once, so that another daemon's in its place stays`() throws {
    let old = try SocketFile.bind(folder + "/s", mode: 0o600)
    old.remove()
    close(old.descriptor)
    let new = try SocketFile.bind(folder + "/s", mode: 0o600)
    defer { close(new.descriptor) }
    old.remove()
    #expect(FileManager.default.fileExists(atPath: folder + "/s"))
  }

  @Test func `a daemon that answers is left alone`() throws {
    let first = try SocketFile.bind(folder + "/s", mode: 0o600)
    defer { close(first.descriptor) }
    #expect(listen(first.descriptor, 8) == 0)
    let error = #expect(throws: SocketError.self) { try SocketFile.bind(folder + "/s", mode: 0o600) }
    #expect(error?.isTaken == true)
    #expect(FileManager.default.fileExists(atPath: folder + "/s"))
  }

  @Test func `a file that is not a socket is left alone`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder + "/s"))
    let error = #expect(throws: SocketError.self) { try SocketFile.bind(folder + "/s", mode: 0o600) }
    #expect(error?.isTaken == false)
    #expect(FileManager.default.contents(atPath: folder + "/s") == Data("text".utf8))
  }

  @Test func `a path that the system cannot hold is an error`() {
    #expect(throws: SocketError.self) { try SocketFile.bind(folder + "/" + String(repeating: "x", count: 120), mode: 0o600) }
  }
}

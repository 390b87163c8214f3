import Testing
import Yams

@testable import Settings

@Suite struct SettingValueTests {
  @Test(arguments: [
    ("0", 0), ("65536", 65536), ("512 KiB", 524_288), ("64MiB", 67_108_864), ("1 mb", 1_000_000), ("2G", 2_147_483_648),
  ])
  func `sizes are read with and without a unit`(text: String, bytes: Int) {
    #expect(ByteSize(node: Node(text))?.bytes == bytes)
  }

  @Test(arguments: ["", "-1", "x", "1 XiB", "1.5 MiB", "99999999999999 GiB", "999999999999999999999"])
  func `what is not a size is refused`(text: String) {
    #expect(ByteSize(node: Node(text)) == nil)
  }

  @Test(arguments: [("auto", nil), ("0", 0), ("1 GiB", 1 << 30)] as [(String, Int?)])
  func `a size may be left to the program`(text: String, bytes: Int?) throws {
    #expect(try #require(SizeOrAuto(node: Node(text))).size?.bytes == bytes)
  }

  @Test(arguments: ["", "Auto", "-1", "auto 5", "x"])
  func `what is neither a size nor auto is refused`(text: String) {
    #expect(SizeOrAuto(node: Node(text)) == nil)
  }

  @Test(arguments: [("250", 250), ("250ms", 250), ("5s", 5_000), ("2 m", 120_000), ("1h", 3_600_000)])
  func `times are read with and without a unit`(text: String, milliseconds: Int) {
    #expect(TimeSpan(node: Node(text))?.milliseconds == milliseconds)
  }

  @Test(arguments: [("0660", 0o660), ("660", 0o660), ("0o600", 0o600), ("0", 0)] as [(String, UInt32)])
  func `permissions are octal`(text: String, bits: UInt32) {
    #expect(FileMode(node: Node(text))?.bits == bits)
  }

  @Test(arguments: ["888", "1777", "rw", "", "-1"])
  func `what is not a permission is refused`(text: String) {
    #expect(FileMode(node: Node(text)) == nil)
  }

  @Test(arguments: [
    ("127.0.0.1:7700", "127.0.0.1", 7700), ("[::1]:80", "::1", 80), ("localhost:0", "localhost", 0), ("0.0.0.0:65535", "0.0.0.0", 65535),
  ])
  func `an address has a host and a port`(text: String, host: String, port: Int) {
    #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
    #expect(ListenAddress(text)?.description == text)
  }

  @Test(arguments: ["", "7700", ":7700", "a:b", "a:70000", "::1:80", "http://a:80", "a b:1"])
  func `what is not an address is refused`(text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(arguments: [
    ("/a/b", "/a/b"), ("b", "/base/b"), ("./b/../c", "/base/c"), ("~/b", "/home/b"), ("~", "/home"), ("/..", "/"), ("~x", "/base/~x"),
  ])
  func `paths are made absolute`(path: String, expected: String) {
    #expect(Paths.absolute(path, base: "/base", home: "/home") == expected)
  }
}

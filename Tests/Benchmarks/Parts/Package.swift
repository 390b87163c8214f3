// swift-tools-version: 6.1
// Parts of the project by themselves, out of its sources (links in Sources), so that what they take is measured and nothing else.
import PackageDescription

let package = Package(
  name: "Parts",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.0")],
  targets: [
    .target(name: "CXapian", linkerSettings: [.linkedLibrary("xapian")]),
    .target(name: "CCLD2", linkerSettings: [.linkedLibrary("cld2")]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
    .target(name: "Xapian", dependencies: ["CXapian"]),
    .target(name: "ArasAPI"),
    .target(name: "TextAnalysis", dependencies: ["Xapian", "CCLD2"], exclude: ["Tables/generate.py"]),
    .target(name: "Articles", dependencies: ["TextAnalysis", "CLibXML2"]),
    .target(name: "Tagging", dependencies: ["TextAnalysis", "Yams"]),
    .target(name: "Engine", dependencies: ["Xapian", "TextAnalysis", "Tagging", "Articles", "ArasAPI"]),
    .target(name: "Measuring"),
    .executableTarget(name: "timetags", dependencies: ["Measuring", "Tagging"]),
    .executableTarget(name: "parts", dependencies: ["Measuring", "Engine"]),
    .executableTarget(name: "wire", dependencies: ["Measuring", "Engine"]),
  ],
  cxxLanguageStandard: .cxx17)

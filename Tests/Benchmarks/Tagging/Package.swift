// swift-tools-version: 6.1
// The tagger alone, out of the sources of the project (links in Sources), so that what it takes is measured and nothing else.
import PackageDescription

let package = Package(
  name: "Measure",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.0")],
  targets: [
    .target(name: "CXapian", linkerSettings: [.linkedLibrary("xapian")]),
    .target(name: "CCLD2", linkerSettings: [.linkedLibrary("cld2")]),
    .target(name: "Xapian", dependencies: ["CXapian"]),
    .target(name: "TextAnalysis", dependencies: ["Xapian", "CCLD2"], exclude: ["Tables/generate.py"]),
    .target(name: "Tagging", dependencies: ["TextAnalysis", "Yams"]),
    .executableTarget(name: "measure", dependencies: ["Tagging"]),
  ],
  cxxLanguageStandard: .cxx17)

// swift-tools-version: 6.1
// Aras: a full-text search engine daemon over libxapian. The floors that the targets stand on are described in README.md
// ("Source tour") and enforced by Tests/RepositoryTests.
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "Aras",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "arasd", targets: ["arasd"]),
    .executable(name: "aras", targets: ["aras"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Floor 0: C and C++.
    .target(name: "CXapian", linkerSettings: [.linkedLibrary("xapian")]),
    .target(name: "CCLD2", linkerSettings: [.linkedLibrary("cld2")]),
    .target(name: "CEpoll"),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    // Floor 1: one thing each, no policy.
    .target(name: "Xapian", dependencies: ["CXapian"], swiftSettings: strict),
    .target(name: "FileWatch", swiftSettings: strict),
    .target(name: "ArasAPI", swiftSettings: strict),
    .target(name: "Settings", dependencies: ["Yams"], swiftSettings: strict),

    // Floors 2 and 3: from bytes to a tagged article.
    .target(name: "TextAnalysis", dependencies: ["Xapian", "CCLD2"], exclude: ["Tables/generate.py"], swiftSettings: strict),
    .target(name: "Articles", dependencies: ["TextAnalysis", "CLibXML2"], swiftSettings: strict),
    .target(name: "Tagging", dependencies: ["TextAnalysis", "Yams"], swiftSettings: strict),

    // Floors 4 and 5: the index, and keeping it in step with the files.
    .target(
      name: "Engine",
      dependencies: [
        "Xapian", "TextAnalysis", "Tagging", "Articles", "ArasAPI",
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: strict),
    .target(
      name: "Ingest",
      dependencies: [
        "Engine", "FileWatch", "Articles", "Tagging", "Settings",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),

    // Floor 6: the two sides of the socket.
    .target(
      name: "Server",
      dependencies: [
        "Engine", "Ingest", "FileWatch", "Tagging", "ArasAPI", "Settings", "CEpoll",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .target(name: "Client", dependencies: ["ArasAPI"], swiftSettings: strict),

    // Floor 7: thin executables.
    .executableTarget(
      name: "arasd",
      dependencies: ["Server", "Settings", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .executableTarget(
      name: "aras",
      dependencies: ["Client", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),

    // Tests: a target for each of ours, one that looks at the repository and one that runs the built programs.
    .target(name: "TestSupport", dependencies: ["FileWatch"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "XapianTests", dependencies: ["Xapian", "CXapian", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "FileWatchTests", dependencies: ["FileWatch", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ArasAPITests", dependencies: ["ArasAPI", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "SettingsTests", dependencies: ["Settings", "Yams"], swiftSettings: strict),
    .testTarget(name: "TextAnalysisTests", dependencies: ["TextAnalysis", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ArticlesTests", dependencies: ["Articles", "TextAnalysis", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "TaggingTests", dependencies: ["Tagging", "TextAnalysis"], swiftSettings: strict),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "ArasAPI", "Articles", "Tagging", "TextAnalysis", "Xapian", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "IngestTests",
      dependencies: ["Ingest", "FileWatch", "Articles", "TestSupport", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Server", "Engine", "ArasAPI", "Settings", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .testTarget(name: "ClientTests", dependencies: ["Client", "ArasAPI", "aras", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "RepositoryTests", swiftSettings: strict),
    .testTarget(name: "EndToEndTests", dependencies: ["arasd", "aras", "Client", "ArasAPI", "TestSupport"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)

// The sanitizers run over the shim and its tests alone: without this everything else would be built for each of them, too.
if Context.environment["ARAS_SHIM_ONLY"] != nil {
  package.products = []
  package.dependencies = []
  package.targets.removeAll { !["CXapian", "Xapian", "FileWatch", "TestSupport", "XapianTests"].contains($0.name) }
}

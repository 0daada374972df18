// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Programs that a fuzzer drives, which link only with its library: there under `KAMAELIA_FUZZ=1`.
let fuzzers: [Target] =
  Context.environment["KAMAELIA_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "fuzz", dependencies: ["FormatChecks"], path: "Tests/Fuzz", exclude: ["run"], swiftSettings: settings)
  ]

/// A library target and, beside it, the tests that mirror it.
///
/// Whatever a target imports is among its dependencies, also what others bring along: else it is not built again when that changes.
func module(
  _ name: String, _ dependencies: [Target.Dependency], tests: [Target.Dependency], data: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies + tests, path: "Tests/\(name)",
      exclude: data, swiftSettings: settings),
  ]
}

let package = Package(
  name: "kamaelia",
  products: [
    .executable(name: "kamaelia", targets: ["kamaelia"]),
    .library(name: "Kamaelia", targets: ["Kamaelia"]),
    .library(name: "KamaeliaCommands", targets: ["KamaeliaCommands"]),
    .library(name: "KamaeliaComponents", targets: ["KamaeliaComponents"]),
    .library(name: "KamaeliaTesting", targets: ["KamaeliaTesting"]),
  ],
  targets: [
    .target(name: "CSystem", path: "Sources/CSystem"),
    .target(name: "Fixtures", path: "Tests/Fixtures", swiftSettings: settings),
    .target(
      name: "FormatChecks", dependencies: ["KamaeliaFormats"], path: "Tests/FormatChecks", swiftSettings: settings),
    .executableTarget(
      name: "process-probe", dependencies: ["KamaeliaIO"], path: "Tests/Probe", swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: ["Kamaelia", "KGraph", "KamaeliaRuntime", "KamaeliaLanguageServer", "KamaeliaIO"],
      path: "Tests/Benchmarks", exclude: ["Network", "Web", "Peers", "compare"], swiftSettings: settings),
    .executableTarget(
      name: "kamaelia", dependencies: ["KamaeliaCommands", "KamaeliaComponents"], path: "Sources/kamaelia",
      swiftSettings: settings),
  ]
    + module("Kamaelia", ["KamaeliaIO"], tests: [])
    + module("KGraph", ["Kamaelia"], tests: ["Fixtures"], data: ["Grammar/Editors/TreeSitter"])
    + module(
      "KamaeliaRuntime", ["Kamaelia", "KGraph", "KamaeliaIO"], tests: ["KamaeliaTesting", "benchmarks", "Fixtures"])
    + module("KamaeliaIO", ["CSystem"], tests: ["process-probe", "Fixtures"])
    + module("KamaeliaFormats", [], tests: ["FormatChecks"], data: ["Corpus"])
    + module(
      "KamaeliaComponents", ["Kamaelia", "KamaeliaIO", "KamaeliaFormats"],
      tests: ["KGraph", "KamaeliaRuntime", "KamaeliaTesting", "FormatChecks", "Fixtures"])
    + module(
      "KamaeliaLanguageServer", ["Kamaelia", "KGraph", "KamaeliaRuntime"],
      tests: ["kamaelia", "KamaeliaComponents", "Fixtures"], data: ["Sessions", "Neovim"])
    + module(
      "KamaeliaCommands", ["Kamaelia", "KGraph", "KamaeliaRuntime", "KamaeliaIO", "KamaeliaLanguageServer"],
      tests: ["KamaeliaComponents", "Fixtures"])
    + fuzzers
    + [
      .target(
        name: "KamaeliaTesting", dependencies: ["Kamaelia", "KGraph", "KamaeliaRuntime"],
        path: "Sources/KamaeliaTesting",
        swiftSettings: settings),
      .testTarget(name: "ArchitectureTests", path: "Tests/Architecture", swiftSettings: settings),
      .testTarget(
        name: "GraphsTests",
        dependencies: [
          "kamaelia", "process-probe", "Kamaelia", "KGraph", "KamaeliaRuntime", "KamaeliaCommands",
          "KamaeliaComponents",
          "KamaeliaIO",
          "Fixtures",
        ],
        path: "Tests/Graphs", exclude: ["Snapshots", "Mistakes", "Network/browser.py", "Network/Clients"],
        swiftSettings: settings),
    ]
)

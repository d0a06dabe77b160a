// swift-tools-version: 6.2
import PackageDescription

// The fuzz targets of the program under libFuzzer, which looks for inputs that reach new code; how to run them stands in
// Tests/README.md. A package of its own, because every room is built with coverage for it; the rooms and the targets are
// the sources of the program.
let package = Package(
  name: "Fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
  ],
  targets: [
    .systemLibrary(name: "CBLAS", path: "Rooms/CBLAS"),
    .systemLibrary(name: "CCrypto", path: "Rooms/CCrypto"),
    .target(name: "Model", dependencies: ["CCrypto"], path: "Rooms/Model"),
    .target(name: "Formats", dependencies: ["Model"], path: "Rooms/Formats"),
    .target(name: "Review", dependencies: ["Model"], path: "Rooms/Review"),
    .target(
      name: "Analysis", dependencies: ["Model", "CBLAS"], path: "Rooms/Analysis",
      resources: [.embedInCode("Fusion/fusion-weights.json")]),
    .target(name: "Screen", path: "Rooms/Screen"),
    .target(
      name: "Workbench",
      dependencies: [
        "Model", "Analysis", "Review", "Screen",
        .product(name: "BitCollections", package: "swift-collections"),
      ], path: "Rooms/Workbench"),

    .target(
      name: "CaseFiles", dependencies: ["Model", "Formats", "Analysis", "Review"], path: "Rooms/CaseFiles"),
    .target(
      name: "FuzzTargets",
      dependencies: ["Model", "Formats", "Analysis", "Review", "CaseFiles", "Screen", "Workbench"],
      path: "Targets"),
    .executableTarget(name: "LibFuzzer", dependencies: ["FuzzTargets"], path: "LibFuzzer"),
  ],
  swiftLanguageModes: [.v6]
)

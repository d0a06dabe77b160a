// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets for everything that reads bytes from outside; how to run them stands in Tests/README.md. A package of
// its own, because every room is built with coverage for it; the rooms are the sources of the program.
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "Fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CBLAS", path: "Rooms/CBLAS"),
    .target(name: "Model", path: "Rooms/Model"),
    .target(name: "Formats", dependencies: ["Model", crypto], path: "Rooms/Formats"),
    .target(name: "Review", dependencies: ["Model", crypto], path: "Rooms/Review"),
    .target(name: "Analysis", dependencies: ["Model", "CBLAS"], path: "Rooms/Analysis"),
    .target(name: "Screen", path: "Rooms/Screen"),
    .target(
      name: "Workbench",
      dependencies: [
        "Model", "Analysis", "Review", "Screen",
        .product(name: "BitCollections", package: "swift-collections"),
      ], path: "Rooms/Workbench"),

    .target(
      name: "CaseFiles", dependencies: ["Model", "Formats", "Analysis", "Review"], path: "Rooms/CaseFiles"),
    .target(name: "Support", dependencies: ["Analysis", "Model", "Workbench"], path: "Support"),

    .executableTarget(name: "FuzzCSV", dependencies: ["Formats", "Model"], path: "Targets/CSV"),
    .executableTarget(name: "FuzzDataset", dependencies: ["Formats", "Model"], path: "Targets/Dataset"),
    .executableTarget(name: "FuzzJSONLines", dependencies: ["Formats", "Model"], path: "Targets/JSONLines"),
    .executableTarget(name: "FuzzNPY", dependencies: ["Formats", "Model"], path: "Targets/NPY"),
    .executableTarget(name: "FuzzJournal", dependencies: ["Review", "Model"], path: "Targets/Journal"),
    .executableTarget(name: "FuzzKeys", dependencies: ["Screen"], path: "Targets/Keys"),
    .executableTarget(name: "FuzzFilter", dependencies: ["Workbench", "Support"], path: "Targets/Filter"),
    .executableTarget(
      name: "FuzzKeyScript", dependencies: ["Workbench", "Screen"], path: "Targets/KeyScript"),
    .executableTarget(
      name: "FuzzTruth", dependencies: ["CaseFiles", "Formats", "Model"], path: "Targets/Truth"),
    .executableTarget(name: "FuzzWeights", dependencies: ["Analysis"], path: "Targets/Weights"),
    .executableTarget(
      name: "FuzzViews", dependencies: ["Workbench", "Review", "Screen", "Support"], path: "Targets/Views"),
    .executableTarget(name: "FuzzRecords", dependencies: ["Formats", "Model"], path: "Targets/Records"),
    .executableTarget(
      name: "FuzzDisplay", dependencies: ["Model", "Screen", "Support"], path: "Targets/Display"),
    .executableTarget(
      name: "FuzzCommandLine", dependencies: ["Workbench", "Model", "Review", "Screen", "Support"],
      path: "Targets/CommandLine"),
    .executableTarget(name: "FuzzCSVText", dependencies: ["CaseFiles", "Formats"], path: "Targets/CSVText"),
    .executableTarget(
      name: "FuzzCase", dependencies: ["CaseFiles", "Formats", "Model", "Support"], path: "Targets/Case"),
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// The arrows of Sources/README.md: a room imports only what stands in its list, and the build is run with
// `--explicit-target-dependency-import-check error` so that nothing else can be imported by accident.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "foretaste",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CBLAS", providers: [.apt(["libopenblas-dev"])]),

    .target(name: "Model", swiftSettings: strict),
    .target(
      name: "Formats", dependencies: ["Model", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(name: "Analysis", dependencies: ["Model", "CBLAS"], swiftSettings: strict),
    .target(
      name: "Review", dependencies: ["Model", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "CaseFiles", dependencies: ["Model", "Formats", "Analysis", "Review"], swiftSettings: strict),
    .target(name: "Screen", swiftSettings: strict),
    .target(
      name: "Workbench", dependencies: ["Model", "Analysis", "Review", "Screen"], swiftSettings: strict),
    .target(name: "CursesDriver", dependencies: ["CNcurses", "Screen"], swiftSettings: strict),

    .executableTarget(
      name: "foretaste",
      dependencies: [
        "Model", "Formats", "Analysis", "Review", "CaseFiles", "Screen", "Workbench", "CursesDriver",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "SampleGenerator", swiftSettings: strict),
    .executableTarget(name: "SampleData", dependencies: ["SampleGenerator"], swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Analysis", "Model"], path: "Tests/Benchmarks", swiftSettings: strict
    ),

    .testTarget(name: "SampleGeneratorTests", dependencies: ["SampleGenerator"], swiftSettings: strict),
    .testTarget(name: "ModelTests", dependencies: ["Model"], swiftSettings: strict),
    .testTarget(name: "FormatsTests", dependencies: ["Formats", "Model"], swiftSettings: strict),
    .testTarget(name: "AnalysisTests", dependencies: ["Analysis", "Model"], swiftSettings: strict),
    .testTarget(name: "ReviewTests", dependencies: ["Review", "Model"], swiftSettings: strict),
    .testTarget(
      name: "CaseFilesTests", dependencies: ["CaseFiles", "Model", "Formats", "Analysis", "Review"],
      swiftSettings: strict),
    .testTarget(
      name: "ScreenTests", dependencies: ["Screen"], exclude: ["Snapshots"], swiftSettings: strict),
    .testTarget(
      name: "WorkbenchTests", dependencies: ["Workbench", "Model", "Analysis", "Review", "Screen"],
      swiftSettings: strict),
    .testTarget(
      name: "ForetasteTests", dependencies: ["foretaste"], swiftSettings: strict),
    .testTarget(
      name: "CursesDriverTests", dependencies: ["CursesDriver", "CNcurses", "Screen"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

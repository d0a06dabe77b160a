// swift-tools-version: 6.2
import PackageDescription

// The arrows of Sources/README.md: a room imports only what stands in its list, and the build is run with
// `--explicit-target-dependency-import-check error` so that nothing else can be imported by accident.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
/// Most tests compute little themselves, and what they drive is optimised: to optimise them too takes longer than it
/// saves. Those that scan what they have made up (`SimulationTests`) are optimised.
let driving = strict + [.unsafeFlags(["-Onone"])]

let package = Package(
  name: "foretaste",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CLZMA", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CLZ4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
    .target(
      name: "CFusionWeights", exclude: ["fusion-weights.json"], cSettings: [.unsafeFlags(["-std=c23"])]),

    .target(name: "CDigest", linkerSettings: [.linkedLibrary("crypto")]),
    .target(name: "Model", dependencies: ["CCrypto", "CDigest"], swiftSettings: strict),
    .target(
      name: "Compression", dependencies: ["CZlib", "CZstd", "CLZMA", "CSnappy", "CLZ4", "CBrotli"],
      swiftSettings: strict),
    // libpng leaves by longjmp, which must not cross a frame of Swift: hence functions of our own in C.
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16")]),
    .systemLibrary(name: "CTurboJPEG", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CWebP", providers: [.apt(["libwebp-dev"])]),
    .target(name: "CSandbox"),
    .target(name: "Images", dependencies: ["CPNG", "CTurboJPEG", "CWebP"], swiftSettings: strict),
    .target(name: "Isolation", dependencies: ["CSandbox", "Images"], swiftSettings: strict),
    .target(name: "Archives", swiftSettings: strict),
    .target(name: "Values", swiftSettings: strict),
    .target(name: "Parquet", dependencies: ["Compression", "Numerics", "Values"], swiftSettings: strict),
    .target(name: "Arrow", dependencies: ["Compression", "Values"], swiftSettings: strict),
    .target(
      name: "Formats",
      dependencies: [
        "Model", "Archives", "Arrow", "Compression", "Images", "Isolation", "Parquet", "Values",
      ],
      swiftSettings: strict),
    .target(name: "CVector"),
    .target(name: "Memory", swiftSettings: strict),
    // It brings the functions of the malloc family, so only the program links it.
    .target(name: "CSpill"),
    .target(name: "Numerics", dependencies: ["CBLAS", "CVector"], swiftSettings: strict),
    .target(name: "Features", dependencies: ["Model", "Numerics"], swiftSettings: strict),
    .target(name: "Learning", dependencies: ["Model", "Numerics", "Features"], swiftSettings: strict),
    .target(
      name: "Encoders", dependencies: ["Model", "Formats", "Numerics", "Features"], swiftSettings: strict),
    .target(
      name: "Scanning", dependencies: ["Model", "Numerics", "Features", "Learning"], swiftSettings: strict),
    .target(
      name: "TriggerMining", dependencies: ["Model", "Numerics", "Features", "Learning", "Scanning"],
      swiftSettings: strict),
    .target(
      name: "Detectors",
      dependencies: ["Model", "Numerics", "Features", "Learning", "Scanning", "TriggerMining"],
      swiftSettings: strict),
    .target(
      name: "Fusion", dependencies: ["CFusionWeights", "Model", "Numerics", "Learning", "Scanning"],
      swiftSettings: strict),
    .target(
      name: "Scan",
      dependencies: [
        "Model", "Numerics", "Features", "Learning", "Scanning", "TriggerMining", "Detectors", "Fusion",
      ], swiftSettings: strict),

    .target(name: "Review", dependencies: ["Model"], swiftSettings: strict),
    .target(
      name: "Reporting", dependencies: ["Model", "Images", "Learning", "Scanning", "Review"],
      swiftSettings: strict),
    .target(
      name: "CaseFiles",
      dependencies: ["Model", "Compression", "Formats", "Learning", "Scanning", "Review", "Reporting"],
      swiftSettings: strict),
    .target(
      name: "Gate", dependencies: ["Model", "Numerics", "Formats", "Scanning", "Review", "CaseFiles"],
      swiftSettings: strict),
    .target(name: "Screen", swiftSettings: strict),
    .target(
      name: "Workbench",
      dependencies: [
        "Model", "Numerics", "Scanning", "Review", "Screen",
        .product(name: "BitCollections", package: "swift-collections"),
      ], swiftSettings: strict),
    .target(name: "CursesDriver", dependencies: ["CNcurses", "Screen"], swiftSettings: strict),

    .executableTarget(
      name: "foretaste",
      dependencies: [
        "Model", "Encoders", "Features", "Formats", "Isolation", "Numerics", "Learning", "Scanning",
        "Detectors",
        "Fusion", "Scan",
        "Review",
        "CaseFiles", "Gate", "Simulation", "Screen", "Workbench", "CursesDriver", "CSpill", "Memory",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "Simulation", dependencies: ["Model", "Numerics"], swiftSettings: strict),
    .target(name: "SampleGenerator", dependencies: ["Numerics"], swiftSettings: strict),
    .executableTarget(name: "SampleData", dependencies: ["SampleGenerator"], swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Features", "Learning", "Numerics", "Scan", "Scanning", "Model", "Formats", "Parquet", "Values",
        "CaseFiles", "Review",
        "Screen", "Workbench",
      ],
      path: "Tests/Benchmarks", exclude: ["faiss-flat.py", "pyarrow-columns.py"], swiftSettings: strict
    ),

    .executableTarget(
      name: "JournalFeeder", dependencies: ["Review", "Model"], path: "Tests/JournalFeeder",
      swiftSettings: strict
    ),

    .target(
      name: "TestSupport", dependencies: ["Arrow", "Screen", "CNcurses"], path: "Tests/Support",
      swiftSettings: strict),
    .target(
      name: "OddDatasets",
      dependencies: ["Model", "Formats", "Numerics", "Scan", "Scanning", "Review", "CaseFiles"],
      path: "Tests/OddDatasets",
      swiftSettings: strict),
    .executableTarget(
      name: "OddSweep", dependencies: ["OddDatasets"], path: "Tests/OddSweep", swiftSettings: strict),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Model", "Archives", "Arrow", "Compression", "Encoders", "Images", "Parquet", "Values", "Formats",
        "Numerics", "Scanning", "Fusion", "Review",
        "CaseFiles", "Screen", "Workbench",
      ],
      path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .executableTarget(
      name: "FuzzRun", dependencies: ["FuzzTargets", "Numerics"], path: "Tests/Fuzz/Run",
      swiftSettings: strict),
    .testTarget(name: "SampleGeneratorTests", dependencies: ["SampleGenerator"], swiftSettings: strict),
    .testTarget(name: "ModelTests", dependencies: ["CDigest", "Model"], swiftSettings: strict),
    .executableTarget(
      name: "DecodeProbe", dependencies: ["Isolation", "Images"], path: "Tests/DecodeProbe",
      swiftSettings: strict),
    .testTarget(
      name: "ImagesTests", dependencies: ["Images", "TestSupport"], exclude: ["Goldens/make.py"],
      swiftSettings: driving),
    .testTarget(
      name: "IsolationTests", dependencies: ["Isolation", "Images", "DecodeProbe"], swiftSettings: driving),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives", "TestSupport"], swiftSettings: driving),
    .testTarget(
      name: "ParquetTests", dependencies: ["Parquet", "Compression", "Values"], swiftSettings: driving),
    .testTarget(
      name: "ArrowTests", dependencies: ["Arrow", "Values", "TestSupport"], swiftSettings: driving),
    .testTarget(name: "CompressionTests", dependencies: ["Compression"], swiftSettings: driving),
    .testTarget(
      name: "FormatsTests", dependencies: ["Compression", "Formats", "Model", "TestSupport"],
      swiftSettings: driving),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "CVector", "Model", "Numerics", "Features", "Learning", "Scanning", "TriggerMining", "Detectors",
        "Fusion",
        "Scan",
      ], swiftSettings: driving),
    .testTarget(
      name: "EncodersTests",
      dependencies: [
        "foretaste", "Encoders", "Features", "Formats", "Model", "Numerics", "Scan", "Scanning",
        "TestSupport",
      ],
      exclude: ["Goldens/make.py"],
      swiftSettings: driving),
    .testTarget(
      name: "ReviewTests", dependencies: ["Review", "Model", "JournalFeeder"], swiftSettings: driving),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Simulation", "Numerics", "Scan", "Scanning", "Model"], exclude: ["floors.csv"],
      swiftSettings: strict),
    .testTarget(
      name: "CaseFilesTests",
      dependencies: [
        "CaseFiles", "Model", "Formats", "Learning", "Numerics", "Scan", "Scanning", "Review",
      ],
      swiftSettings: driving),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Model", "Numerics", "Scanning"],
      swiftSettings: driving),
    .testTarget(
      name: "GateTests", dependencies: ["Gate", "Model", "Formats", "Review", "Scanning"],
      swiftSettings: driving),
    .testTarget(
      name: "ScreenTests", dependencies: ["Screen", "TestSupport"], exclude: ["Snapshots"],
      swiftSettings: driving),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Workbench", "Model", "Learning", "Scanning", "Fusion", "Review", "Screen", "TestSupport",
      ],
      exclude: ["Screens/Snapshots"], swiftSettings: driving),
    .testTarget(
      name: "ForetasteTests",
      dependencies: ["foretaste", "Compression", "JournalFeeder", "Memory", "TestSupport"],
      swiftSettings: driving),
    .testTarget(
      name: "RoadTests",
      dependencies: [
        "foretaste", "FuzzRun", "OddSweep", "Compression", "Images", "Parquet", "Values", "Fusion",
        "Numerics",
        "Scan",
        "Scanning", "CaseFiles", "Formats",
        "Model", "Simulation", "TestSupport", "Workbench",
      ], exclude: ["Jobs"], swiftSettings: driving),
    .testTarget(
      name: "CursesDriverTests", dependencies: ["CursesDriver", "CNcurses", "Screen", "TestSupport"],
      swiftSettings: driving),
  ],
  swiftLanguageModes: [.v6]
)

// Only for Tests/Fuzz/run: libFuzzer brings the `main` of this program.
if Context.environment["FORETASTE_LIBFUZZER"] != nil {
  package.targets.append(
    .executableTarget(
      name: "LibFuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/LibFuzzer", swiftSettings: strict))
}

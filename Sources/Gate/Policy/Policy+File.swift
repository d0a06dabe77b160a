import Formats

extension Policy {
  /// - Throws: `FormatError` with the line of a key that is unknown, of another type or out of its range.
  package static func read(path: String) throws(FormatError) -> Policy {
    let file = try MappedFile(path: path)
    // The mapping ends with the object: it must outlive the copy.
    let bytes = file.withBytes { [UInt8]($0) }
    let isYAML = [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
    return try isYAML ? Policy(yaml: bytes, file: path) : Policy(toml: bytes, file: path)
  }

  /// - Parameter file: what errors call it.
  package init(toml bytes: [UInt8], file: String) throws(FormatError) {
    try self.init(TOMLReader.entries(bytes, file: file), file: file)
  }

  /// The same tables and keys as mappings of YAML.
  package init(yaml bytes: [UInt8], file: String) throws(FormatError) {
    try self.init(YAMLReader.entries(bytes, file: file), file: file)
  }

  private init(_ entries: [TOMLEntry], file: String) throws(FormatError) {
    self.init()
    for entry in entries { try set(PolicySetting(entry, file: file)) }
  }

  private mutating func set(_ setting: PolicySetting) throws(FormatError) {
    switch setting.table {
    case "schema": try setSchema(setting)
    case "schema.types": schema.types[setting.key] = try setting.word(of: Self.types)
    case "ranges": ranges[setting.key] = try setting.range()
    case "missing": try setMissing(setting)
    case "missing.columns": missing.columns[setting.key] = try setting.share()
    case "classes": try setClasses(setting)
    case "content": try setContent(setting)
    case "drift": try setDrift(setting)
    case "review": try setReview(setting)
    case "manifest": try setManifest(setting)
    case "levels": try setLevel(setting)
    case "report":
      guard setting.key == "max-listed" else { throw setting.unknown(["max-listed"]) }
      maxListed = try setting.count(upTo: 10_000)
    default: throw setting.unknownTable
    }
  }

  /// As `Reading.ColumnPart.type` has them.
  private static let types = [
    "number", "whole number", "category", "text", "time", "list of numbers", "list", "object", "empty",
  ]

  private mutating func setSchema(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "columns": schema.columns = try setting.strings()
    case "allow-others": schema.allowsOthers = try setting.flag()
    case "modality": schema.modality = try setting.word(of: ["image", "text", "tabular", "embedding"])
    case "min-rows": schema.minRows = try setting.count()
    case "max-rows": schema.maxRows = try setting.count()
    default: throw setting.unknown(["columns", "allow-others", "modality", "min-rows", "max-rows"])
    }
  }

  private mutating func setMissing(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "max-share": missing.maxShare = try setting.share()
    case "max-unlabelled": missing.maxUnlabelled = try setting.share()
    default: throw setting.unknown(["max-share", "max-unlabelled"])
    }
  }

  private mutating func setClasses(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "allowed": classes.allowed = try setting.strings()
    case "min-count": classes.minCount = try setting.count()
    case "max-ratio": classes.maxRatio = try setting.number(from: 1)
    default: throw setting.unknown(["allowed", "min-count", "max-ratio"])
    }
  }

  private mutating func setContent(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "max-bytes": content.maxBytes = try setting.count()
    case "max-empty": content.maxEmpty = try setting.share()
    case "max-undecodable": content.maxUndecodable = try setting.share()
    case "markup": content.markup = try setting.strings()
    case "prompts": content.prompts = try setting.strings()
    default: throw setting.unknown(["max-bytes", "max-empty", "max-undecodable", "markup", "prompts"])
    }
  }

  private mutating func setDrift(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "max-psi": drift.maxPSI = try setting.number(from: 0)
    case "max-ks": drift.maxKS = try setting.share()
    case "max-missing": drift.maxMissing = try setting.share()
    case "alpha": drift.alpha = try setting.share()
    default: throw setting.unknown(["max-psi", "max-ks", "max-missing", "alpha"])
    }
  }

  private mutating func setReview(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "max-incidents": review.maxIncidents = try setting.count()
    case "count-unflagged": review.countsUnflagged = try setting.flag()
    case "max-flags": review.maxFlags = try setting.count()
    default: throw setting.unknown(["max-incidents", "count-unflagged", "max-flags"])
    }
  }

  private mutating func setManifest(_ setting: PolicySetting) throws(FormatError) {
    switch setting.key {
    case "files": manifest.files = try setting.strings()
    case "required": manifest.isRequired = try setting.flag()
    default: throw setting.unknown(["files", "required"])
    }
  }

  private mutating func setLevel(_ setting: PolicySetting) throws(FormatError) {
    let names = CheckRegistry.all.map(\.name)
    guard names.contains(setting.key) else { throw setting.unknown(names) }
    levels[setting.key] = Level(rawValue: try setting.word(of: Level.allCases.map(\.rawValue)))
  }
}

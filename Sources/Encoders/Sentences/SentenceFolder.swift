import Formats
import Model

/// The parts of a sentence encoder in a folder of sentence-transformers, or of a plain model of Hugging Face:
///
///     config.json, model.safetensors                   the transformer
///     tokenizer.json | vocab.txt | vocab.json, merges.txt, tokenizer_config.json
///     modules.json                                     what follows it; without it the mean of the tokens
///     1_Pooling/config.json, sentence_bert_config.json, config_sentence_transformers.json
struct SentenceFolder {
  /// Of the transformer's files, "" or "0_Transformer/".
  private(set) var transformer = ""
  private(set) var pooling = Pooling.byDefault
  /// Whether vectors get the length 1.
  private(set) var normalizes = false

  init(_ files: inout EncoderFiles) throws(FormatError) {
    guard let modules = try files.jsonIfThere("modules.json") else { return }
    guard case .array(let list) = modules else { throw FormatError("modules.json", "an array is expected") }
    for (index, value) in list.enumerated() {
      let module = Settings(file: "modules.json", value: value)
      let type = try module.string("type") ?? ""
      let path = try Self.path(module)
      switch type.split(separator: ".").last {
      case "Transformer" where index == 0: transformer = path
      case "Pooling" where index == 1:
        let name = path + "config.json"
        pooling = try Pooling(Settings(file: name, value: files.json(name)))
      case "Normalize" where index > 1: normalizes = true
      default: throw FormatError("modules.json", at: "module \(index)", "'\(type)' is not supported here")
      }
    }
  }

  /// Of a folder in the folder, with a slash behind it.
  private static func path(_ module: Settings) throws(FormatError) -> String {
    let path = try module.string("path") ?? ""
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard path.isEmpty || parts.allSatisfy({ !["", ".", ".."].contains($0) }), !path.utf8.contains(0) else {
      throw module.problem("path", "is no name of a folder beside it")
    }
    return path.isEmpty ? "" : path + "/"
  }
}

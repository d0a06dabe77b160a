import Features
import Formats
import Foundation
import Model

/// Opens a model that lies in a folder of Hugging Face's form; nothing is downloaded, and no code of the folder is run.
package enum EncoderFolder {
  /// - Throws: `FormatError` where a file is missing, damaged or of a kind that is not supported.
  package static func open(_ path: String) throws(FormatError) -> any SampleEncoder {
    var files = EncoderFiles(path)
    let folder = try SentenceFolder(&files)
    let configName = folder.transformer + "config.json"
    let config = Settings(file: configName, value: try files.json(configName))
    let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    let type = try config.string("model_type") ?? ""
    if let family = TextTransformer.Family(rawValue: type) {
      return try SentenceEncoder(&files, folder, config, family, name: name)
    }
    // timm writes no type, but the name of the architecture.
    let kind = type.isEmpty && config["architecture"] != nil ? .timm : PictureEncoder.Kind(rawValue: type)
    if let kind { return try PictureEncoder(&files, config, kind, name: name) }
    let known = TextTransformer.Family.allCases.map(\.rawValue) + PictureEncoder.Kind.allCases.map(\.rawValue)
    throw config.problem(
      "model_type", "'\(type)' is not supported; there are \(known.joined(separator: ", "))")
  }

  /// The tokenizer of a folder by itself, of texts of at most `maxTokens` tokens.
  /// - Throws: `FormatError` where there is none that can be read.
  package static func tokenizer(_ path: String, maxTokens: Int) throws(FormatError) -> Tokenizer {
    var files = EncoderFiles(path)
    return try TokenizerFolder(&files, in: "").tokenizer(maxTokens: maxTokens)
  }
}

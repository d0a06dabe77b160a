/// Text to the numbers of its tokens, in the steps and with the results of Hugging Face's tokenizers: tokens that stand
/// in the text by name, normalization, words, pieces of words, what stands before and behind.
package struct Tokenizer: Sendable {
  let added: AddedTokens
  let normalizer: Normalizer
  let words: WordSplitter
  let pieces: WordPieces
  /// What stands before and behind every text.
  let prefix: [Int32]
  let suffix: [Int32]
  /// With what stands before and behind.
  package let maxTokens: Int

  package var largestID: Int {
    max(pieces.largestID, added.largestID, (prefix + suffix).map { Int($0) }.max() ?? -1)
  }

  /// At most `maxTokens`; what is beyond is cut off.
  package func encode(_ text: String) -> [Int32] {
    let room = max(0, maxTokens - prefix.count - suffix.count)
    var ids: [Int32] = []
    for part in added.parts(of: Array(text.utf8), isNormalized: false) where ids.count < room {
      switch part {
      case .token(let id): ids.append(id)
      case .text(let raw):
        let normalized = normalizer.apply(String(decoding: raw, as: UTF8.self))
        for part in added.parts(of: Array(normalized.utf8), isNormalized: true) where ids.count < room {
          switch part {
          case .token(let id): ids.append(id)
          case .text(let text):
            words.split(String(decoding: text, as: UTF8.self)) { word in
              pieces.append(word, to: &ids)
              return ids.count < room
            }
          }
        }
      }
    }
    return Array((prefix + ids.prefix(room) + suffix).prefix(maxTokens))
  }
}

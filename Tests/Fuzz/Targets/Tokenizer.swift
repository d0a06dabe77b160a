import Encoders
import Formats

/// Whatever a tokenizer's file says, texts get as many tokens as were asked for at most, each of them one of its own.
func fuzzTokenizer(_ bytes: UnsafeRawBufferPointer) {
  guard let tokenizer = try? Tokenizer(json: bytes, name: "fuzz", maxTokens: 64) else { return }
  let texts = [
    "", "the quick [SEP] fox's <mask> n\u{e9}e \u{4f60}\u{597d}\u{1f98a}",
    String(repeating: "ab ", count: 99),
  ]
  for text in texts {
    let ids = tokenizer.encode(text)
    precondition(ids.count <= 64 && ids.allSatisfy { $0 >= 0 && Int($0) <= tokenizer.largestID })
    precondition(tokenizer.encode(text) == ids)
  }
}

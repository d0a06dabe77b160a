import Model

/// The pieces of a sample that a search looks at.
func payloadTexts(_ material: CaseMaterial, _ row: Int) -> [String] {
  switch material.payloads.payload(at: row) {
  case .success(.text(let text)): [text]
  case .success(.row(let fields)): fields.map(\.value)
  case .success(.image), .success(.features), .failure: []
  }
}

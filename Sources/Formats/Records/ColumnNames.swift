/// The names that people give to the columns of a dataset, by what the columns are.
enum ColumnNames {
  static let id = ["id", "sample_id", "uid", "uuid", "guid", "_id", "example_id", "row_id"]
  static let label = [
    "label", "labels", "class", "category", "target", "sentiment", "intent", "y", "label_name", "class_name",
    "class_label", "gold_label", "categories", "topic",
  ]
  static let text = [
    "text", "sentence", "message", "content", "review", "body", "comment", "tweet", "document", "utterance",
    "query", "review_text", "review_body",
  ]
  static let source = ["source", "user", "contributor", "annotator", "author", "worker_id", "vendor"]
  static let time = ["ingested_at", "timestamp", "time", "date", "created_at", "datetime"]
  static let image = [
    "image", "image_path", "file_name", "filename", "img", "img_path", "image_file", "image_base64",
    "image_b64",
    "img_base64", "img_b64", "base64", "b64",
  ]
  static let split = ["split", "subset", "fold", "partition"]
  static let embedding = ["embedding", "embeddings", "vector", "emb", "features", "feature_vector"]

  private static let all = Set(
    id + label + text + source + time + image + split + embedding + TextComposition.columnNames)

  /// As names are compared: without case, spaces and dashes as underscores.
  static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  static func isKnown(_ name: String) -> Bool { all.contains(folded(name)) }

  /// "text_embedding", "clip.vector": a part of the name is one of the names.
  static func isEmbeddingLike(_ folded: String) -> Bool {
    folded.split { $0 == "_" || $0 == "." }.contains { embedding.contains(String($0)) }
  }

  /// A name that says nothing: what pandas and spreadsheets call a column without one.
  static func isUnnamed(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("Unnamed: ") || folded(name) == "index"
  }
}

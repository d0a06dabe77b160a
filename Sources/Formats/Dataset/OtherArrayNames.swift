import Model

/// What people call the arrays of a dataset where they are not called as the contract has it: `x_train.npy`, `y_train.npy`,
/// `train-images-idx3-ubyte.gz`.
enum OtherArrayNames {
  /// In the order in which they are looked for.
  private static let data = [
    "x_train", "train_x", "x", "train_images", "images_train", "train_data", "data", "train", "embeddings",
    "image",
  ]
  private static let labels = [
    "y_train", "train_y", "y", "train_labels", "labels_train", "targets", "target", "label",
  ]

  /// Names of files by the role that they play; empty where there are no arrays under such names.
  static func found(in folder: String, _ names: [String]) -> [String: String] {
    found(names) { name in try? NPYArray.map(DatasetFiles.beneath(folder, name), name: name) }
  }

  /// The same of the arrays of a bundle, which may have the names of the contract too.
  static func found(in bundle: any ArrayBundle, at path: String) -> [String: String] {
    let names = bundle.members
    var roles = found(names) { name in
      try? NPYArray.map(MemberPath.path(of: name, in: path), name: name)
    }
    for name in names where DatasetFiles.arrays.contains(name) { roles[name] = name }
    return roles
  }

  private static func found(_ names: [String], _ array: (String) -> NPYArray?) -> [String: String] {
    var roles: [String: String] = [:]
    if let name = first(data, of: names, "images"), let array = array(name) {
      roles[array.shape.count > 2 ? "images.npy" : "features.npy"] = name
    }
    if let name = first(labels, of: names, "labels") { roles["labels.npy"] = name }
    return roles
  }

  /// - Parameter part: of the names of IDX files, as MNIST has them.
  private static func first(_ stems: [String], of names: [String], _ part: String) -> String? {
    let plain = names.map { DatasetFormats.uncompressedName($0).lowercased() }
    for stem in stems {
      if let place = plain.firstIndex(of: stem + ".npy") { return names[place] }
    }
    let place = plain.firstIndex { name in
      let isIDX = name.contains("\(part)-idx") || name.contains("\(part).idx")
      return isIDX && (name.hasPrefix("train") || !plain.contains { $0.hasPrefix("train") })
    }
    return place.map { names[$0] }
  }
}

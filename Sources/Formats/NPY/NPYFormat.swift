/// An array by itself: the features of its samples.
struct NPYFormat: DatasetFormat {
  let name = "NPY"
  let fileExtension = "npy"
  let role = "features.npy"
}

import Workbench

/// A filter can be asked of every row, or its error points into the text.
func fuzzFilter(_ bytes: UnsafeRawBufferPointer) {
  guard let samples = MadeUp.samples else { return }
  let material = samples.material
  let source = String(decoding: bytes, as: UTF8.self)
  do throws(FilterError) {
    let filter = try CompiledFilter(source, material: material)
    _ = filter.kept(
      ContiguousArray(0..<Int32(material.count)), samples, Marks(suspicion: material.report.suspicion))
  } catch {
    precondition((0...source.count).contains(error.offset) && error.length >= 0)
  }
}

/// Rows of the dataset in an order: all of them, or those that are listed.
struct SampleRows: RandomAccessCollection, Sendable {
  /// Nil of all.
  let listed: ContiguousArray<Int32>?
  let count: Int

  /// All, in the order of the dataset.
  init(count: Int) {
    listed = nil
    self.count = count
  }

  init(_ listed: ContiguousArray<Int32>) {
    self.listed = listed
    count = listed.count
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  @inline(__always) subscript(place: Int) -> Int { listed.map { Int($0[place]) } ?? place }

  /// As a list.
  var all: ContiguousArray<Int32> { listed ?? ContiguousArray(0..<Int32(count)) }
}

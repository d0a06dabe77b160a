import Encoders
import Formats
import Testing

@Suite struct SafetensorsTests {
  private final class Owner {}

  private static func open(_ bytes: [UInt8]) throws -> SafetensorsFile {
    // Outlives every file that a test opens.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    copy.copyBytes(from: bytes)
    return try SafetensorsFile(UnsafeRawBufferPointer(copy), owner: Owner(), name: "m")
  }

  private static var writer: TensorWriter {
    var writer = TensorWriter()
    writer.add("a", [2, 3], [0, -1.5, 2.25, 1e-3, 65_504, -0.125])
    writer.add("b", [], [7])
    writer.add("c", [0, 4], [])
    return writer
  }

  @Test func valuesComeBack() throws {
    let file = try Self.open(Self.writer.file())
    #expect(Array(try file.floats("a", shape: [2, 3])) == Self.writer["a"])
    #expect(Array(try file.floats("b", shape: [])) == [7])
    #expect(try file.floats("c", shape: [0, 4]).isEmpty)
    #expect(file.tensors.keys.sorted() == ["a", "b", "c"])
  }

  @Test func otherWidthsAreRoundedOnce() throws {
    let half = try Self.open(Self.writer.file(type: "F16") { little(Float16($0).bitPattern) })
    #expect(Array(try half.floats("a", shape: [2, 3])) == Self.writer["a"].map { Float(Float16($0)) })
    let brain = try Self.open(
      Self.writer.file(type: "BF16") { little(UInt16(truncatingIfNeeded: $0.bitPattern >> 16)) })
    #expect(
      Array(try brain.floats("a", shape: [2, 3]))
        == Self.writer["a"].map { Float(bitPattern: $0.bitPattern & 0xFFFF_0000) })
    let double = try Self.open(Self.writer.file(type: "F64") { little(Double($0).bitPattern) })
    #expect(Array(try double.floats("a", shape: [2, 3])) == Self.writer["a"])
  }

  @Test func whatBeginsAtAnOddByteIsRead() throws {
    let bytes = safetensors(
      header:
        #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}"#,
      [9] + little(Float(2.5).bitPattern))
    #expect(Array(try Self.open(bytes).floats("y", shape: [1])) == [2.5])
    #expect(throws: FormatError.self) { try Self.open(bytes).floats("x", shape: [1]) }
    #expect(throws: FormatError.self) { try Self.open(bytes).floats("y", shape: [1, 1]) }
    #expect(throws: FormatError.self) { try Self.open(bytes).floats("z", shape: [1]) }
  }

  private static func tensor(_ name: String, _ type: String, _ shape: String, _ offsets: String) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  @Test(arguments: [
    ([], "too short"),
    ([1, 2, 3], "too short"),
    (little(UInt64.max) + [0], "does not fit"),
    (little(UInt64(9)) + Array("{}      ".utf8), "does not fit"),
    (safetensors(header: "[]", []), "no JSON object"),
    (safetensors(header: "{", []), "byte"),
    (safetensors(header: "{} {}", []), "follows"),
    (safetensors(header: #"{"a":1}"#, []), "needs dtype"),
    (safetensors(header: "{\(tensor("a", "Q9", "[1]", "[0,4]"))}", [0, 0, 0, 0]), "dtype Q9"),
    (safetensors(header: "{\(tensor("a", "F32", "[1]", "[0,8]"))}", [0, 0, 0, 0]), "outside"),
    (safetensors(header: "{\(tensor("a", "F32", "[1]", "[4,0]"))}", [0, 0, 0, 0]), "outside"),
    (safetensors(header: "{\(tensor("a", "F32", "[1]", "[-4,0]"))}", [0, 0, 0, 0]), "outside"),
    (safetensors(header: "{\(tensor("a", "F32", "[1]", "[0,4,4]"))}", [0, 0, 0, 0]), "outside"),
    (safetensors(header: "{\(tensor("a", "F32", "[1.5]", "[0,4]"))}", [0, 0, 0, 0]), "no size"),
    (safetensors(header: "{\(tensor("a", "F32", "[2]", "[0,4]"))}", [0, 0, 0, 0]), "need 8 bytes"),
    (
      safetensors(
        header: "{\(tensor("a", "F32", "[4294967296,4294967296,4294967296]", "[0,4]"))}", [0, 0, 0, 0]),
      "too large"
    ),
    (
      safetensors(header: "{\(tensor("a", "U8", "[0,0,0,0,0,0,0,0,0]", "[0,0]"))}", []), "dimensions"
    ),
    (
      safetensors(
        header: "{\(tensor("a", "U8", "[2]", "[0,2]")),\(tensor("b", "U8", "[2]", "[1,3]"))}", [0, 0, 0]),
      "shares bytes"
    ),
    (
      safetensors(
        header: "{\(tensor("a", "U8", "[1]", "[0,1]")),\(tensor("b", "U8", "[1]", "[2,3]"))}", [0, 0, 0]),
      "belong to none"
    ),
    (safetensors(header: "{\(tensor("a", "U8", "[1]", "[0,1]"))}", [0, 0]), "belong to no tensor"),
    (
      safetensors(
        header: "{\(tensor("a", "U8", "[1]", "[0,1]")),\(tensor("a", "U8", "[1]", "[1,2]"))}", [0, 0]),
      "twice"
    ),
    (safetensors(header: String(repeating: "[", count: 1000), []), "nested"),
  ]) func whatClaimsTooMuchIsRefused(_ bytes: [UInt8], _ reason: String) {
    #expect {
      _ = try Self.open(bytes)
    } throws: { error in
      (error as? FormatError)?.description.contains(reason) == true
    }
  }
}

import Arrow
import TestSupport
import Testing
import Values

/// Streams that lie are refused by what is wrong with them, before anything is allocated for what they claim.
@Suite struct LyingStreamTests {
  typealias Stream = ArrowStream

  private static func expect(
    _ stream: Stream, _ kind: ColumnarError.Kind, _ part: String, limits: ArrowLimits = ArrowLimits(),
    _ location: SourceLocation = #_sourceLocation
  ) { expect(stream.bytes, kind, part, limits: limits, location) }

  private static func expect(
    _ bytes: [UInt8], _ kind: ColumnarError.Kind, _ part: String, limits: ArrowLimits = ArrowLimits(),
    _ location: SourceLocation = #_sourceLocation
  ) {
    var found: ColumnarError?
    do throws(ColumnarError) { _ = try TestFile(bytes).open(limits: limits).rows() } catch { found = error }
    #expect(found?.kind == kind, "\(String(describing: found))", sourceLocation: location)
    #expect(found?.message.contains(part) ?? false, "\(String(describing: found))", sourceLocation: location)
  }

  private static let two = Stream.little(Int64(7), Int64(-7))

  private static func numbers(
    rows: Int64 = 2, node: (Int64, Int64) = (2, 0), _ buffers: [[UInt8]] = [[], two],
    _ claims: Stream.Claims = Stream.Claims()
  ) -> Stream {
    var stream = Stream([.int64("n")])
    stream.append(rows: rows, nodes: [node], buffers: buffers, claiming: claims)
    return stream
  }

  @Test func theHonestStreamIsRead() throws {
    #expect(try TestFile(Self.numbers().bytes).open().rows() == [#"{"n":7}"#, #"{"n":-7}"#])
  }

  @Test func whatIsNoFileIsRefused() {
    Self.expect([], .malformed, "not an Arrow file")
    Self.expect(Array("id,text\n1,some text\n".utf8), .limit, "no Arrow")
    Self.expect(Array("FEA1 and some more".utf8), .unsupported, "version 1")
    Self.expect(Array("ARROW1\0\0 and so on, to no end".utf8), .malformed, "cut off")
    Self.expect(
      Array("ARROW1\0\0".utf8) + Stream.little(UInt32.max) + Array("ARROW1".utf8), .limit,
      "footer of 4294967295")
    Self.expect([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], .limit, "metadata of 2147483647")
  }

  @Test func everyCutIsRefusedOrEndsAtAMessage() throws {
    let bytes = Self.numbers().bytes
    let whole = Stream([.int64("n")]).bytes.count
    for length in 0..<bytes.count where length != whole {
      #expect((try? TestFile(Array(bytes[..<length])).open().rows()) == nil, "\(length)")
    }
  }

  @Test func numbersOfRowsAndValuesAreChecked() {
    Self.expect(Self.numbers(rows: 3), .malformed, "2 values where 3 must be")
    Self.expect(Self.numbers(rows: -1), .limit, "-1 rows")
    Self.expect(Self.numbers(rows: 1 << 40), .limit, "a batch of 1099511627776 rows")
    Self.expect(Self.numbers(rows: 3, node: (3, 0)), .malformed, "16 bytes for 3 values")
    Self.expect(Self.numbers(node: (.max, 0)), .malformed, "9223372036854775807 values")
    Self.expect(Self.numbers(node: (1 << 53, 0)), .malformed, "bytes for")
    Self.expect(Self.numbers(node: (2, 3)), .malformed, "3 of them null")
    Self.expect(Self.numbers(node: (2, 1)), .malformed, "the bits of 2 values")
    Self.expect(Self.numbers([[]]), .malformed, "fewer buffers")
  }

  @Test func buffersLieWithinTheBody() {
    func claims(_ place: (Int64, Int64)) -> Stream.Claims {
      var claims = Stream.Claims()
      claims.places = [1: place]
      return claims
    }
    Self.expect(Self.numbers([[], Self.two], claims((8, 16))), .malformed, "a buffer of 16 bytes at 8")
    Self.expect(Self.numbers([[], Self.two], claims((-8, 16))), .malformed, "at -8")
    Self.expect(Self.numbers([[], Self.two], claims((.max, .max))), .malformed, "a buffer of")
    Self.expect(Self.numbers([[], Self.two], claims((0, .max))), .malformed, "a buffer of")
    var body = Stream.Claims()
    body.bodySize = .max
    Self.expect(Self.numbers([[], Self.two], body), .malformed, "cut off")
    body.bodySize = -16
    Self.expect(Self.numbers([[], Self.two], body), .malformed, "a body of -16 bytes")
  }

  @Test func compressedBuffersDoNotGrowBeyondReason() {
    var claims = Stream.Claims()
    claims.codec = 1
    func packed(_ size: Int64) -> Stream { Self.numbers([[], Stream.little(size) + [1, 2, 3, 4]], claims) }
    Self.expect(packed(1 << 40), .malformed, "4 compressed bytes claim to be 1099511627776")
    Self.expect(packed(-2), .malformed, "claim to be -2")
    Self.expect(packed(16), .malformed, "ZSTD")
    var limits = ArrowLimits()
    limits.batchBytes = 100
    Self.expect(packed(200), .limit, "more bytes than are decompressed", limits: limits)
    claims.codec = 0
    Self.expect(packed(16), .malformed, "LZ4_FRAME")
    claims.codec = 9
    Self.expect(packed(16), .unsupported, "compression 9")
  }

  @Test func offsetsRiseWithinWhatTheyPointInto() {
    func texts(_ ends: Int32...) -> Stream {
      var stream = Stream([.utf8("t")])
      let rows = Int64(ends.count - 1)
      stream.append(
        rows: rows, nodes: [(rows, 0)], buffers: [[], ends.flatMap { Stream.little($0) }, Array("abcd".utf8)])
      return stream
    }
    Self.expect(texts(0, 3, 2), .malformed, "ends before it begins")
    Self.expect(texts(-1, 3), .malformed, "begins at -1")
    Self.expect(texts(0, 3, 9), .malformed, "values up to 9, there are 4")
  }

  @Test func indicesLieWithinTheDictionary() {
    let field = Stream.Field("d", 5, dictionary: 3)
    func stream(_ index: Int32, values: Bool = true, id: Int64 = 3) -> Stream {
      var stream = Stream([field])
      let strings = Stream.strings([Array("a".utf8), Array("b".utf8)])
      if values {
        stream.append(rows: 2, nodes: [(2, 0)], buffers: [[], strings.ends, strings.bytes], dictionary: id)
      }
      stream.append(rows: 1, nodes: [(1, 0)], buffers: [[], Stream.little(index)])
      return stream
    }
    #expect((try? TestFile(stream(1).bytes).open().rows()) == [#"{"d":"b"}"#])
    Self.expect(stream(2), .malformed, "the index 2 of a dictionary of 2 values")
    Self.expect(stream(-1), .malformed, "the index -1")
    Self.expect(stream(0, values: false), .malformed, "dictionary 3 is not there")
    Self.expect(stream(0, id: 4), .malformed, "dictionary 4 belongs to no field")
    let other = Stream([field, .init("e", 4, dictionary: 3)])
    Self.expect(other, .malformed, "shares dictionary 3")
  }

  @Test func schemasAreBounded() {
    var deep = Stream.Field.int64("n")
    for _ in 0..<70 { deep = Stream.Field("l", 12, children: [deep]) }
    Self.expect(Stream([deep]), .limit, "nested deeper than 64")
    Self.expect(Stream([.init("l", 12)]), .malformed, "a list of 0 fields")
    Self.expect(Stream([.init("u", 14)]), .unsupported, "Union")
    Self.expect(Stream([.init("m", 17, children: [.int64("n")])]), .malformed, "a map without")
    Self.expect(
      Stream([.init("i", 2, [.init(slot: 0, size: 4, value: 7)])]), .malformed, "whole numbers of 7 bits")
    var limits = ArrowLimits()
    limits.fields = 3
    Self.expect(Stream((0..<4).map { .int64("\($0)") }), .limit, "more than 3", limits: limits)
  }

  /// Nulls by their type take no room in the file: as many as one likes can be claimed.
  @Test func whatTakesNoRoomInTheFileIsBounded() {
    var nulls = Stream([.init("n", 1)])
    nulls.append(rows: 1 << 27, nodes: [(1 << 27, 0)], buffers: [])
    Self.expect(nulls, .limit, "values that take no room")

    var lists = Stream([.init("l", 12, children: [.init("n", 1)])])
    lists.append(
      rows: 1, nodes: [(1, 0), (1 << 25, 0)], buffers: [[], Stream.little(Int32(0), Int32(1 << 25))])
    Self.expect(lists, .limit, "a row takes more than")
  }

  @Test func aDictionaryOfItselfEnds() {
    // Each value is a list of one value of the dictionary as it was before: as deep as there are messages.
    let inner = Stream.Field("i", 12, children: [.init("v", 1)], dictionary: 1)
    var stream = Stream([.init("o", 12, children: [inner], dictionary: 2)])
    stream.append(
      rows: 1, nodes: [(1, 0), (0, 0)], buffers: [[], Stream.little(Int32(0), Int32(0))], dictionary: 1)
    for _ in 0..<3 {
      stream.append(
        rows: 1, nodes: [(1, 0), (1, 0)],
        buffers: [[], Stream.little(Int32(0), Int32(1)), [], Stream.little(Int32(0))], dictionary: 2)
    }
    stream.append(rows: 1, nodes: [(1, 0)], buffers: [[], Stream.little(Int32(0))])
    #expect((try? TestFile(stream.bytes).open().rows()) == [#"{"o":[[]]}"#])
    var limits = ArrowLimits()
    limits.depth = 3
    #expect((try? TestFile(stream.bytes).open(limits: limits).rows()) != nil)
    limits.depth = 1
    Self.expect(stream, .limit, "deeper than 1", limits: limits)
  }
}

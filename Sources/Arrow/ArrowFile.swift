import Values

/// A file of the Arrow IPC stream format, as Hugging Face's `save_to_disk` writes, or of the file format (Feather 2), in
/// memory, usually mapped. The schema is read at once, batches when they are asked for.
package struct ArrowFile: Sendable {
  let bytes: ArrowBytes
  package let limits: ArrowLimits
  package let schema: ArrowSchema
  /// The message with the schema; nil where a file has it in its footer only.
  let schemaMessage: Range<Int>?
  /// Whether it is of the file format.
  package let hasFooter: Bool

  /// - Parameter owner: keeps `bytes` alive and unchanged.
  package init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject, limits: ArrowLimits = ArrowLimits())
    throws(ColumnarError)
  {
    let file = ArrowBytes(bytes, owner: owner)
    self.bytes = file
    self.limits = limits
    guard !bytes.starts(with: Array("FEA1".utf8)) else {
      throw ColumnarError(.unsupported, "Feather of version 1 is not supported; write it as version 2")
    }
    hasFooter = ArrowFooter.begins(bytes)
    if hasFooter {
      let footer = try ArrowFooter(file, limits: limits)
      guard let table = try footer.table.table(1) else {
        throw ColumnarError(.malformed, "a footer without a schema", offset: footer.range.lowerBound)
      }
      schema = try SchemaReader.schema(table, limits: limits)
      let first = try? ArrowMessage.read(file, at: ArrowFooter.messagesStart, limits: limits)
      schemaMessage = first?.kind == .schema ? first?.whole : nil
    } else {
      guard let message = try ArrowMessage.read(file, at: 0, limits: limits), message.kind == .schema else {
        throw ColumnarError(.malformed, "not an Arrow file: it does not begin with a schema", offset: 0)
      }
      schema = try SchemaReader.schema(message.header, limits: limits)
      schemaMessage = message.whole
    }
  }

  /// The messages behind the schema.
  func messages() throws(ColumnarError) -> MessageSource {
    if hasFooter {
      let footer = try ArrowFooter(bytes, limits: limits)
      return .blocks(footer.dictionaries + footer.batches, next: 0)
    }
    return .stream(position: schemaMessage?.upperBound ?? 0)
  }
}

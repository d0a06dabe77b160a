/// The tags of a page, as a browser would find them.
struct PageReader {
  struct Tag {
    let name: String
    let isEnd: Bool
    let isClosed: Bool
    let attributes: [String: String]
  }
  private(set) var tags: [Tag] = []
  /// What is wrong with the nesting; empty where nothing is.
  private(set) var problems: [String] = []

  private static let void: Set = ["meta", "br", "link", "img", "!DOCTYPE"]

  init(_ page: String) {
    var open: [String] = []
    for piece in page.split(separator: "<").dropFirst(page.hasPrefix("<") ? 0 : 1) {
      guard let end = piece.firstIndex(of: ">") else {
        problems.append("no end of <\(piece.prefix(20))")
        continue
      }
      let tag = Self.tag(String(piece[..<end]))
      tags.append(tag)
      if tag.isEnd {
        if open.popLast() != tag.name { problems.append("</\(tag.name)> closes nothing") }
      } else if !tag.isClosed, !Self.void.contains(tag.name) {
        open.append(tag.name)
      }
    }
    problems += open.map { "<\($0)> is not closed" }
  }

  private static func tag(_ inner: String) -> Tag {
    let isEnd = inner.hasPrefix("/")
    let isClosed = inner.hasSuffix("/")
    let inner = inner.drop { $0 == "/" }
    let name = String(inner.prefix { $0 != " " && $0 != "/" })
    var attributes: [String: String] = [:]
    // Values stand in double quotes, which nothing within them is.
    let parts = inner.dropFirst(name.count).split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let key = parts[index].filter { $0 != " " && $0 != "=" && $0 != "\n" }
      attributes[key] = String(parts[index + 1])
    }
    return Tag(name: name, isEnd: isEnd, isClosed: isClosed, attributes: attributes)
  }
}

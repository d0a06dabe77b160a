import Model

extension HTMLPage {
  func exhibits(_ part: IncidentPart) -> HTMLText {
    guard !part.exhibits.items.isEmpty else { return .nothing }
    let isPictures = part.exhibits.items.contains { if case .picture = $0.content { true } else { false } }
    let items = part.exhibits.items.map { exhibit -> HTMLText in
      isPictures
        ? "<li>\(content(exhibit))\(caption(exhibit))</li>\n"
        : "<li>\(caption(exhibit))\(content(exhibit))</li>\n"
    }
    let pattern = part.pattern.map { picture -> HTMLText in
      """
      <p class="pattern">\(thumbnail(picture, "The pattern that is added to the pictures of incident \(part.line.id)")) \
      The pattern that is added, gray for nothing.</p>
      """
    }
    let shape: HTMLText = isPictures ? "pictures" : "records"
    return """
      <h4>Most suspicious samples</h4>
      \(pattern)
      <ul class="exhibits \(shape)">
      \(items)</ul>
      \(more(part.exhibits.more, "sample", where: " in this incident"))
      """
  }

  private func caption(_ exhibit: Exhibit) -> HTMLText {
    let label: HTMLText? = exhibit.label.map { "label \(HTMLText.data($0, upTo: 40))" }
    let suggested: HTMLText? = exhibit.suggested.map { "suggests \(HTMLText.data($0, upTo: 40))" }
    let facts = [label, suggested, "suspicion \(exhibit.suspicion, decimals: 3)"].compactMap(\.self)
    return """
      <p class="caption">\(HTMLText.code(exhibit.id, upTo: 60)) <span>\(HTMLText.list(facts, " · "))</span> \
      <span class="tag \(exhibit.verdict)">\(exhibit.verdict)</span></p>
      """
  }

  private func content(_ exhibit: Exhibit) -> HTMLText {
    switch exhibit.content {
    case .picture(let picture): thumbnail(picture, Self.alternative(of: exhibit, picture))
    case .text(let text): self.text(text)
    case .row(let cells, let more): row(cells, more)
    case .features(let count): "<p class=\"more\">Only features: \(counted(count, "feature")).</p>"
    case .unreadable(let reason): "<p class=\"more\">Cannot be read: \(reason.clipped(300))</p>"
    case .leftOut: "<p class=\"more\">Not shown: the page is full.</p>"
    }
  }

  private static func alternative(of exhibit: Exhibit, _ picture: Picture) -> String {
    let label = exhibit.label.map { ", labelled \($0.clipped(40))" } ?? ""
    let frame =
      picture.frame.map {
        ", a patch of \($0.width) by \($0.height) pixels framed at row \($0.row), column \($0.column)"
      } ?? ""
    return
      "Sample \(exhibit.id.clipped(60))\(label): picture of \(picture.width) by \(picture.height) pixels\(frame)"
  }

  /// In an SVG of the picture's own pixels, so that a frame stands where it belongs at any size.
  private func thumbnail(_ picture: Picture, _ alternative: String) -> HTMLText {
    let frame = picture.frame.map { area -> HTMLText in
      let place: HTMLText =
        "x=\"\(area.column)\" y=\"\(area.row)\" width=\"\(area.width)\" height=\"\(area.height)\""
      return "<rect class=\"halo\" \(place)/><rect class=\"patch\" \(place)/>"
    }
    return """
      <svg class="thumbnail" viewBox="0 0 \(picture.width) \(picture.height)" role="img" aria-label="\(alternative)">\
      <image width="\(picture.width)" height="\(picture.height)" href="\(HTMLText.address(ofPNG: picture.png))"/>\(frame)</svg>
      """
  }

  private func text(_ text: MarkedText) -> HTMLText {
    let pieces = text.pieces.map { piece -> HTMLText in
      piece.isMarked ? "<mark>\(lines: piece.text)</mark>" : "\(lines: piece.text)"
    }
    let (before, after): (HTMLText, HTMLText) = (
      text.isCutBefore ? "… " : .nothing, text.isCutAfter ? " …" : .nothing
    )
    return "<blockquote dir=\"auto\">\(before)\(pieces)\(after)</blockquote>"
  }

  private func row(_ cells: [Exhibit.CellValue], _ more: Int) -> HTMLText {
    let parts = cells.map { cell -> HTMLText in
      let value = HTMLText.data(cell.value, upTo: 120)
      let shown: HTMLText =
        switch cell.mark {
        case .trigger: "<mark>\(value)</mark> <small>trigger</small>"
        case .extreme: "<mark class=\"extreme\">\(value)</mark> <small>extreme</small>"
        case nil: value
        }
      return "<div><dt>\(HTMLText.data(cell.column, upTo: 40))</dt><dd>\(shown)</dd></div>\n"
    }
    let rest: HTMLText = more > 0 ? "<div><dt>more</dt><dd>\(counted(more, "column"))</dd></div>" : .nothing
    return "<dl class=\"cells\">\(parts)\(rest)</dl>"
  }
}

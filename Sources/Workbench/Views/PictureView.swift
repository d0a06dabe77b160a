import Model
import Scanning
import Screen

/// Pictures, as large as there is room and as thumbnails.
extension Frame {
  /// Of the screens that have modes.
  private var pictureMode: ReviewView.PictureMode {
    state.context == .review || state.context == .compare ? state.views.review.pictureMode : .whole
  }

  /// Before other words on the picture.
  var pictureModeNote: String {
    switch pictureMode {
    case .whole: ""
    case .patch: "patch, "
    case .difference: "minus the class mean, "
    case .trained: "at training resolution, "
    }
  }

  /// As the review wants to see it; whole on other screens, and where there is nothing else to see.
  func picture(_ image: Image, _ row: Int, _ items: [TriggerItem]) -> PixelView {
    let whole = PixelImage(image)
    let highlight = frame(items, image)
    let profile = profile(of: row)
    switch pictureMode {
    case .whole: break
    case .patch:
      if let place = highlight ?? extremeSquare(image, profile) { return patch(of: whole, place) }
    case .difference:
      if case .images(let pixels)? = profile, let difference = pixels.difference(of: image) {
        return PixelView(image: PixelImage(difference), highlight: highlight)
      }
    case .trained:
      if let size = material.report.facts.reading.comparedSize, size.count == 2 {
        return PixelView(image: whole.resized(height: size[0], width: size[1]))
      }
    }
    return PixelView(image: whole, highlight: highlight)
  }

  /// Where the first trigger that lies anywhere is framed.
  private func frame(_ items: [TriggerItem], _ image: Image) -> Rect? {
    items.lazy.compactMap { $0.place(in: image, comparedAt: material.report.facts.reading.comparedSize) }
      .first
  }

  private func extremeSquare(_ image: Image, _ profile: ClassProfile?) -> Rect? {
    guard let profile,
      case .pixels(let row, let column, let size, _)? = ExtremePart.of(.image(image), in: profile).first
    else { return nil }
    return Rect(row: row, column: column, height: size, width: size)
  }

  /// Pixels around a patch.
  private static var patchMargin: Int { 2 }

  private func patch(of image: PixelImage, _ place: Rect) -> PixelView {
    let margin = Self.patchMargin
    let window = Rect(
      row: place.row - margin, column: place.column - margin, height: place.height + 2 * margin,
      width: place.width + 2 * margin
    ).intersection(Rect(row: 0, column: 0, height: image.height, width: image.width))
    return PixelView(
      image: image.cropped(window),
      highlight: Rect(
        row: place.row - window.row, column: place.column - window.column, height: place.height,
        width: place.width))
  }

  /// A picture in a small room, in colors that look the same: pixels are picked and not averaged, and where the frame of a trigger would vanish its
  /// surroundings are all that is shown.
  func thumbnail(_ image: Image, _ items: [TriggerItem], in room: Rect, scaleLimit: Int = 16) -> PixelView {
    let whole = PixelImage(image)
    let highlight = frame(items, image)
    let view = PixelView(
      image: whole, highlight: highlight, scaleLimit: scaleLimit, picksPixels: true,
      isApproximate: true)
    let points = PixelView.points(within: room, capabilities: capabilities)
    let (height, width) = (
      min(image.shape.height, points.height - 2), min(image.shape.width, points.width - 2)
    )
    guard let highlight, view.isReduced(within: room, capabilities: capabilities), highlight.height <= height,
      highlight.width <= width
    else { return view }
    let window = Rect(
      row: (highlight.row + highlight.height / 2 - height / 2).clamped(to: 0...image.shape.height - height),
      column: (highlight.column + highlight.width / 2 - width / 2).clamped(to: 0...image.shape.width - width),
      height: height, width: width)
    return PixelView(
      image: whole.cropped(window),
      highlight: Rect(
        row: highlight.row - window.row, column: highlight.column - window.column, height: highlight.height,
        width: highlight.width), scaleLimit: 1, isApproximate: true)
  }
}

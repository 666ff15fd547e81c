import Foundation

/// Renders drawings one after another as one animated SVG, without scripts.
///
/// Style rules animate it, so that it also plays as a picture in a Markdown page. A viewer who
/// prefers reduced motion sees the last frame, and so does a program that cannot animate.
public struct SVGFilm: Sendable, Hashable {
  /// A drawing that is shown for some time.
  public struct Frame: Sendable, Hashable {
    /// The drawing.
    public let drawing: Drawing
    /// A line of text below it.
    public let caption: String
    /// How long it is shown.
    public let seconds: Double

    /// A frame.
    ///
    /// - Precondition: `seconds` is positive.
    public init(_ drawing: Drawing, caption: String, seconds: Double) {
      precondition(seconds > 0 && seconds.isFinite)
      self.drawing = drawing
      self.caption = caption
      self.seconds = seconds
    }
  }

  /// The side of a cell, in SVG's units.
  public let cellSide: Int
  private static let margin = 2
  private static let captionHeight = 30
  /// The least width, so that a caption fits below a small grid; and what a character takes of it.
  private static let (leastWidth, characterWidth) = (200, 7)

  /// - Precondition: `cellSide` is positive.
  public init(cellSide: Int = 32) {
    precondition(cellSide > 0)
    self.cellSide = cellSide
  }

  /// The film as an SVG document that starts over at its end; empty without frames. Frames whose
  /// grid is not that of the last one are left out.
  public func text(_ frames: [Frame], title: String) -> String {
    guard let grid = frames.last?.drawing.grid else { return "" }
    let frames = frames.filter { $0.drawing.grid == grid }
    let renderer = SVGRenderer(cellSide: cellSide)
    let (width, height) = (grid.columns * cellSide, grid.rows * cellSide)
    let outer = (
      width: max(Self.leastWidth, width) + 2 * Self.margin, height: height + Self.captionHeight
    )
    let parts = parts(of: frames, renderer)
    let last = frames[frames.count - 1]
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" \
      viewBox="\(-Self.margin) \(-Self.margin) \(outer.width) \(outer.height)" \
      width="\(outer.width)" height="\(outer.height)" role="img">
      <title>\(title.escapedForHTML)</title>
      <desc>\(last.caption.escapedForHTML)</desc>
      <style>
      \(renderer.styles)
      text.caption { font-size: 13px; text-anchor: start; }
      rect.progress { fill: #57606a; }
      \(motion(of: parts.map(\.span), frames))
      </style>

      """
    for (span, shapes) in parts {
      svg += span == 0..<frames.count ? shapes : "<g class=\"\(Self.name(span))\">\n\(shapes)</g>\n"
    }
    return svg + renderer.lines(last.drawing) + "</svg>\n"
  }

  /// The shapes by the frames in which they are seen, those that are always seen first.
  private func parts(
    of frames: [Frame], _ renderer: SVGRenderer
  ) -> [(span: Range<Int>, shapes: String)] {
    let grid = frames[0].drawing.grid
    var shapes: [Range<Int>: String] = [:]
    for index in 0..<grid.cells {
      let (row, column) = index.quotientAndRemainder(dividingBy: grid.columns)
      for span in Self.spans(frames.map { $0.drawing.cells[index] }) {
        let cell = frames[span.lowerBound].drawing.cells[index]
        guard cell.role != .outside else { continue }
        shapes[span, default: ""] += renderer.shape(
          cell, x: column * cellSide, y: row * cellSide)
      }
    }
    let below = grid.rows * cellSide
    for (index, frame) in frames.enumerated() {
      let share = Double(index + 1) / Double(frames.count)
      let room = max(Self.leastWidth, grid.columns * cellSide) / Self.characterWidth
      let caption =
        frame.caption.count > room ? "\(frame.caption.prefix(room - 1))…" : frame.caption
      let length = Int((Double(grid.columns * cellSide) * share).rounded())
      shapes[index..<index + 1, default: ""] += """
        <rect class="progress" y="\(below + 4)" width="\(length)" height="2"/>
        <text class="caption" x="0" y="\(below + 17)">\(caption.escapedForHTML)</text>

        """
    }
    return shapes.sorted { ($0.key.count, $1.key.lowerBound) > ($1.key.count, $0.key.lowerBound) }
      .map { ($0.key, $0.value) }
  }

  /// The runs of equal cells.
  private static func spans(_ cells: [Drawing.Cell]) -> [Range<Int>] {
    var starts = cells.indices.filter { $0 == 0 || cells[$0] != cells[$0 - 1] }
    starts.append(cells.count)
    return zip(starts, starts.dropFirst()).map { $0..<$1 }
  }

  private static func name(_ span: Range<Int>) -> String {
    "f\(span.lowerBound)-\(span.upperBound)"
  }

  /// The style rules that show each part in its frames.
  private func motion(of spans: [Range<Int>], _ frames: [Frame]) -> String {
    let total = frames.reduce(0) { $0 + $1.seconds }
    var ends: [Double] = [0]
    for frame in frames { ends.append(ends[ends.count - 1] + frame.seconds) }
    func share(_ index: Int) -> String { String(format: "%.2f%%", 100 * ends[index] / total) }
    let partial = spans.filter { $0 != 0..<frames.count }
    let hidden = partial.filter { $0.upperBound < frames.count }.map { ".\(Self.name($0))" }
    let keyframes = partial.map { span -> String in
      let before = span.lowerBound == 0 ? "" : "0% { opacity: 0; } "
      let after =
        span.upperBound == frames.count ? "" : " \(share(span.upperBound)) { opacity: 0; }"
      let shown = span.lowerBound == 0 ? "0%" : share(span.lowerBound)
      return "@keyframes \(Self.name(span)) { \(before)\(shown) { opacity: 1; }\(after) }"
    }
    let length = String(format: "%.2f", total)
    let rules = partial.map { span in
      ".\(Self.name(span)) { animation: \(Self.name(span)) \(length)s step-end infinite; }"
    }
    let still = hidden.isEmpty ? "" : hidden.joined(separator: ", ") + " { opacity: 0; }\n"
    return still + keyframes.joined(separator: "\n")
      + "\n@media (prefers-reduced-motion: no-preference) {\n"
      + rules.joined(separator: "\n") + "\n}"
  }
}

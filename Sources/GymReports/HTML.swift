import Gym

/// A piece of HTML or SVG. Interpolated texts are escaped; interpolated pieces are not.
///
/// ```swift
/// let cell: HTML = "<td title=\"\(name)\">\(name)</td>"
/// ```
/// Whatever `name` contains, it remains text, in an element and in a quoted attribute alike.
package struct HTML: Sendable, Hashable {
  /// The markup.
  package private(set) var text: String

  /// Markup that is known to be safe, such as the program's own style sheet.
  package init(trusted text: String) { self.text = text }

  package static func + (a: HTML, b: HTML) -> HTML { HTML(trusted: a.text + b.text) }
  package static func += (a: inout HTML, b: HTML) { a.text += b.text }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { text = value }
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }
    package mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    package mutating func appendInterpolation(_ value: Int) { text += String(value) }
    package mutating func appendInterpolation(_ value: String) { text += value.escapedForHTML }

    /// A length in a drawing, to a tenth.
    package mutating func appendInterpolation(_ length: Double) { text += length.inDrawing }

    /// A position as a percentage, to a hundredth.
    package mutating func appendInterpolation(percent value: Double) {
      text += Figures.fixed(2, of: value) + "%"
    }
  }
}

extension Sequence<HTML> {
  /// The concatenated pieces.
  package func joined(_ separator: HTML = "") -> HTML {
    HTML(trusted: map(\.text).joined(separator: separator.text))
  }
}

extension Double {
  /// The number to a tenth, for drawings; 0 if it is not a number.
  fileprivate var inDrawing: String {
    guard isFinite, abs(self) < 1e9 else { return "0" }
    let tenths = Int((self * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, part) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return part == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(part)"
  }
}

/// The style sheets that all pages of the program share.
package enum Styles {
  /// The colors, as custom properties. Series also differ in shape, verdicts in sign and word.
  package static let palette = text(PackageResources.palette_css)

  /// The colors for light and dark, and plain text.
  package static let page = palette + text(PackageResources.text_css)

  /// Charts of two sizes, their legends, and tabs.
  package static let figures = text(PackageResources.figures_css)

  /// The rules of what is drawn, on pages and in files of their own.
  package static let charts = text(PackageResources.charts_css)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

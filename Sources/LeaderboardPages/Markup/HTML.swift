/// A piece of HTML or SVG. Interpolated texts are escaped; interpolated pieces are not.
///
/// ```swift
/// let cell: HTML = "<td title=\"\(name)\">\(name)</td>"
/// ```
/// Whatever `name` contains, it remains text, in an element and in a quoted attribute alike.
struct HTML: Sendable, Hashable {
  /// The markup.
  private(set) var text: String

  /// An empty piece.
  init() { text = "" }

  /// Markup that is known to be safe, such as the program's own style sheet.
  init(trusted text: String) { self.text = text }

  static func + (a: HTML, b: HTML) -> HTML { HTML(trusted: a.text + b.text) }
  static func += (a: inout HTML, b: HTML) { a.text += b.text }
}

extension HTML: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    mutating func appendInterpolation(_ value: Int) { text += String(value) }
    mutating func appendInterpolation(_ value: String) { text += value.escapedForHTML }

    /// A length in a drawing, to a tenth.
    mutating func appendInterpolation(_ length: Double) { text += length.inDrawing }
  }
}

extension Sequence<HTML> {
  /// The concatenated pieces.
  func joined(_ separator: HTML = "") -> HTML {
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

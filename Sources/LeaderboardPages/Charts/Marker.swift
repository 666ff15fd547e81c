/// Marks whose shapes distinguish lines when colors do not.
enum Marker {
  /// The mark of a line, centered at a position.
  static func svg(_ index: Int, x: Double, y: Double) -> HTML {
    switch index % 4 {
    case 0: "<circle class=\"mark\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\"/>"
    case 1: "<path class=\"mark\" d=\"M\(x - 4) \(y - 4)h8v8h-8z\"/>"
    case 2: "<path class=\"mark\" d=\"M\(x) \(y - 5)l5 9h-10z\"/>"
    default: "<path class=\"mark\" d=\"M\(x) \(y - 5.5)l5.5 5.5l-5.5 5.5l-5.5 -5.5z\"/>"
    }
  }
}

/// The sixteen concept groups of ConceptARC (arXiv 2305.07141), named as its folders.
public enum ARCConcept: String, Sendable, Hashable, CaseIterable {
  /// Objects above or below something else.
  case aboveBelow = "AboveBelow"
  /// The middle of an object, or the middle one of several.
  case center = "Center"
  /// Noise to remove.
  case cleanUp = "CleanUp"
  /// Shapes with a missing part.
  case completeShape = "CompleteShape"
  /// Objects to copy to another position.
  case copy = "Copy"
  /// The number of objects.
  case count = "Count"
  /// Lines to extend to the border.
  case extendToBoundary = "ExtendToBoundary"
  /// One object, cut out.
  case extractObjects = "ExtractObjects"
  /// Solid and hollow shapes.
  case filledNotFilled = "FilledNotFilled"
  /// Horizontal and vertical lines.
  case horizontalVertical = "HorizontalVertical"
  /// Objects inside and outside a frame.
  case insideOutside = "InsideOutside"
  /// Objects that slide until something stops them.
  case moveToBoundary = "MoveToBoundary"
  /// Objects ordered by rank.
  case order = "Order"
  /// Objects that are alike, and those that are not.
  case sameDifferent = "SameDifferent"
  /// The highest and the lowest object in the picture.
  case topBottom2D = "TopBottom2D"
  /// The overlapping object that is on top.
  case topBottom3D = "TopBottom3D"

  /// Whether it is one of the four groups that are kept for the split `unseen` if concepts are
  /// chosen by split.
  var isHeldOut: Bool { [.center, .copy, .insideOutside, .order].contains(self) }
}

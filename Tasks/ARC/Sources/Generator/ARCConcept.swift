/// The sixteen concept groups of ConceptARC (arXiv 2305.07141), under its folders' names.
public enum ARCConcept: String, Sendable, Hashable, CaseIterable {
  /// What lies above or below something else.
  case aboveBelow = "AboveBelow"
  /// The middle of a thing, or the middle one of several.
  case center = "Center"
  /// Noise that is to go.
  case cleanUp = "CleanUp"
  /// Shapes of which a part is missing.
  case completeShape = "CompleteShape"
  /// Objects that are to stand elsewhere too.
  case copy = "Copy"
  /// How many there are.
  case count = "Count"
  /// Lines that are to reach the border.
  case extendToBoundary = "ExtendToBoundary"
  /// One object, cut out.
  case extractObjects = "ExtractObjects"
  /// Solid shapes against hollow ones.
  case filledNotFilled = "FilledNotFilled"
  /// Lying lines against standing ones.
  case horizontalVertical = "HorizontalVertical"
  /// What a frame holds against what it does not.
  case insideOutside = "InsideOutside"
  /// Objects that are to slide until something stops them.
  case moveToBoundary = "MoveToBoundary"
  /// Objects by rank.
  case order = "Order"
  /// What is alike against what is not.
  case sameDifferent = "SameDifferent"
  /// The highest and the lowest object in the picture.
  case topBottom2D = "TopBottom2D"
  /// Which of overlapping objects lies on top.
  case topBottom3D = "TopBottom3D"
}

/// The sixteen concept groups of ConceptARC (arXiv 2305.07141), under its folders' names.
public enum ARCConcept: String, Sendable, Hashable, CaseIterable {
  case aboveBelow = "AboveBelow"
  case center = "Center"
  case cleanUp = "CleanUp"
  case completeShape = "CompleteShape"
  case copy = "Copy"
  case count = "Count"
  case extendToBoundary = "ExtendToBoundary"
  case extractObjects = "ExtractObjects"
  case filledNotFilled = "FilledNotFilled"
  case horizontalVertical = "HorizontalVertical"
  case insideOutside = "InsideOutside"
  case moveToBoundary = "MoveToBoundary"
  case order = "Order"
  case sameDifferent = "SameDifferent"
  case topBottom2D = "TopBottom2D"
  case topBottom3D = "TopBottom3D"
}

import Gym

/// A procedural family of ARC tasks: one kind of rule, whose free choices (colors, a direction) a
/// value of the type holds.
///
/// A family draws question and answer together, knowing what it draws; `apply` derives the answer
/// from the question alone. A test compares the two.
package protocol ARCFamily: Sendable {
  /// The name in settings and in task names: lower-case words joined by hyphens.
  static var name: String { get }
  static var concept: ARCConcept { get }

  /// Makes the free choices of one task's rule.
  init(_ style: ARCStyle, using random: inout RandomStream)

  /// Draws a question with its answer; nil if the objects did not fit.
  func draw(using random: inout RandomStream) -> ARCPair?

  /// The rule as a program; nil for a grid that the rule does not apply to.
  func apply(_ question: ARCGrid) -> ARCGrid?
}

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

extension ARCGenerator {
  /// All families, two per concept group, in the order of the groups.
  package static let families: [any ARCFamily.Type] = [
    RecolorAbove.self,
    ShadeBelow.self,
    ExtractMiddle.self,
    MarkCenter.self,
    RemoveSpecks.self,
    RepairRectangles.self,
    CompleteFrames.self,
    CompleteMirror.self,
    CopyBeside.self,
    CopyToMarkers.self,
    CountToBar.self,
    MostFrequent.self,
    ExtendSegments.self,
    ShootRays.self,
    ExtractFramed.self,
    ExtractLargest.self,
    FillHollow.self,
    RecolorFilled.self,
    KeepDirection.self,
    RecolorByDirection.self,
    KeepInside.self,
    RecolorInside.self,
    SlideToEdge.self,
    SlideToWall.self,
    RankBySize.self,
    SortBars.self,
    ExtractOddOne.self,
    MarkDifferences.self,
    ExtractLowest.self,
    RecolorTopmost.self,
    BringToFront.self,
    ExtractUpper.self,
  ]
}

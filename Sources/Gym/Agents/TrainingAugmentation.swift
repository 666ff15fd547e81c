/// How training examples are varied each time that they are drawn.
public struct TrainingAugmentation: Sendable, Hashable {
  /// Whether every draw of an example is another of its symmetric copies.
  public let drawsFreshSymmetry: Bool
  /// The share of drawn examples that get further clues: some of their blanks are filled in from the
  /// answer, a share of them that is drawn anew for each (arXiv 2601.10679).
  public let revealed: Schedule

  /// Examples as the dataset has them.
  public static let none = TrainingAugmentation(drawsFreshSymmetry: false, revealed: Schedule(0))

  /// A way to vary examples.
  public init(drawsFreshSymmetry: Bool, revealed: Schedule) {
    (self.drawsFreshSymmetry, self.revealed) = (drawsFreshSymmetry, revealed)
  }

  /// Whether examples are ever varied.
  public var isNone: Bool { !drawsFreshSymmetry && revealed.values.allSatisfy { $0 == 0 } }
}

/// How training examples are varied each time they are drawn.
public struct TrainingAugmentation: Sendable, Hashable {
  /// Whether each draw of an example uses a new random symmetric copy.
  public let drawsFreshSymmetry: Bool
  /// The share of drawn examples that get extra clues: some of their blanks, a randomly drawn
  /// share, are filled in from the answer (arXiv 2601.10679).
  public let revealed: Schedule

  /// Examples as they are in the dataset.
  public static let none = TrainingAugmentation(drawsFreshSymmetry: false, revealed: Schedule(0))

  /// An augmentation.
  public init(drawsFreshSymmetry: Bool, revealed: Schedule) {
    (self.drawsFreshSymmetry, self.revealed) = (drawsFreshSymmetry, revealed)
  }

  /// Whether examples are ever varied.
  public var isNone: Bool { !drawsFreshSymmetry && revealed.values.allSatisfy { $0 == 0 } }
}

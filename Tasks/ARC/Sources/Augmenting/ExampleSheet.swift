import Gym

/// An example whose canvases are decoded once, to be written in many variants.
struct ExampleSheet {
  private let example: Example
  private let question: ARCGrid?
  private let answer: ARCGrid?
  /// The patterns of both grids under each rotation and reflection, by its number; empty if a
  /// canvas contains no grid.
  private let patterns: [ColorPattern]

  init(_ example: Example) {
    self.example = example
    question = ARCCanvas.placement(in: example.question)?.grid
    answer = ARCCanvas.placement(in: example.answer)?.grid
    if let question, let answer {
      patterns = ARCDihedral.allCases.map { dihedral in
        let turn = ARCAugmentation(dihedral, .identity)
        return ColorPattern([question.augmented(by: turn), answer.augmented(by: turn)])
      }
    } else {
      patterns = []
    }
  }

  /// Writes the augmented example over another of its variants.
  func write(as augmentation: ARCAugmentation, to variant: inout Example) {
    Self.write(question, of: example.question, as: augmentation, to: &variant.question)
    Self.write(answer, of: example.answer, as: augmentation, to: &variant.answer)
  }

  private static func write(
    _ grid: ARCGrid?, of tokens: [UInt8], as augmentation: ARCAugmentation,
    to variant: inout [UInt8]
  ) {
    if let grid {
      ARCCanvas.write(grid, as: augmentation, to: &variant)
    } else {
      variant =
        tokens.count == ARCCanvas.cells ? augmentation.symmetry.applied(to: tokens) : tokens
    }
  }

  /// A hash of the augmented example.
  private func content(as augmentation: ARCAugmentation) -> UInt64 {
    if !patterns.isEmpty {
      return patterns[augmentation.dihedral.rawValue].content(as: augmentation.colors)
    }
    var turned = example
    write(as: augmentation, to: &turned)
    var hash = ContentHash()
    for tokens in [turned.question, turned.answer] {
      hash.absorb(UInt64(tokens.count))
      hash.absorb(tokens)
    }
    return hash.value
  }

  /// A hash of the augmented examples, independent of their order.
  static func content(_ sheets: [ExampleSheet], as augmentation: ARCAugmentation) -> UInt64 {
    sheets.reduce(0) { $0 &+ $1.content(as: augmentation) }
  }
}

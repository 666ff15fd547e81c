import Gym

/// An example whose canvases were read once, to be written in many variants.
struct ExampleSheet {
  private let example: Example
  private let question: ARCGrid?
  private let answer: ARCGrid?
  /// The patterns of both grids under each turn and mirror, by its number; empty if a canvas
  /// holds none.
  private let patterns: [ColourPattern]

  init(_ example: Example) {
    self.example = example
    question = ARCCanvas.placement(in: example.question)?.grid
    answer = ARCCanvas.placement(in: example.answer)?.grid
    if let question, let answer {
      patterns = ARCDihedral.allCases.map { dihedral in
        let turn = ARCAugmentation(dihedral, .identity)
        return ColourPattern([question.augmented(by: turn), answer.augmented(by: turn)])
      }
    } else {
      patterns = []
    }
  }

  /// Writes the example as an augmentation turns and recolours it over another of its variants.
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

  /// A hash of what the example holds as an augmentation turns and recolours it.
  private func content(as augmentation: ARCAugmentation) -> UInt64 {
    if !patterns.isEmpty {
      return patterns[augmentation.dihedral.rawValue].content(as: augmentation.colours)
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

  /// A hash of what the sheets hold as an augmentation turns and recolours them, in any order.
  static func content(_ sheets: [ExampleSheet], as augmentation: ARCAugmentation) -> UInt64 {
    sheets.reduce(0) { $0 &+ $1.content(as: augmentation) }
  }
}

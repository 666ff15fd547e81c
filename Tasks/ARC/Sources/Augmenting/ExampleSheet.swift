import Gym

/// An example whose canvases were read once, to be written in many variants.
struct ExampleSheet {
  private let example: Example
  private let question: ARCGrid?
  private let answer: ARCGrid?
  /// The patterns of both grids under each turn and mirror, by its number; empty where a canvas
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

  func example(as augmentation: ARCAugmentation) -> Example {
    Example(
      question: canvas(question, of: example.question, as: augmentation),
      answer: canvas(answer, of: example.answer, as: augmentation),
      rating: example.rating, source: example.source)
  }

  private func canvas(
    _ grid: ARCGrid?, of tokens: [UInt8], as augmentation: ARCAugmentation
  ) -> [UInt8] {
    if let grid { return ARCCanvas.encode(grid, as: augmentation) }
    return tokens.count == ARCCanvas.cells ? augmentation.symmetry.applied(to: tokens) : tokens
  }

  /// A hash of what the example holds as an augmentation turns and recolours it.
  private func content(as augmentation: ARCAugmentation) -> UInt64 {
    if !patterns.isEmpty {
      return patterns[augmentation.dihedral.rawValue].content(as: augmentation.colours)
    }
    let turned = example(as: augmentation)
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

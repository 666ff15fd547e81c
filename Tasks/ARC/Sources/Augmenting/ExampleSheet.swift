import Gym

/// An example whose canvases were read once, to be written in many variants.
struct ExampleSheet {
  private let example: Example
  private let question: ARCGrid?
  private let answer: ARCGrid?

  init(_ example: Example) {
    self.example = example
    question = ARCCanvas.placement(in: example.question)?.grid
    answer = ARCCanvas.placement(in: example.answer)?.grid
  }

  func example(as augmentation: ARCAugmentation) -> Example {
    var result = example
    result.question = canvas(question, of: example.question, as: augmentation)
    result.answer = canvas(answer, of: example.answer, as: augmentation)
    return result
  }

  private func canvas(
    _ grid: ARCGrid?, of tokens: [UInt8], as augmentation: ARCAugmentation
  ) -> [UInt8] {
    if let grid { return ARCCanvas.encode(grid, as: augmentation) }
    return tokens.count == ARCCanvas.cells ? augmentation.symmetry.applied(to: tokens) : tokens
  }

  /// A hash of what the sheets hold as an augmentation turns and recolours it, in any order.
  static func content(_ sheets: [ExampleSheet], as augmentation: ARCAugmentation) -> UInt64 {
    var sum: UInt64 = 0
    for sheet in sheets {
      var hash = ContentHash()
      for (grid, tokens) in [
        (sheet.question, sheet.example.question), (sheet.answer, sheet.example.answer),
      ] {
        if let grid {
          hash.absorb(grid, as: augmentation)
        } else {
          hash.absorb(sheet.canvas(nil, of: tokens, as: augmentation))
        }
      }
      sum &+= hash.value
    }
    return sum
  }
}

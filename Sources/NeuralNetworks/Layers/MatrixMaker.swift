import Tensors

/// Makes the matrices of a block, with names that start with the block's.
struct MatrixMaker {
  private let block: String
  private let initializer: Initializer
  private let computeType: ElementType

  init(_ block: String, _ initializer: Initializer, _ computeType: ElementType) {
    (self.block, self.initializer, self.computeType) = (block, initializer, computeType)
  }

  /// A matrix [outputs, inputs] with initial weights.
  func callAsFunction(
    _ part: String, _ outputs: Int, _ inputs: Int, _ layout: PackedMatrix.Layout = .plain
  ) -> Parameter {
    let name = "\(block).\(part).weight"
    return Parameter(
      name, initializer.lecun(name, outputs, inputs), computeType: computeType, layout: layout)
  }
}

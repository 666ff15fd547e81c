import Foundation

/// Tokens of a batch, [batch, cells].
public struct TokenGrid: Sendable, Hashable {
  /// The number of sequences.
  public let batch: Int
  /// The number of tokens per sequence.
  public let cells: Int
  /// The tokens, sequence by sequence; none is negative.
  public let tokens: [Int32]

  /// - Precondition: there is a token for each cell, none negative.
  public init(batch: Int, cells: Int, tokens: [Int32]) {
    precondition(tokens.count == batch * cells && tokens.allSatisfy { $0 >= 0 })
    self.batch = batch
    self.cells = cells
    self.tokens = tokens
  }
}

/// Where a block of rows begins: in which entry of the batch, and at which of its rows.
public struct RowPlace: Sendable, Hashable {
  let entry: Int
  let row: Int

  /// - Precondition: neither is negative.
  public init(entry: Int, row: Int) {
    precondition(entry >= 0 && row >= 0)
    (self.entry, self.row) = (entry, row)
  }
}

/// The dimensions of an attention, derived from its input and checked.
struct AttentionExtents {
  let batch: Int
  let length: Int
  let heads: Int
  let headSize: Int

  /// - Precondition: qkv is [batch, length, 3·heads·headSize] and the rotary table fits.
  init(qkv: Tensor, heads: Int, rotary: RotaryTable?) {
    precondition(
      qkv.shape.rank == 3 && heads > 0 && qkv.shape.last % (3 * heads) == 0,
      "\(qkv.shape) is not a qkv of \(heads) heads")
    batch = qkv.shape[0]
    length = qkv.shape[1]
    self.heads = heads
    headSize = qkv.shape.last / (3 * heads)
    if let rotary {
      precondition(
        rotary.cosine.shape == [length, headSize / 2] && headSize % 2 == 0,
        "a rotary table \(rotary.cosine.shape) for \(length) positions and head size \(headSize)")
    }
  }

  var outShape: Shape { [batch, length, heads * headSize] }
  var logSumsShape: Shape { [batch, heads, length] }
}

/// Cosines and sines of rotary positions, two-halves convention (arXiv 2104.09864).
public struct RotaryTable: Sendable {
  /// The cosines, [seq, headSize / 2], f32.
  public let cosine: Tensor
  /// The sines, [seq, headSize / 2], f32.
  public let sine: Tensor

  /// The table for `length` positions.
  ///
  /// - Precondition: the head size is even.
  public init(length: Int, headSize: Int, theta: Double = 10_000) {
    precondition(headSize > 0 && headSize % 2 == 0, "rotary positions need an even head size")
    let half = headSize / 2
    var cosines: [Float] = []
    var sines: [Float] = []
    for position in 0..<length {
      for index in 0..<half {
        // In f32, as in the recordings.
        let frequency = 1 / Float(pow(theta, Double(Float(2 * index) / Float(headSize))))
        let angle = Float(position) * frequency
        cosines.append(cos(angle))
        sines.append(sin(angle))
      }
    }
    cosine = Tensor(cosines, shape: [length, half])
    sine = Tensor(sines, shape: [length, half])
  }

  /// A table with some of the positions, in their order.
  ///
  /// - Precondition: the positions are in the table.
  public func rows(_ positions: [Int]) -> RotaryTable {
    func chosen(_ table: Tensor) -> Tensor {
      let result = Tensor(zeros: [positions.count, table.shape[1]])
      for (row, position) in positions.enumerated() {
        result.row(row).copy(from: table.row(position))
      }
      return result
    }
    return RotaryTable(cosine: chosen(cosine), sine: chosen(sine))
  }

  private init(cosine: Tensor, sine: Tensor) {
    (self.cosine, self.sine) = (cosine, sine)
  }

  /// The table of a grid: the first half of the pairs of numbers rotates with a cell's row, the
  /// second half with its column; the `prefix` positions before the cells do not rotate.
  ///
  /// - Precondition: the head size is a multiple of 4.
  public init(rows: Int, columns: Int, prefix: Int, headSize: Int, theta: Double) {
    precondition(headSize > 0 && headSize % 4 == 0, "two axes need a head size of 4, 8, 12, ...")
    let (half, quarter) = (headSize / 2, headSize / 4)
    let angles = (0..<prefix + rows * columns).flatMap { position -> [Float] in
      let cell = position - prefix
      let places = cell < 0 ? (0, 0) : (cell / columns, cell % columns)
      return (0..<half).map { index in
        let place = index < quarter ? places.0 : places.1
        let frequency = pow(theta, -Double(index % quarter) / Double(quarter))
        return Float(Double(place) * frequency)
      }
    }
    cosine = Tensor(angles.map(cos), shape: [prefix + rows * columns, half])
    sine = Tensor(angles.map(sin), shape: [prefix + rows * columns, half])
  }
}

/// How logits become probabilities in a cross-entropy; both are computed in f64.
public enum CrossEntropy: String, Sendable, Hashable, CaseIterable {
  /// The usual exp(x), divided by the sum over all classes.
  case softmax
  /// s(x) = x + 1 for x ≥ 0 and 1/(1 − x) below, instead of exp (arXiv 2501.04697).
  case stablemax
}

/// The parameters of one step of AdamW or AdamATan2, with decoupled weight decay.
public struct AdamStep: Sendable, Hashable {
  /// The learning rate.
  public let rate: Float
  /// The weight decay: parameters are first multiplied by 1 − rate · decay.
  public let decay: Float
  /// The decay rate of the first moments, in 0..<1.
  public let beta1: Float
  /// The decay rate of the second moments, in 0..<1.
  public let beta2: Float
  /// 1 − beta1ᵗ, by which the first moments are divided.
  public let correction1: Float
  /// 1 − beta2ᵗ, by which the second moments are divided.
  public let correction2: Float

  /// Step `t`, counted from 1.
  ///
  /// - Precondition: t is positive, the betas are in 0..<1.
  public init(t: Int, rate: Double, decay: Double, beta1: Double, beta2: Double) {
    precondition(t > 0 && (0..<1).contains(beta1) && (0..<1).contains(beta2))
    self.rate = Float(rate)
    self.decay = Float(decay)
    self.beta1 = Float(beta1)
    self.beta2 = Float(beta2)
    correction1 = Float(1 - pow(beta1, Double(t)))
    correction2 = Float(1 - pow(beta2, Double(t)))
  }
}

/// A batch of grids with `width` numbers per cell.
struct Grid {
  let batch: Int
  let cells: Int
  let rows: Int
  let width: Int

  /// - Precondition: the shape is [batch, cells, width], and the cells are whole rows.
  init(_ shape: Shape, columns: Int) {
    precondition(
      shape.rank == 3 && columns > 0 && shape[1] % columns == 0,
      "\(shape) is not a batch of grids with \(columns) columns")
    (batch, cells, width) = (shape[0], shape[1], shape[2])
    rows = cells / columns
  }

  /// - Precondition: the shape is [batch, cells, 9 · width], and the cells are whole rows.
  init(patches shape: Shape, columns: Int) {
    precondition(shape.last % 9 == 0, "\(shape) are not patches")
    self.init(Shape(shape.extents.dropLast() + [shape.last / 9]), columns: columns)
  }
}

import Gym
import GymNetworks
import GymTensors

/// Reads a puzzle's demonstrations into rows in front of its cells, to which every update attends.
///
/// A stack of its own sees a demonstration's question and answer laid upon each other, with learned
/// rows in front. What it leaves in those rows stands for the demonstration: a rule is known by its
/// examples, and a puzzle that was never trained on needs no embedding of its own.
struct DemonstrationReader: Sendable {
  private let configuration: NeuralConfiguration
  private let sizes: NeuralConfiguration.Demonstrations
  /// Token embeddings of questions and of answers, [V, D] each, and positions, [R + T, D].
  private let questions: Parameter
  private let answers: Parameter
  private let positions: Parameter
  private let stack: TransformerStack
  private let rotary: RotaryTable?

  /// A reader with initial weights; nil if demonstrations are not read.
  ///
  /// - Parameter table: makes a table with a name and a number of rows.
  init?(
    _ configuration: NeuralConfiguration, initializer: Initializer,
    table: (String, Int) -> Parameter
  ) {
    guard let sizes = configuration.demonstrations else { return nil }
    self.configuration = configuration
    self.sizes = sizes
    (questions, answers, positions) = (
      table("demonstrations.questions", configuration.vocabularyCount),
      table("demonstrations.answers", configuration.vocabularyCount),
      table("demonstrations.positions", sizes.rows + configuration.cells)
    )
    stack = TransformerStack(
      "demonstrations", blocks: sizes.blocks, configuration.block, initializer: initializer,
      computeType: configuration.activationType)
    rotary = RotaryTable(configuration, prefix: sizes.rows)
  }

  var tables: [Parameter] { [questions, answers, positions] }
  var matrices: [Parameter] { stack.parameters }

  /// The rows of each puzzle's first demonstrations, [B, S, D] with zeros at the cells, and the
  /// operations that each puzzle took; nil if no puzzle has any.
  func rows(
    of demonstrations: [[Example]], on replica: Replica
  ) -> (rows: Variable, operations: [Double])? {
    let tape = replica.tape
    var (places, read) = ([RowPlace](), [Variable]())
    let operations = demonstrations.enumerated().map { entry, examples in
      tape.counting {
        for (index, example) in examples.prefix(sizes.count).enumerated() {
          let row = configuration.prefixRows + (index - sizes.count) * sizes.rows
          places.append(RowPlace(entry: entry, row: row))
          read.append(rows(of: example, on: replica))
        }
      }.flops
    }
    guard !read.isEmpty else { return nil }
    let placed = tape.placed(
      read, at: places, batch: demonstrations.count, length: configuration.length)
    return (placed, operations)
  }

  /// The rows of one demonstration, [1, R, D].
  ///
  /// Only the rectangle of cells that question or answer use is read, since most grids are much
  /// smaller than the canvas.
  private func rows(of example: Example, on replica: Replica) -> Variable {
    let (tape, cells) = (replica.tape, usedCells(of: example))
    let front = Tensor(zeros: [1, sizes.rows, configuration.block.hidden])
    // Three vectors are added up at a cell.
    let scale = (Float(configuration.block.hidden) / 3).squareRoot()
    func embedded(_ tokens: [Int32], _ table: Parameter, _ front: Tensor?) -> Variable {
      let grid = TokenGrid(batch: 1, cells: tokens.count, tokens: tokens)
      return tape.embed(
        grid, table: replica.table(table), prefix: front, positions: nil, scale: scale
      ) { _ in }
    }
    let places = (0..<sizes.rows).map(Int32.init) + cells.map { Int32(sizes.rows + $0) }
    let laid = tape.add(
      embedded(cells.map { Int32(example.question[$0]) }, questions, front),
      embedded(cells.map { Int32(example.answer[$0]) }, answers, front),
      embedded(places, positions, nil))
    return tape.firstRows(
      stack(laid, rotary: rotary?.rows(places.map(Int.init)), on: replica), count: sizes.rows)
  }

  /// The cells of the least rectangle that holds all of a demonstration but padding.
  private func usedCells(of example: Example) -> [Int] {
    let columns = configuration.grid.columns
    let used = example.question.indices.filter {
      example.question[$0] != Vocabulary.padding || example.answer[$0] != Vocabulary.padding
    }
    guard let first = used.first, let last = used.last else { return [0] }
    let across = used.map { $0 % columns }
    let (left, right) = (across.min() ?? 0, across.max() ?? 0)
    return (first / columns...last / columns).flatMap { row in
      (left...right).map { row * columns + $0 }
    }
  }
}

extension NeuralConfiguration {
  /// How many of a puzzle's demonstrations are read, the rows that each is read into, and the
  /// blocks that read it.
  public struct Demonstrations: Sendable, Hashable {
    let count: Int
    let rows: Int
    let blocks: Int
  }

  static let demonstrationSettings = Setting.list(
    demonstrationCount, demonstrationRows, demonstrationBlocks)
  private static let demonstrationCount = Setting.integer(
    "demonstrations", "solved examples of a puzzle (ARC) that are read; 0 for none", default: 0,
    in: 0...16)
  private static let demonstrationRows = Setting.integer(
    "demonstration-rows", "rows in front of the cells that each is read into", default: 4,
    in: 1...64
  ).unless(demonstrationCount, is: 0)
  private static let demonstrationBlocks = Setting.integer(
    "demonstration-blocks", "blocks that read them", default: 2, in: 1...64
  ).unless(demonstrationCount, is: 0)

  /// The demonstrations that settings ask for; nil for none.
  ///
  /// - Throws: a `GymError` if other settings exclude them.
  static func demonstrations(
    _ settings: Settings, hasSymbolAxis: Bool, puzzleWidth: Int
  ) throws -> Demonstrations? {
    let count = settings[demonstrationCount]
    guard count > 0 else { return nil }
    guard !hasSymbolAxis else {
      throw GymError(
        "demonstrations is \(count), and the states have an axis of symbols",
        remedy: "Set demonstrations to 0: they are read into rows of one channel")
    }
    guard puzzleWidth == 0 || !settings[freshSymmetry] else {
      throw GymError(
        "fresh-symmetry would change what a puzzle's embedding stands for",
        remedy: "Set puzzle-width to 0: the demonstrations say what the puzzle is")
    }
    return Demonstrations(
      count: count, rows: settings[demonstrationRows], blocks: settings[demonstrationBlocks])
  }
}

import Gym
import GymNetworks
import GymTensors

/// Sizes and training of a neural agent, without what its network alone knows; a value that
/// exists is a possible one.
public struct NeuralConfiguration: Sendable, Hashable {
  /// The ways in which a cell's place may enter the model.
  public enum Positions: String, Sendable, Hashable, CaseIterable {
    /// Rotary, in every attention (arXiv 2104.09864).
    case rotary
    /// Rotary over the two axes of the grid: half of each head turns with the row, half with the
    /// column.
    case rotary2D = "rotary-2d"
    /// A learned vector for each position, added to the input.
    case learned
    /// A learned vector for each row and one for each column, added to the input.
    case rowsColumns = "rows-columns"
    /// The same, and one for each of the task's regions, such as the boxes of a Sudoku.
    case rowsColumnsRegions = "rows-columns-regions"
    /// Both `rotary2D`, which tells how far two cells lie apart, and `learned`, which tells the
    /// cell's place: the blocks of a Sudoku, for example, need both.
    case rotary2DLearned = "rotary-2d+learned"

    /// Whether cells learn the vector of their region.
    var knowsRegions: Bool { self == .rowsColumnsRegions }

    /// Whether attention turns with the two axes of the grid.
    var turnsWithAxes: Bool { self == .rotary2D || self == .rotary2DLearned }
  }

  /// Which updates of a segment positions are added to, if they are vectors.
  public enum PositionInjection: String, Sendable, Hashable, CaseIterable {
    /// Those that read the question.
    case question
    /// Every one.
    case every
  }

  /// The optimizer of the weights; puzzle embeddings have a sign-SGD of their own.
  public enum OptimizerKind: String, Sendable, Hashable, CaseIterable {
    /// AdamATan2 (arXiv 2407.05872), as published.
    case adamATan2 = "adam-atan2"
    /// AdamW (arXiv 1711.05101).
    case adamW = "adamw"
    /// Muon for the matrices of the blocks, AdamW for the rest.
    case muon
  }

  /// Which cells the loss is over.
  public enum LossCells: String, Sendable, Hashable, CaseIterable {
    /// Every cell that has a label.
    case asked
    /// Those of them whose question is blank; an answer then repeats the other cells as they are
    /// given. For tasks that have a blank token.
    case blanks
  }

  // The arrangement.
  /// The sizes of a block; D is its hidden size.
  public let block: BlockConfiguration
  /// A SwiGLU over n numbers is this · n · 2/3 wide, rounded up to a multiple of 256.
  public let expansion: Double
  /// How a cell's place enters the model.
  public let positions: Positions
  /// The base of rotary positions.
  public let rotaryBase: Double
  /// Which updates positions are added to.
  public let positionInjection: PositionInjection
  /// The width e of the puzzle embedding; 0 for none.
  public let puzzleWidth: Int
  /// How a puzzle's demonstrations are read; nil if they are not.
  public let demonstrations: Demonstrations?
  /// P, the positions in front of the cells: those of the puzzle embedding, or more, and then those
  /// of the demonstrations.
  public let prefixRows: Int
  /// The storage type of activations, and of weights in products.
  public let activationType: ElementType

  // The task.
  /// V, padding included.
  public let vocabularyCount: Int
  /// The cells' arrangement.
  public let grid: GridShape
  /// The region of each cell, if the task has regions and `positions` knows them.
  public let regions: [Int]
  /// The token of a cell to fill in, if the task has such a token.
  public let blank: UInt8?
  /// The axis of symbols, if the network has one.
  let symbols: SymbolAxis?
  /// The number of puzzle identifiers, at least 1.
  public let puzzleIdentifiers: Int

  // Training.
  /// The number of slots: puzzles that are learned from side by side.
  public let batchSize: Int
  /// The cross-entropy over the cells.
  public let loss: CrossEntropy
  /// The share of the target that label smoothing spreads over all tokens.
  public let labelSmoothing: Double
  /// Which cells the loss is over.
  public let lossCells: LossCells
  /// The weight of the halting head's loss.
  public let haltingWeight: Schedule
  /// M_max, the most segments that a puzzle gets.
  public let segments: Schedule
  /// ε, the probability that a slot gets a minimum of segments at a step.
  public let exploration: Double
  /// The optimizer of the weights.
  public let optimizer: OptimizerKind
  /// The learning rate of all that no other rate is for.
  public let rate: Schedule
  /// The learning rate of Muon's matrices.
  public let matrixRate: Schedule
  /// The learning rate of the puzzle embedding's sign-SGD.
  public let puzzleRate: Schedule
  /// The steps over which each rate rises to its schedule in a straight line; 0 for no warm-up.
  public let warmupSteps: Int
  /// The decoupled weight decay of all that no other decay is for.
  public let decay: Double
  /// The decoupled weight decay of Muon's matrices.
  public let matrixDecay: Double
  /// The decoupled weight decay of the puzzle embedding.
  public let puzzleDecay: Double
  /// β₁, the share that the first moment keeps.
  public let beta1: Double
  /// β₂, the share that the second moment keeps.
  public let beta2: Double
  /// The share that Muon's momentum keeps.
  public let momentum: Double
  /// The largest norm of all gradients together; 0 for no clipping.
  public let clip: Double
  /// The share that the average of the weights keeps at each step; 0 for no average.
  public let averageDecay: Double

  /// How training examples are varied each time that they are drawn.
  public let augmentation: TrainingAugmentation

  /// T, the cells of a question.
  public var cells: Int { grid.cells }
  /// The positions in front of the cells without those of demonstrations, which come after these.
  var plainPrefixRows: Int { prefixRows - (demonstrations.map { $0.count * $0.rows } ?? 0) }
  /// The positions that the puzzle embedding takes, the first ones.
  var embeddingRows: Int { (puzzleWidth + block.hidden - 1) / block.hidden }
  /// S = P + T.
  public var length: Int { prefixRows + cells }
  /// C, the channels of each position: 1 without an axis of symbols.
  var channels: Int { symbols?.channels ?? 1 }
  /// R = C · S, the rows of a puzzle's states.
  var rows: Int { channels * length }
  /// The most segments that a puzzle gets once training is over.
  public var maxSegments: Int { segments.wholeValue(at: 1) }

  /// Whether a cell with this token in the question is to be answered, and not repeated.
  func asks(_ token: UInt8) -> Bool { lossCells == .asked || token == blank }

  /// Answers [n · T] to questions, with the cells that are not answered repeated as they are given.
  func completed(_ answers: [UInt8], of questions: some Collection<UInt8>) -> [UInt8] {
    guard lossCells == .blanks else { return answers }
    return zip(answers, questions).map { asks($1) ? $0 : $1 }
  }

  /// A rate at a training step, counted from 1, with a share of the budget used before it.
  func rate(_ schedule: Schedule, step: Int, progress: Double) -> Double {
    let warmth = step < warmupSteps ? Double(step) / Double(warmupSteps) : 1
    return schedule.value(at: progress) * warmth
  }

  /// The puzzles that go through the network at once: few, so that what one operation leaves is
  /// still in the cache when the next one reads it, but enough to reuse the products'
  /// weights (eight of 9×9 cells: Benchmarks/NOTES.md).
  var puzzlesAtOnce: Int { max(1, 656 / rows) }

  /// A range of puzzles in parts of that size at most, as even as can be.
  func parts(of range: Range<Int>) -> [Range<Int>] {
    let count = (range.count + puzzlesAtOnce - 1) / puzzlesAtOnce
    return (0..<count).map {
      range.lowerBound + range.count * $0 / count..<range.lowerBound + range.count * ($0 + 1)
        / count
    }
  }
}

extension NeuralConfiguration {
  /// Validates external input before it reaches a kernel.
  func check(_ questions: QuestionBatch) throws {
    guard questions.cells == cells else {
      throw GymError(
        "the questions have \(questions.cells) cells",
        expected: "\(cells), as the model was made for")
    }
    guard areTokens(questions.questions) else {
      throw GymError(
        "a question holds a token outside the vocabulary",
        expected: "tokens below \(vocabularyCount)")
    }
    guard
      questions.demonstrations.joined().allSatisfy({
        $0.question.count == cells && $0.answer.count == cells && areTokens($0.question)
          && areTokens($0.answer)
      })
    else {
      throw GymError(
        "a demonstration does not fit the grid or the vocabulary",
        expected: "question and answer of \(cells) tokens below \(vocabularyCount)")
    }
    let known = Int32(puzzleIdentifiers)
    guard questions.identifiers.allSatisfy({ (0..<known).contains($0) }) else {
      throw GymError(
        "a puzzle identifier is unknown to the model", expected: "identifiers below \(known)")
    }
  }

  /// The same for a training batch.
  func check(_ batch: TrainingBatch) throws {
    guard batch.count == batchSize, batch.questions.cells == cells else {
      throw GymError(
        "the batch has \(batch.count) examples of \(batch.questions.cells) cells",
        expected: "\(batchSize) of \(cells)")
    }
    try check(batch.questions)
    guard areTokens(batch.labels) else {
      throw GymError(
        "a label is outside the vocabulary", expected: "tokens below \(vocabularyCount)")
    }
    guard batch.traces.joined().allSatisfy({ $0.count == cells && areTokens($0) }) else {
      throw GymError(
        "a state of a trace does not fit the grid or the vocabulary",
        expected: "\(cells) tokens below \(vocabularyCount)")
    }
  }

  private func areTokens(_ tokens: [UInt8]) -> Bool {
    tokens.allSatisfy { Int($0) < vocabularyCount }
  }
}

extension NeuralConfiguration {
  /// The groups of parameters that the optimizer steps, in the order of the rates in `rates`.
  ///
  /// - Parameters:
  ///   - matrices: those of the network's blocks.
  ///   - others: every other parameter.
  ///   - all: both, in the model's order.
  func parameterGroups(
    matrices: [Parameter], others: [Parameter], all: [Parameter]
  ) -> [ParameterGroup] {
    switch optimizer {
    case .adamATan2:
      [ParameterGroup(.adamATan2(decay: decay, beta1: beta1, beta2: beta2), all)]
    case .adamW:
      [ParameterGroup(.adamW(decay: decay, beta1: beta1, beta2: beta2), all)]
    case .muon:
      [
        ParameterGroup(.adamW(decay: decay, beta1: beta1, beta2: beta2), others),
        ParameterGroup(.muon(decay: matrixDecay, momentum: momentum), matrices),
      ]
    }
  }

  /// The learning rate of each group at a step, counted from 1, when a share of the budget was used
  /// before it.
  func rates(step: Int, progress: Double) -> [Double] {
    (optimizer == .muon ? [rate, matrixRate] : [rate]).map {
      rate($0, step: step, progress: progress)
    }
  }
}

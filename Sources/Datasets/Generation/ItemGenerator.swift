import Crypto
import Gym
import JSON
import Randomness

/// Makes item i of a split: a pure function of the task, its settings, the seed, the split and i.
///
/// It draws from stream i under the key of seed, task, settings and split. Where splits are to be
/// disjoint, it is the first puzzle of that stream whose equivalence class belongs to the split.
public struct ItemGenerator<PuzzleTask: Task>: Sendable {
  /// The split's name.
  public let split: String
  private let task: PuzzleTask
  private let request: GenerationRequest
  private let key: RandomKey
  private let share: SplitShare?
  private static var attempts: Int { 1000 }

  /// - Throws: a `GymError` where splits are to be disjoint and this one has no share.
  public init(
    _ task: PuzzleTask, request: GenerationRequest = GenerationRequest(), seed: UInt64,
    split: String, isDisjoint: Bool = false
  ) throws {
    self.split = split
    self.task = task
    self.request = request
    share = isDisjoint ? try SplitShare(of: split) : nil
    key = RandomKey(seed: seed).deriving(PuzzleTask.id.description)
      .deriving(task.settings.json.text()).deriving(split)
  }

  /// Item number `index`, verified by the task's rules.
  public func item(_ index: Int) throws -> Example {
    var random = RandomStream(key: key, stream: UInt64(index))
    for _ in 0..<(share == nil ? 1 : Self.attempts) {
      var example = try GymError.located("item \(index) of \(split)") {
        try task.generate(request, using: &random)
      }
      if let share, !share.contains(task, example.question) { continue }
      let verdict = task.verify(example.answer, for: example)
      guard verdict.isSolved, example.answer.count == task.grid.cells,
        example.question.count == task.grid.cells
      else {
        throw GymError(
          "the generator of \(PuzzleTask.id) made a wrong answer: \(verdict.problem ?? "its size")",
          at: "item \(index) of \(split)", remedy: "This is a fault of the task: report it.")
      }
      if example.rating == nil { example.rating = task.rating(of: example.question) }
      return example
    }
    throw GymError(
      "none of \(Self.attempts) puzzles belongs to the split \(split)",
      at: "item \(index) of \(split)",
      expected: "puzzles of more equivalence classes than these settings have",
      remedy: "Choose a larger puzzle, or leave --disjoint out.")
  }
}

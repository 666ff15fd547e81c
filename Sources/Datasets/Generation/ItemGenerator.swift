import Gym
import JSON
import Randomness

/// Makes item i of a split: a pure function of the task, its settings, the seed, the split and i.
///
/// It draws from stream i under the key of seed, task, settings and split. If splits must be
/// disjoint, it is the first puzzle of that stream whose equivalence class belongs to the split.
public struct ItemGenerator<PuzzleTask: Task>: Sendable {
  /// The split's name.
  public let split: String
  private let task: PuzzleTask
  private let request: GenerationRequest
  private let key: RandomKey
  private let share: SplitAssignment?
  private static var attempts: Int { 1000 }

  /// - Throws: a `GymError` if splits must be disjoint and this one has no share.
  public init(
    _ task: PuzzleTask, request: GenerationRequest = GenerationRequest(), seed: UInt64,
    split: String, isDisjoint: Bool = false
  ) throws {
    self.split = split
    self.task = task
    self.request = GenerationRequest(rating: request.rating, split: split)
    share = isDisjoint ? try SplitAssignment(of: split) : nil
    key = RandomKey(seed: seed).deriving(task.id.description)
      .deriving(task.settings.json.text()).deriving(split)
  }

  /// Item number `index`, verified by the task's rules.
  public func item(_ index: Int) throws -> Puzzle {
    var random = RandomStream(key: key, stream: UInt64(index))
    let place = "item \(index) of \(split)"
    for _ in 0..<(share == nil ? 1 : Self.attempts) {
      var puzzle = try GymError.located(place) {
        try task.generatePuzzle(request, using: &random)
      }
      if let share, try !puzzle.examples.allSatisfy({ try share.contains(task, $0) }) { continue }
      guard !puzzle.examples.isEmpty else { throw fault("no example", at: place) }
      for example in puzzle.demonstrations.indices {
        try complete(&puzzle.demonstrations[example], at: place)
      }
      for example in puzzle.examples.indices { try complete(&puzzle.examples[example], at: place) }
      return puzzle
    }
    throw GymError(
      "none of \(Self.attempts) puzzles belongs to the split \(split)",
      at: "item \(index) of \(split)",
      expected: "puzzles of more equivalence classes than these settings have",
      remedy: "Choose a larger puzzle, or leave --disjoint out.")
  }

  /// Checks an example by the rules, and rates it.
  private func complete(_ example: inout Example, at place: String) throws {
    let verdict = try task.verify(example.answer, for: example)
    guard verdict.isSolved, example.answer.count == task.grid.cells,
      example.question.count == task.grid.cells
    else { throw fault("a wrong answer: \(verdict.problem ?? "its size")", at: place) }
    if example.rating == nil { example.rating = task.rating(of: example.question) }
  }

  private func fault(_ what: String, at place: String) -> GymError {
    GymError(
      "the generator of \(task.id) made \(what)", at: place,
      remedy: "This is a fault of the task: report it.")
  }
}

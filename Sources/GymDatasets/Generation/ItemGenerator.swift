import Gym
import GymJSON
import GymRandomness

/// Makes item i of a split: a pure function of the task, its settings, the seed, the split and i.
///
/// It draws from stream i under the key of seed, task, settings and split. If splits must be
/// disjoint, it is the first puzzle of that stream whose equivalence class belongs to the split,
/// and whose demonstrations, which are trained on in any split, belong to train.
public struct ItemGenerator<PuzzleTask: Task>: Sendable {
  /// The split's name.
  public let split: String
  private let task: PuzzleTask
  private let request: GenerationRequest
  private let key: RandomKey
  private let tokenCount: Int
  /// The shares of the split and of training, if splits must be disjoint.
  private let shares: (own: SplitAssignment, training: SplitAssignment)?
  private static var attempts: Int { 1000 }

  /// - Throws: a `GymError` if splits must be disjoint and this one has no share.
  public init(
    _ task: PuzzleTask, request: GenerationRequest = GenerationRequest(), seed: UInt64,
    split: String, isDisjoint: Bool = false
  ) throws {
    self.split = split
    (self.task, tokenCount) = (task, task.vocabulary.count)
    self.request = GenerationRequest(rating: request.rating, split: split)
    shares =
      isDisjoint
      ? try (own: SplitAssignment(of: split), training: SplitAssignment(of: "train")) : nil
    key = RandomKey(seed: seed).deriving(task.id.description)
      .deriving(task.settings.json.text()).deriving(split)
  }

  /// Item number `index`, verified by the task's rules.
  public func item(_ index: Int) throws -> Puzzle {
    var random = RandomStream(key: key, stream: UInt64(index))
    let place = "item \(index) of \(split)"
    for _ in 0..<(shares == nil ? 1 : Self.attempts) {
      var puzzle = try GymError.located(place) {
        try task.generatePuzzle(request, using: &random)
      }
      guard try belongs(puzzle) else { continue }
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

  /// Whether a puzzle's examples belong to the split, and its demonstrations to training.
  private func belongs(_ puzzle: Puzzle) throws -> Bool {
    guard let shares else { return true }
    return try puzzle.examples.allSatisfy { try shares.own.contains(task, $0) }
      && puzzle.demonstrations.allSatisfy { try shares.training.contains(task, $0) }
  }

  /// Checks an example by the rules, and rates it.
  private func complete(_ example: inout Example, at place: String) throws {
    let verdict = try task.verify(example.answer, for: example)
    guard verdict.isSolved, example.answer.count == task.grid.cells,
      example.question.count == task.grid.cells
    else { throw fault("a wrong answer: \(verdict.problem ?? "its size")", at: place) }
    if let token = [example.question.max(), example.answer.max()].compactMap({ $0 }).max(),
      Int(token) >= tokenCount
    {
      throw fault("the token \(token), with a vocabulary of \(tokenCount)", at: place)
    }
    if example.rating == nil { example.rating = task.rating(of: example.question) }
  }

  private func fault(_ what: String, at place: String) -> GymError {
    GymError(
      "the generator of \(task.id) made \(what)", at: place,
      remedy: "This is a fault of the task: report it.")
  }
}

/// The equivalence classes of puzzles that belong to a split, so that no puzzle of one split is
/// equivalent to one of another, whatever their seeds.
///
/// A class belongs to a split by the first eight bytes (little-endian) of the SHA-256 of the
/// task's name, a zero byte and the canonical form (the question itself if the task has none),
/// modulo 10: 0 to 7 is train, 8 validation, 9 test.
struct SplitAssignment: Sendable, Hashable {
  private let residues: ClosedRange<UInt64>

  /// - Throws: a `GymError` if the split is not one of the three.
  init(of split: String) throws {
    switch split {
    case "train": residues = 0...7
    case "validation": residues = 8...8
    case "test": residues = 9...9
    default:
      throw GymError(
        "the split \(split) has no share of disjoint puzzles",
        expected: "train, validation or test")
    }
  }

  /// Whether an example's class belongs to the split.
  func contains(_ task: some Task, _ example: Example) throws -> Bool {
    let form = task.canonicalForm(of: example) ?? example.question
    let number = try SHA256.hash(Array(task.id.name.utf8) + [0] + form).prefix(8)
      .reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return residues.contains(number % 10)
  }
}

/// Part `number` of `count` parts of a generation, numbered from 1.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// The number of the part, in 1...count.
  public let number: Int
  /// The number of all parts, in 1...65 536.
  public let count: Int

  /// A part; nil if the number is not in 1...count.
  public init?(number: Int, count: Int) {
    guard (1...65_536).contains(count), (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads text such as `2/4`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number: number, count: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// The items of this part out of `total`; parts are consecutive, and their sizes differ by at
  /// most one.
  func range(of total: Int) -> Range<Int> {
    func start(_ part: Int) -> Int {
      total / count * part + min(part, total % count)
    }
    return start(number - 1)..<start(number)
  }
}

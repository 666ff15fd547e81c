import Gym

/// Mazes on a square grid: mark a shortest path from start to goal.
///
/// Questions and answers have size × size tokens: 1 is a wall `#`, 2 a space, 3 the start `S`, 4
/// the goal `G`, and in answers 5 is a cell of the path `o`; start and goal keep their tokens. A
/// path's length is its number of steps, one more than its number of marks.
public struct MazeHard: Task, ListedSymmetryTask {
  public static let id = PluginID("maze-hard", version: 1)
  public static let summary = "Mark a shortest path through a maze from start to goal."
  private static let size = Setting.integer(
    "size", "the number of rows and of columns", default: 30, in: 5...64)
  private static let kind = Setting.choice(
    "kind", "random walls, or corridors with one path only", default: MazeKind.percolation)
  static let algorithm = Setting.choice(
    "algorithm", "how corridors are laid (kind=unique)", default: MazeAlgorithm.wilson)
  private static let minPath = Setting.integer(
    "min-path", "paths are longer than this; 0 is 110 (unique: 99) at size 30", default: 0,
    in: 0...4096)
  private static let maxPath = Setting.integer(
    "max-path", "paths are no longer than this; 0 is no limit (unique: 140 at size 30)",
    default: 0, in: 0...4096)
  static let pairs = Setting.integer(
    "pairs", "the starts and goals that are tried for each layout of walls", default: 100,
    in: 1...10_000)
  public static let settings = Setting.list(size, kind, algorithm, minPath, maxPath, pairs)

  public let settings: Settings
  public let vocabulary = Vocabulary("_# SGo")
  public let grid: GridShape
  /// The eight rotations and reflections, in the order of the released builder: the identity, one
  /// to three quarter turns counterclockwise, the left-right flip, the top-bottom flip, and the two
  /// diagonals.
  public let symmetries: [Symmetry]
  /// The lengths of the generated paths.
  let lengths: ClosedRange<Int>
  let kind: MazeKind
  var size: Int { grid.rows }

  public init(settings: Settings) throws {
    let size = settings[Self.size]
    self.settings = settings
    grid = GridShape(rows: size, columns: size)
    kind = settings[Self.kind]
    symmetries = Symmetry.square(size: size, vocabulary: vocabulary)
    let lower = settings[Self.minPath]
    let upper = settings[Self.maxPath]
    // Longest paths grow with the area of small mazes, and with the side of large ones.
    let scale = min(Double(size * size) / 900, Double(size) / 30)
    let least = (lower > 0 ? lower : Int((kind == .unique ? 99 : 110) * scale)) + 1
    let longest = kind == .unique ? max(Int(140 * scale), least + 2) : size * size
    let most = upper > 0 ? upper : max(longest, least)
    guard least <= most else {
      throw GymError(
        "min-path is \(least - 1) and max-path \(most)", expected: "min-path below max-path")
    }
    lengths = least...most
    let rooms = (size + 1) / 2
    let possible = kind == .unique ? 2 * (rooms * rooms - 1) : size * size * 7 / 10
    guard least <= possible else {
      throw GymError(
        "min-path is \(least - 1)",
        expected: "less than \(possible), the steps that fit into \(grid) cells with walls")
    }
    if kind == .unique, least == most, least % 2 == 1 {
      throw GymError(
        "min-path is \(least - 1) and max-path \(most)",
        expected: "an even length between them, as all of kind=unique are")
    }
  }

  /// Whether some maze can have a path with a length in the range.
  func possible(_ range: ClosedRange<Int>) -> Bool {
    kind == .percolation || range.contains { $0 % 2 == 0 }
  }
}

extension MazeHard {
  public var rules: String {
    "The question is a maze. Walk from S to G in steps up, down, left or right, never onto a wall, "
      + "by a path with as few steps as possible. The answer is the maze with every space on that "
      + "path replaced by o, and everything else as it was."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry("#", "a wall"), LegendEntry(" ", "a free space"), LegendEntry("S", "the start"),
      LegendEntry("G", "the goal"), LegendEntry("o", "in the answer, a space on the path"),
    ]
  }
}

extension MazeHard: CountingTask {
  /// The number of shortest paths, under `shortest-paths`.
  public func counts(of question: [UInt8]) -> [String: UInt64] {
    ["shortest-paths": shortestPathCount(of: question)]
  }
}

import Gym

/// Lights Out: a press toggles a light and its neighbors; press until all are off.
///
/// A question shows the lights; an answer says for each whether it is pressed. The order does not
/// matter, and pressing twice has no effect. Boards with quiet patterns (presses that change
/// nothing) have several answers, all of which are right. The rating is the minimum number of
/// presses.
public struct LightsOut: Task, FormattedTask, ListedSymmetryTask {
  public static let id = PluginID("lights-out", version: 1)
  public static let summary = "Press lights, which turn their neighbors over, until all are out."
  private static let size = Setting.integer(
    "size", "the number of rows and of columns", default: 5, in: 3...16)
  public static let settings = Setting.list(size)
  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  /// The tokens.
  enum Token {
    static let off: UInt8 = 1
    static let on: UInt8 = 2
    static let rest: UInt8 = 3
    static let press: UInt8 = 4
  }

  public let settings: Settings
  public let vocabulary = Vocabulary("_.*-x")
  public let grid: GridShape
  public let symmetries: [Symmetry]
  let solver: LightSolver
  var size: Int { grid.rows }

  public init(settings: Settings) throws {
    let size = settings[Self.size]
    self.settings = settings
    grid = GridShape(rows: size, columns: size)
    symmetries = Symmetry.square(size: size, vocabulary: vocabulary)
    solver = LightSolver(size: size)
  }

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let wanted = request.rating ?? 1...Double(grid.cells)
    let fewest = max(1, wanted.lowerBound.rounded(.up))
    let most = min(Double(grid.cells), wanted.upperBound.rounded(.down))
    guard fewest <= most else { throw Self.impossible(wanted) }
    for _ in 0..<400 {
      var presses = (0..<grid.cells).map { _ in request.rating == nil && random.chance(0.5) }
      if request.rating != nil {
        let count = random.integer(in: Int(fewest)...Int(most))
        for cell in random.shuffled(Array(0..<grid.cells)).prefix(count) { presses[cell] = true }
      }
      let lights = LightBoard(size: size, pressing: presses)
      // Another set of presses may need fewer.
      guard let answer = solver.fewestPresses(for: lights), answer.count > 0 else { continue }
      let rating = Double(answer.count)
      guard wanted.contains(rating) else { continue }
      return Example(
        question: lights.tokens(off: Token.off, on: Token.on),
        answer: answer.tokens(off: Token.rest, on: Token.press), rating: rating,
        source: "presses")
    }
    throw Self.impossible(wanted)
  }

  private static func impossible(_ wanted: ClosedRange<Double>) -> GymError {
    GymError(
      "no board was found that needs presses in \(wanted)",
      expected: "a number from 1 to what the size asks for",
      remedy: "Wish for another rating, or set another size.")
  }
}

extension LightsOut {
  public var rules: String {
    "The question shows lights that are on or off. A press of a light turns it and the lights "
      + "directly above, below, left and right of it from on to off or from off to on. The answer "
      + "says for each light whether it is pressed, so that after all presses every light is off."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry(".", "in the question, a light that is off"),
      LegendEntry("*", "in the question, a light that is on"),
      LegendEntry("-", "in the answer, a light that is not pressed"),
      LegendEntry("x", "in the answer, a light that is pressed"),
    ]
  }
}

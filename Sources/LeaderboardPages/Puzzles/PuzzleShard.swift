import Gym

/// A few puzzles with everybody's answers as a script that the browser loads when they are asked
/// for: `<script>` works from a disk too, where pages may not read files otherwise.
struct PuzzleShard {
  /// The most bytes after which a shard takes no further puzzle.
  static let fullAt = 384 << 10
  /// The bytes of one puzzle's answers after which further answers are left out, and of its steps.
  private static let mostAnswers = 768 << 10
  private static let mostSteps = 96 << 10
  /// The steps that are kept of an answer, the first and last among them.
  private static let mostStepsOfOne = 64

  /// The number of its first puzzle.
  let first: Int
  private var encoder = DrawingEncoder()
  private var puzzles: [String] = []
  private(set) var bytes = 0

  init(first: Int) { self.first = first }

  var count: Int { puzzles.count }
  var isFull: Bool { bytes >= Self.fullAt }

  /// Adds the next puzzle.
  ///
  /// - Parameter predictions: one an entry, in the order of the ranking.
  mutating func add(
    _ example: Example, predictions: [Prediction], painter: PuzzlePainter, stepBudget: Int
  ) {
    let question = encoder.encode(painter.question(example))
    let solution = painter.solution(example).map { encoder.encode($0) }
    var text = "{\"q\":" + drawing(question, since: nil)
    if let solution { text += ",\"a\":" + drawing(solution, since: nil) }
    if let rating = example.rating, rating.isFinite { text += ",\"r\":\(rating)" }
    if !example.source.isEmpty {
      text += ",\"s\":" + example.source.shortened(to: 120).scriptLiteral
    }
    let base = solution ?? question
    text += answers(to: example, predictions, since: base, painter)
    text += steps(on: example, predictions, since: base, painter, min(stepBudget, Self.mostSteps))
    text += "}"
    bytes += text.utf8.count
    puzzles.append(text)
  }

  /// The distinct answers, and which entry gave which (−1 none, −2 left out).
  private mutating func answers(
    to example: Example, _ predictions: [Prediction], since base: DrawingEncoder.Encoded,
    _ painter: PuzzlePainter
  ) -> String {
    var groups: [[UInt8]: Int] = [:]
    // Most answers are right ones, which comparing finds faster than hashing.
    var labelled: Int?
    var drawn: [String] = []
    var size = 0
    var choices: [Int] = []
    var failures: [String] = []
    for (index, prediction) in predictions.enumerated() {
      guard let answer = prediction.answer else {
        choices.append(-1)
        if let failure = prediction.failure {
          failures.append("\"\(index)\":" + failure.shortened(to: 120).scriptLiteral)
        }
        continue
      }
      let isLabel = answer == example.answer
      if let group = isLabel ? labelled : groups[answer] {
        choices.append(group)
        continue
      }
      guard size < Self.mostAnswers else {
        choices.append(-2)
        continue
      }
      let (picture, problem) = painter.answer(answer, to: example)
      let literal = drawing(encoder.encode(picture), since: base)
      let words = problem.map { "," + $0.shortened(to: 160).scriptLiteral } ?? ""
      drawn.append("[\(literal)\(words)]")
      size += literal.utf8.count + words.utf8.count
      if isLabel { labelled = drawn.count - 1 } else { groups[answer] = drawn.count - 1 }
      choices.append(drawn.count - 1)
    }
    return ",\"g\":[" + drawn.joined(separator: ",") + "],\"e\":"
      + "[" + choices.map(String.init).joined(separator: ",") + "]"
      + (failures.isEmpty ? "" : ",\"f\":{" + failures.joined(separator: ",") + "}")
  }

  /// The steps of the entries that think in steps, best first, as far as there is room.
  private mutating func steps(
    on example: Example, _ predictions: [Prediction], since base: DrawingEncoder.Encoded,
    _ painter: PuzzlePainter, _ budget: Int
  ) -> String {
    var members: [String] = []
    var size = 0
    for (index, prediction) in predictions.enumerated() where prediction.thoughts.count > 1 {
      guard size < budget else { break }
      var earlier: Drawing?
      var before = base
      let literals = prediction.thoughts.thinned(to: Self.mostStepsOfOne).map { thought -> String in
        let plain = painter.thought(thought, on: example)
        let encoded = encoder.encode(earlier.map { plain.markingChanges(since: $0) } ?? plain)
        defer { (earlier, before) = (plain, encoded) }
        return drawing(encoded, since: before)
      }
      members.append("\"\(index)\":[" + literals.joined(separator: ",") + "]")
      size += members.last?.utf8.count ?? 0
    }
    return members.isEmpty ? "" : ",\"t\":{" + members.joined(separator: ",") + "}"
  }

  /// A drawing: its text alone where it has the first shape, else both.
  private func drawing(
    _ drawing: DrawingEncoder.Encoded, since base: DrawingEncoder.Encoded?
  ) -> String {
    let literal = encoder.literal(drawing, since: base)
    return drawing.shape == 0 ? literal : "[\(drawing.shape),\(literal)]"
  }

  /// The script's text.
  var text: String {
    "puzzleShard(\(first),{\(encoder.legend),\"puzzles\":[\n"
      + puzzles.joined(separator: ",\n") + "]});\n"
  }

  /// The name of the shard that begins with a puzzle.
  static func file(first: Int) -> String { "puzzles/p\(first).js" }
}

extension Array {
  /// At most so many elements, evenly chosen, the first and the last among them.
  fileprivate func thinned(to limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * (count - 1) / (limit - 1)] }
  }
}

import Gym
import GymReports

/// A few puzzles with all answers, as a script that the browser loads on demand: `<script>` also
/// works for files on disk, whose pages may not read files in other ways.
struct PuzzleShard {
  /// The number of bytes from which a shard takes no further puzzle.
  static let fullAt = 384 << 10
  /// The maximum sizes in bytes of one puzzle's answers and of its steps; further ones are omitted.
  private static let maximumAnswers = 768 << 10
  private static let maximumSteps = 96 << 10
  /// The maximum number of steps kept of an answer, including the first and last.
  private static let maximumStepsOfOne = 64

  /// The maximum number of demonstrations of a puzzle.
  private static let maximumDemonstrations = 12

  /// The number of its first puzzle.
  let first: Int
  private var encoder = DrawingEncoder()
  private var puzzles = ScriptText()

  init(first: Int) { self.first = first }

  var isFull: Bool { puzzles.count >= Self.fullAt }

  /// All entries' answers to one of several puzzles, without a copy of them.
  struct Answers {
    /// [entries, puzzles].
    let all: [[Prediction]]
    /// The puzzle.
    let at: Int

    var indices: Range<Int> { all.indices }
    subscript(entry: Int) -> Prediction {
      _read { yield all[entry][at] }
    }
  }

  /// Adds the next puzzle.
  ///
  /// - Parameters:
  ///   - demonstrations: the solved examples that explain it, of which the first few are shown.
  ///   - predictions: one per entry, in the order of the ranking.
  ///   - stepBudget: the number of bytes after which no further answer's steps are kept.
  mutating func add(
    _ example: Example, demonstrations: [Example], predictions: Answers,
    painter: PuzzlePainter, stepBudget: Int
  ) throws {
    let question = encoder.encode(painter.question(example))
    let solution = painter.solution(example).map { encoder.encode($0) }
    puzzles.append(puzzles.count == 0 ? "{\"q\":" : ",\n{\"q\":")
    question.write(to: &puzzles, since: nil)
    if let solution {
      puzzles.append(",\"a\":")
      solution.write(to: &puzzles, since: nil)
    }
    if let rating = example.rating, rating.isFinite { puzzles.append(",\"r\":\(rating)") }
    if !example.source.isEmpty {
      puzzles.append(",\"s\":")
      puzzles.append(literal: example.source.shortened(to: 120))
    }
    addDemonstrations(demonstrations, painter)
    let base = solution ?? question
    try addAnswers(to: example, predictions, since: base, painter)
    addSteps(on: example, predictions, since: base, painter, min(stepBudget, Self.maximumSteps))
    puzzles.append("}")
  }

  /// The demonstrations as pairs of drawings, the answer as its difference from the question.
  private mutating func addDemonstrations(_ shown: [Example], _ painter: PuzzlePainter) {
    guard !shown.isEmpty else { return }
    puzzles.append(",\"d\":[")
    for (index, example) in shown.prefix(Self.maximumDemonstrations).enumerated() {
      let question = encoder.encode(painter.question(example))
      let answer = encoder.encode(painter.solution(example) ?? painter.question(example))
      puzzles.append(index == 0 ? "[" : ",[")
      question.write(to: &puzzles, since: nil)
      puzzles.append(",")
      answer.write(to: &puzzles, since: question)
      puzzles.append("]")
    }
    puzzles.append("]")
  }

  /// The distinct answers, and which entry gave which (−1 none, −2 omitted).
  private mutating func addAnswers(
    to example: Example, _ predictions: Answers, since base: EncodedDrawing,
    _ painter: PuzzlePainter
  ) throws {
    var groups: [[UInt8]: Int] = [:]
    // Most answers are right; comparing finds those faster than hashing.
    var labelled: Int?
    var (choices, failures) = (ScriptText(), ScriptText())
    var (drawn, size) = (0, 0)
    puzzles.append(",\"g\":[")
    for index in predictions.indices {
      if index > 0 { choices.append(",") }
      guard let answer = predictions[index].answer else {
        choices.append("-1")
        if let failure = predictions[index].failure {
          failures.append(failures.count == 0 ? "\"\(index)\":" : ",\"\(index)\":")
          failures.append(literal: failure.shortened(to: 120))
        }
        continue
      }
      let isLabel = answer == example.answer
      if let group = isLabel ? labelled : groups[answer] {
        choices.append(group)
        continue
      }
      guard size < Self.maximumAnswers else {
        choices.append("-2")
        continue
      }
      choices.append(drawn)
      if isLabel { labelled = drawn } else { groups[answer] = drawn }
      puzzles.append(drawn == 0 ? "[" : ",[")
      let before = puzzles.count
      let (picture, problem) = try painter.answer(answer, to: example)
      encoder.encode(picture).write(to: &puzzles, since: base)
      if let problem {
        puzzles.append(",")
        puzzles.append(literal: problem.shortened(to: 160))
      }
      size += puzzles.count - before
      drawn += 1
      puzzles.append("]")
    }
    puzzles.append("],\"e\":[")
    puzzles.append(choices)
    puzzles.append("]")
    if failures.count > 0 {
      puzzles.append(",\"f\":{")
      puzzles.append(failures)
      puzzles.append("}")
    }
  }

  /// The steps of the entries that think in steps, best first, as far as space allows, and the
  /// number of steps of answers that are incomplete here.
  private mutating func addSteps(
    on example: Example, _ predictions: Answers, since base: EncodedDrawing,
    _ painter: PuzzlePainter, _ budget: Int
  ) {
    var (members, partial) = (ScriptText(), ScriptText())
    for index in predictions.indices where predictions[index].thoughts.count > 1 {
      let prediction = predictions[index]
      let hasRoom = members.count < budget
      if !hasRoom || prediction.thoughts.count > Self.maximumStepsOfOne {
        partial.append(partial.count == 0 ? "\"" : ",\"")
        partial.append("\(index)\":\(prediction.thoughts.count)")
      }
      guard hasRoom else { continue }
      members.append(members.count == 0 ? "\"\(index)\":[" : ",\"\(index)\":[")
      var (earlier, before) = (Drawing?.none, base)
      for thought in prediction.thoughts.thinned(to: Self.maximumStepsOfOne) {
        let plain = painter.thought(thought, on: example)
        let encoded = encoder.encode(earlier.map { plain.markingChanges(since: $0) } ?? plain)
        if earlier != nil { members.append(",") }
        encoded.write(to: &members, since: before)
        (earlier, before) = (plain, encoded)
      }
      members.append("]")
    }
    for (name, part) in [("t", members), ("o", partial)] where part.count > 0 {
      puzzles.append(",\"\(name)\":{")
      puzzles.append(part)
      puzzles.append("}")
    }
  }

  /// The script's text.
  var text: ScriptText {
    var text = ScriptText()
    text.append("puzzleShard(\(first),{\(encoder.legend),\"puzzles\":[\n")
    text.append(puzzles)
    text.append("]});\n")
    return text
  }

  /// The name of the shard that starts with a puzzle.
  static func file(first: Int) -> String { "puzzles/p\(first).js" }
}

extension Array {
  /// At most `limit` elements, evenly spaced, including the first and the last.
  fileprivate func thinned(to limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * (count - 1) / (limit - 1)] }
  }
}

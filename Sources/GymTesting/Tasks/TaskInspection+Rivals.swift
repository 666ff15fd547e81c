import Gym
import GymRandomness

extension TaskInspection {
  /// Answers that keep most of the rules, each with a note on its origin.
  ///
  /// - Parameter tokens: the tokens that occur in each cell of the questions.
  func rivals(
    of example: Example, _ index: Int, _ tokens: [Set<UInt8>]
  ) throws -> [(how: String, answer: [UInt8])] {
    var random = stream("rivals", index)
    var rivals = try answersToOthers(example, tokens, using: &random)
    let answers = Set(askedCells(example).map { example.answer[$0] })
    for cell in random.shuffled(askedCells(example)).prefix(64) {
      let others = answers.subtracting([example.answer[cell]]).sorted()
      guard let token = random.element(of: others) else { break }
      var answer = example.answer
      answer[cell] = token
      rivals.append(("the answer with one cell changed", answer))
    }
    let free = askedCells(example).filter { example.question[$0] != example.answer[$0] }
    guard free.count > 1 else { return rivals }
    let isFree = Set(free)
    for _ in 0..<4 {
      var answer = example.answer
      answer.swapAt(free[random.below(free.count)], free[random.below(free.count)])
      rivals.append(("the answer with two cells exchanged", answer))
      if let answer = balanced(example, isFree, using: &random) {
        rivals.append(("the answer with four cells changed, which add up to the same", answer))
      }
    }
    for _ in 0..<2 {
      for (what, permutation) in moves(using: &random) {
        let moved = permutation.applied(to: example.answer)
        var answer = example.answer
        for cell in free where isFree.contains(Int(permutation.cells[cell])) {
          answer[cell] = moved[cell]
        }
        rivals.append(("the answer with \(what), except in given cells", answer))
      }
    }
    let other = examples[(index + 1) % examples.count].answer
    rivals.append(
      (
        "an answer to another question, with the given cells put back",
        putBack(example.question.indices, of: example, into: other)
      ))
    return rivals
  }

  /// The answer with the corners of a rectangle changed by one, alternately up and down.
  private func balanced(
    _ example: Example, _ free: Set<Int>, using random: inout RandomStream
  ) -> [UInt8]? {
    let tokens = Set(askedCells(example).map { example.answer[$0] })
    for _ in 0..<200 {
      let (rows, columns) = (task.grid.rows, task.grid.columns)
      let (top, bottom) = (random.below(rows), random.below(rows))
      let (left, right) = (random.below(columns), random.below(columns))
      guard top != bottom, left != right else { continue }
      var answer = example.answer
      for (row, column, isUp) in [
        (top, left, true), (top, right, false), (bottom, left, false), (bottom, right, true),
      ] {
        let cell = row * columns + column
        answer[cell] = isUp ? answer[cell] &+ 1 : answer[cell] &- 1
        if !free.contains(cell) || !tokens.contains(answer[cell]) {
          answer = []
          break
        }
      }
      if !answer.isEmpty { return answer }
    }
    return nil
  }

  /// The solver's answers after one or two given cells were changed, unmodified and with these
  /// cells restored.
  ///
  /// A cell gets a token that occurs there in some question: a sign becomes another sign, a clue
  /// another clue.
  private func answersToOthers(
    _ example: Example, _ tokens: [Set<UInt8>], using random: inout RandomStream
  ) throws -> [(how: String, answer: [UInt8])] {
    var rivals: [(how: String, answer: [UInt8])] = []
    let blank = blank(of: example)
    let given = example.question.indices.filter {
      example.question[$0] != Vocabulary.padding && example.question[$0] != blank
    }
    // Each token with the same probability, so that a few clues among many signs are not missed.
    func someGiven(where fits: (Int) -> Bool = { _ in true }) -> Int? {
      let fitting = given.filter(fits)
      let token = random.element(of: Set(fitting.map { example.question[$0] }).sorted())
      return random.element(of: fitting.filter { example.question[$0] == token })
    }
    for attempt in 0..<24 {
      guard let cell = someGiven() else { break }
      var (question, cells) = (example.question, [cell])
      switch attempt % 4 {
      case 0 where blank.map(tokens[cell].contains) ?? false:
        question[cell] = blank ?? question[cell]
      case 1:
        let other = someGiven {
          question[$0] != question[cell] && tokens[$0].contains(question[cell])
            && tokens[cell].contains(question[$0])
        }
        if let other {
          cells.append(other)
          question.swapAt(cell, other)
        }
      default:
        if attempt % 4 == 3, let other = someGiven() { cells.append(other) }
        for cell in cells {
          let others = tokens[cell].subtracting([question[cell], Vocabulary.padding])
          question[cell] = random.element(of: others.sorted()) ?? question[cell]
        }
      }
      guard question != example.question else { continue }
      switch try task.solve(question) {
      case .unique(let answer), .several(let answer):
        try inspectAnswer(answer, to: question)
        let what =
          "an answer where cell \(cells.map(String.init).joined(separator: " and ")) "
          + "holds something else"
        rivals.append((what, answer))
        rivals.append(("\(what), which is put back", putBack(cells, of: example, into: answer)))
        rivals.append(
          (
            "\(what), with every given cell put back",
            putBack(question.indices, of: example, into: answer)
          ))
      case .none, .invalid, .unsupported: break
      }
    }
    return rivals
  }

  /// The most frequent token in cells to be answered.
  private func blank(of example: Example) -> UInt8? {
    let open = askedCells(example).filter { example.question[$0] != example.answer[$0] }
    let tokens = open.map { example.question[$0] }
    return Set(tokens).sorted().max { a, b in
      tokens.count { $0 == a } < tokens.count { $0 == b }
    }
  }

  /// An answer with the label's tokens restored in cells that the question gives.
  private func putBack(
    _ cells: some Sequence<Int>, of example: Example, into answer: [UInt8]
  ) -> [UInt8] {
    guard answer.count == example.answer.count else { return answer }
    var answer = answer
    for cell in cells where example.question[cell] == example.answer[cell] {
      answer[cell] = example.answer[cell]
    }
    return answer
  }
}

import Gym
import JSON

extension ExternalTask {
  public func verify(_ answer: [UInt8], for example: Example) throws -> Verdict {
    let none = findings.map { Verdict.Finding($0, false) }
    guard answer.count == grid.cells, answer.allSatisfy(vocabulary.contains) else {
      return .failed(
        "the answer is not \(grid.cells) tokens of the vocabulary", findings: none)
    }
    return try verdict(
      process.ask(
        "verify",
        [
          "question": .string(vocabulary.text(example.question)),
          "answer": .string(vocabulary.text(answer)),
          "expected": .string(vocabulary.text(example.answer)),
        ]))
  }

  private func verdict(_ reply: JSON) throws -> Verdict {
    guard let solved = reply["solved"]?.bool else {
      throw error("gives a verdict without \"solved\"", "true or false")
    }
    let found = try findings.map { name in
      guard let holds = reply["findings"]?[name]?.bool else {
        throw error("gives a verdict without the finding \"\(name)\"", "true or false")
      }
      return Verdict.Finding(name, holds)
    }
    let cells = (reply["cells"]?.array ?? []).compactMap(\.integer)
      .filter { (0..<grid.cells).contains($0) }
    let problem = Excerpt.of(reply["problem"]?.string ?? "the answer is wrong")
    return solved ? .solved(found) : .failed(problem, cells: cells, findings: found)
  }

  public func solve(_ question: [UInt8]) throws -> Solution {
    guard abilities.contains("solve") else { return .unsupported }
    guard question.count == grid.cells, question.allSatisfy(vocabulary.contains) else {
      return .invalid("it is not \(grid.cells) tokens of the vocabulary")
    }
    let reply = try process.ask("solve", ["question": .string(vocabulary.text(question))])
    switch reply["solution"]?.string {
    case "unique": return .unique(try tokens("answer", of: reply))
    case "several": return .several(try tokens("answer", of: reply))
    case "none": return .none
    case "invalid": return .invalid(Excerpt.of(reply["problem"]?.string ?? "it says no more"))
    default: throw error("gives no solution", "unique, several, none or invalid")
    }
  }

  /// The process's picture; a plain one if it draws none or an invalid one.
  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let plain = Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
    guard abilities.contains("draw"), question.count == grid.cells,
      answer?.count ?? grid.cells == grid.cells,
      let reply = try? process.ask(
        "draw",
        [
          "question": .string(vocabulary.text(question)),
          "answer": answer.map { .string(vocabulary.text($0)) } ?? .null,
        ]),
      let texts = reply["texts"]?.array?.compactMap(\.string), texts.count == grid.cells
    else { return plain }
    let roles = (reply["roles"]?.array ?? []).map { Drawing.Role(named: $0.string ?? "") }
    var drawing = plain
    for index in drawing.cells.indices {
      drawing.cells[index].text = Excerpt.of(texts[index], limit: 4)
      if index < roles.count, let role = roles[index] { drawing.cells[index].role = role }
    }
    return drawing
  }
}

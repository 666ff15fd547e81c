import Gym
import GymEvaluation
import GymReports

/// Draws questions and any answers, with wrong cells marked.
struct PuzzlePainter: Sendable {
  private let task: any Task
  private let tokenCount: Int
  private let judge: Judge

  init(task: any Task) {
    self.task = task
    (tokenCount, judge) = (task.vocabulary.count, Judge(task))
  }

  /// The number of cells of an answer.
  var cells: Int { task.grid.cells }

  /// Writes an answer as a line of JSON, in the form of a submission; nothing if there is none.
  func write(_ prediction: Prediction, of id: String, to text: inout ScriptText) {
    guard let answer = prediction.answer, answer.allSatisfy({ Int($0) < tokenCount }) else {
      return
    }
    text.append("{\"id\":")
    text.append(literal: id)
    text.append(",\"answer\":")
    text.append(literal: answer.map { task.vocabulary.text($0) }.joined())
    if let confidence = prediction.confidence, confidence.isFinite {
      text.append(",\"confidence\":\(confidence)")
    }
    text.append(",\"segments\":\(prediction.segments)}\n")
  }

  /// The question without an answer.
  func question(_ example: Example) -> Drawing { task.draw(example.question, answer: nil) }

  /// The right answer, if the board has one.
  func solution(_ example: Example) -> Drawing? {
    example.answer.isEmpty ? nil : task.draw(example.question, answer: example.answer)
  }

  /// An answer, and the problem with it.
  func answer(
    _ answer: [UInt8], to example: Example
  ) throws -> (drawing: Drawing, problem: String?) {
    let judgment = try judge.judgment(of: Prediction(answer: answer), to: example)
    let drawing = task.draw(example.question, answer: fitted(answer, to: example))
    if judgment.isSolved { return (drawing, nil) }
    let wrong = judge.wrongCells(of: judgment, in: answer, to: example)
    return (drawing.markingWrong(wrong), judgment.verdict.problem ?? "")
  }

  /// A thought, which is an answer without a judgment.
  func thought(_ answer: [UInt8], on example: Example) -> Drawing {
    task.draw(example.question, answer: fitted(answer, to: example))
  }

  /// An answer that a task can draw: as long as the question, with existing tokens.
  private func fitted(_ answer: [UInt8], to example: Example) -> [UInt8] {
    let isFit = { (token: UInt8) in Int(token) < tokenCount }
    if answer.count == example.question.count, answer.allSatisfy(isFit) { return answer }
    return example.question.indices.map { index in
      answer.indices.contains(index) && isFit(answer[index]) ? answer[index] : Vocabulary.padding
    }
  }
}

/// A drawing as part of a page, in the colors of the style sheet; the script draws the same way.
///
/// Rows and columns that are wholly outside the puzzle are left away.
struct StillDrawing: Sendable {
  private static let side = 32

  let drawing: Drawing
  /// The words for screen readers.
  let title: String
  /// A name that is unique on the page.
  let id: String

  var html: HTML {
    let (rows, columns) = Self.bounds(of: drawing)
    let (left, top) = (columns.lowerBound * Self.side, rows.lowerBound * Self.side)
    let (width, height) = (columns.count * Self.side, rows.count * Self.side)
    return """
      <svg class="drawing" viewBox="\(left - 2) \(top - 2) \(width + 4) \(height + 4)" role="img" \
      aria-labelledby="\(id)"><title id="\(id)">\(title)</title>\
      <path class="sheet" d="M\(left) \(top)h\(width)v\(height)h-\(width)z"/>\
      \(cells(rows, columns))\(lines(rows, columns))\
      <path class="edge" d="M\(left) \(top)h\(width)v\(height)h-\(width)z"/></svg>

      """
  }

  /// The rows and columns that hold cells of the puzzle; all, if none does.
  static func bounds(of drawing: Drawing) -> (rows: Range<Int>, columns: Range<Int>) {
    let (rows, columns) = (drawing.grid.rows, drawing.grid.columns)
    let inside = drawing.cells.indices.filter { drawing.cells[$0].role != .outside }
    guard let top = inside.map({ $0 / columns }).min(),
      let bottom = inside.map({ $0 / columns }).max(),
      let left = inside.map({ $0 % columns }).min(),
      let right = inside.map({ $0 % columns }).max()
    else { return (0..<rows, 0..<columns) }
    return (top..<bottom + 1, left..<right + 1)
  }

  private func cells(_ rows: Range<Int>, _ columns: Range<Int>) -> HTML {
    var svg: HTML = ""
    for row in rows {
      for column in columns {
        let cell = drawing.cells[row * drawing.grid.columns + column]
        let (x, y) = (column * Self.side, row * Self.side)
        let name = cell.role.className
        if ![.given, .answer, .blank, .outside].contains(cell.role) {
          svg += """
            <rect class="\(name)" x="\(x)" y="\(y)" width="\(Self.side)" height="\(Self.side)"/>
            """
        }
        guard cell.role.showsText, cell.text.contains(where: { !$0.isWhitespace }) else { continue }
        svg += """
          <text class="\(name)" x="\(x + Self.side / 2)" y="\(y + Self.side / 2 + 1)">\
          \(cell.text)</text>
          """
      }
    }
    return svg
  }

  private func lines(_ rows: Range<Int>, _ columns: Range<Int>) -> HTML {
    func path(_ name: String, _ across: [Int], _ down: [Int]) -> HTML {
      let (top, bottom) = (rows.lowerBound * Self.side, rows.upperBound * Self.side)
      let (left, right) = (columns.lowerBound * Self.side, columns.upperBound * Self.side)
      let moves =
        across.map { "M\(left) \($0 * Self.side)H\(right)" as HTML }
        + down.map { "M\($0 * Self.side) \(top)V\(bottom)" as HTML }
      return moves.isEmpty ? "" : "<path class=\"\(name)\" d=\"\(moves.joined())\"/>"
    }
    let thin =
      drawing.isSpaced ? path("thin", Array(rows.dropFirst()), Array(columns.dropFirst())) : ""
    let heavyRows = drawing.heavyRows.filter(rows.contains).sorted()
    let heavyColumns = drawing.heavyColumns.filter(columns.contains).sorted()
    return thin + path("heavy", heavyRows, heavyColumns)
  }
}

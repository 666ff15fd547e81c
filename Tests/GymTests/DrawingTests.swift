import Foundation
import Gym
import Testing

@Suite struct DrawingTests {
  /// A 4×4 Sudoku with one cell of each role.
  private func board() -> Drawing {
    let texts = Array("1.344.2123413412").map { String($0) }
    var cells = texts.map { Drawing.Cell($0, .given) }
    cells[1].role = .blank
    cells[5] = Drawing.Cell("3", .changed)
    cells[6].role = .answer
    cells[15].role = .wrong
    var drawing = Drawing(grid: GridShape(rows: 4, columns: 4), cells: cells)
    drawing.heavyRows = [2]
    drawing.heavyColumns = [2]
    return drawing
  }

  /// A maze of 2×3 cells, without spaces.
  private func maze() -> Drawing {
    var drawing = Drawing(
      grid: GridShape(rows: 2, columns: 3),
      cells: [
        .init("S", .start), .init("#", .wall), .init("G", .goal),
        .init("o", .path), .init("o", .path), .init("o", .path),
      ])
    drawing.isSpaced = false
    return drawing
  }

  @Test("A drawing for a terminal without colors")
  func terminalWithoutColors() {
    let text = TerminalRenderer(usesColor: false).text(board())
    #expect(
      text == """
        ┏━━━━━┳━━━━━┓
        ┃ 1 . ┃ 3 4 ┃
        ┃ 4+3 ┃ 2 1 ┃
        ┣━━━━━╋━━━━━┫
        ┃ 2 3 ┃ 4 1 ┃
        ┃ 3 4 ┃ 1!2 ┃
        ┗━━━━━┻━━━━━┛

        """)
    #expect(
      TerminalRenderer(usesColor: false).text(maze()) == """
        ┌───┐
        │S#G│
        │ooo│
        └───┘

        """)
  }

  @Test("A drawing for a terminal with colors")
  func terminalWithColors() {
    let lines = TerminalRenderer(usesColor: true).lines(maze())
    #expect(lines[0] == "┌──────┐")
    #expect(
      lines[1] == "│\u{1B}[97;44mS \u{1B}[0m\u{1B}[48;5;240m  \u{1B}[0m\u{1B}[97;42mG \u{1B}[0m│")
    // Without its colors a line is what the plain renderer draws, apart from its marks.
    let plain = TerminalRenderer(usesColor: false).lines(board())
    let colored = TerminalRenderer(usesColor: true).lines(board())
    #expect(colored.count == plain.count)
    for (line, expected) in zip(colored, plain) {
      let bare = line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
      #expect(bare == expected.replacing(/[+!]/, with: " "))
    }
  }

  @Test("Drawings are laid out side by side")
  func drawingsNextToEachOther() {
    let text = TerminalRenderer(usesColor: false).text(
      sideBySide: [("a long title", maze()), ("board", board())])
    #expect(
      text == """
        a long title   board
        ┌───┐          ┏━━━━━┳━━━━━┓
        │S#G│          ┃ 1 . ┃ 3 4 ┃
        │ooo│          ┃ 4+3 ┃ 2 1 ┃
        └───┘          ┣━━━━━╋━━━━━┫
                       ┃ 2 3 ┃ 4 1 ┃
                       ┃ 3 4 ┃ 1!2 ┃
                       ┗━━━━━┻━━━━━┛

        """)
  }

  @Test("Every line of a drawing has the stated width")
  func everyLineIsAsWideAsStated() {
    for drawing in [board(), maze()] {
      let renderer = TerminalRenderer(usesColor: false)
      #expect(renderer.lines(drawing).allSatisfy { $0.count == renderer.width(of: drawing) })
    }
  }

  @Test("Control characters are not written to the terminal")
  func controlCharactersReachNoTerminal() {
    let drawing = Drawing(
      grid: GridShape(rows: 1, columns: 1), cells: [.init("\u{1B}", .given)])
    #expect(!TerminalRenderer(usesColor: false).text(drawing).contains("\u{1B}"))
  }

  @Test("A board is drawn as SVG with its lines, texts and title")
  func svgOfABoard() {
    let svg = SVGRenderer(cellSide: 20).text(board(), title: "4 < 5 & \"so\" on\u{1}")
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-2 -2 84 84\""))
    #expect(svg.contains("<title>4 &lt; 5 &amp; &quot;so&quot; on\u{FFFD}</title>"))
    #expect(svg.contains("prefers-color-scheme: dark"))
    let body = svg.split(separator: "</style>\n")[1].split(separator: "\n")
    #expect(body.filter { $0.hasPrefix("<rect class=") && $0.contains("x=") }.count == 16)
    #expect(body.contains("<text class=\"changed\" x=\"30\" y=\"30\">3</text>"))
    #expect(body.contains("<path class=\"thin\" d=\"M0 20H80M0 60H80M20 0V80M60 0V80\"/>"))
    #expect(body.contains("<path class=\"heavy\" d=\"M0 40H80M40 0V80\"/>"))
    #expect(svg.hasSuffix("</svg>\n"))
  }

  @Test("SVG drawings are well-formed XML")
  func svgIsWellFormed() throws {
    var drawing = maze()
    drawing.cells[3].text = "<&>\u{0}"
    drawing.cells[4].role = .color(3)
    drawing.cells[5].role = .outside
    let svg = SVGRenderer().text(drawing, title: "a maze")
    // Every tag that opens is closed, in order.
    var open: [Substring] = []
    for tag in svg.matches(of: /<(\/?)(\w+)[^<>]*?(\/?)>/) {
      if tag.1 == "/" {
        #expect(open.popLast() == tag.2)
      } else if tag.3.isEmpty {
        open.append(tag.2)
      }
    }
    #expect(open.isEmpty)
    #expect(svg.contains("&lt;&amp;&gt;\u{FFFD}"))
    #expect(!svg.contains("outside"))
    #expect(svg.contains("rect class=\"c3\""))
  }

  @Test("Changed and wrong cells are marked")
  func changesAndFaultsAreMarked() {
    var later = board()
    later.cells[0].text = "2"
    let marked = later.markingChanges(since: board()).markingWrong([3, 99, -1])
    #expect(marked.cells[0].role == .changed)
    #expect(marked.cells[3].role == .wrong)
    #expect(marked.cells[2].role == .given)
  }
}

import Foundation
import Gym
import Testing

@Suite struct FilmTests {
  private func frame(_ text: String, _ caption: String = "a", seconds: Double = 1)
    -> SVGFilm.Frame
  {
    let cells = text.map { Drawing.Cell(String($0), $0 == "." ? .blank : .answer) }
    return SVGFilm.Frame(
      Drawing(grid: GridShape(rows: 1, columns: cells.count), cells: cells), caption: caption,
      seconds: seconds)
  }

  @Test("A cell is drawn once for each of its texts, shown in the frames that have it")
  func spans() {
    let svg = SVGFilm().text([frame("12."), frame("13."), frame("13.")], title: "t")
    #expect(svg.components(separatedBy: ">1</text>").count == 2)
    #expect(svg.contains("<g class=\"f0-1\">") && svg.contains("<g class=\"f1-3\">"))
    #expect(svg.contains("@keyframes f0-1 { 0% { opacity: 1; } 33.33% { opacity: 0; } }"))
    #expect(svg.contains("@keyframes f1-3 { 0% { opacity: 0; } 33.33% { opacity: 1; } }"))
    #expect(svg.contains(".f1-3 { animation: f1-3 3.00s step-end infinite; }"))
  }

  @Test("Without animation the last frame is what is seen")
  func reducedMotion() throws {
    let svg = SVGFilm().text([frame("1", "first"), frame("2", "last")], title: "t")
    let parts = svg.components(separatedBy: "@media (prefers-reduced-motion: no-preference)")
    #expect(parts.count == 2)
    #expect(parts[0].contains(".f0-1 { opacity: 0; }") && !parts[0].contains("animation:"))
    #expect(!svg.contains(".f1-2 { opacity: 0; }") && svg.contains("<desc>last</desc>"))
  }

  @Test("Names are escaped, other grids left out, and no frame gives nothing")
  func strangeFrames() {
    let svg = SVGFilm().text([frame("12"), frame("1", "<&>")], title: "\u{1}<t>")
    #expect(svg.contains("&lt;&amp;&gt;") && svg.contains("<title>\u{FFFD}&lt;t&gt;</title>"))
    #expect(!svg.contains(">2</text>"))
    #expect(SVGFilm().text([], title: "t") == "")
  }
}

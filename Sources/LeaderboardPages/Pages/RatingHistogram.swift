import GymReports
import Leaderboard

/// How many puzzles have which rating, as upright bars.
struct RatingHistogram: Chart {
  let puzzles: PuzzleSummary

  /// Nil if all puzzles have the same rating, or none is known.
  init?(_ puzzles: PuzzleSummary) {
    guard puzzles.histogram.count > 1 else { return nil }
    self.puzzles = puzzles
  }

  var name: String { "ratings" }

  var title: String {
    "Puzzles by rating, from \(first) to \(last). " + (puzzles.ratings ?? "")
  }

  var wideFrame: ChartFrame {
    ChartFrame(width: 460, height: 130, left: 34, right: 4, top: 14, bottom: 34, isNarrow: false)
  }

  var narrowFrame: ChartFrame {
    ChartFrame(width: 360, height: 130, left: 34, right: 4, top: 14, bottom: 34, isNarrow: true)
  }

  private var first: String { Figures.significant(puzzles.histogram.first?.from ?? 0) }
  private var last: String { Figures.significant(puzzles.histogram.last?.to ?? 0) }

  func content(_ frame: ChartFrame) -> HTML {
    let bins = puzzles.histogram
    let most = bins.map(\.count).max() ?? 1
    let width = (frame.plotRight - frame.plotLeft) / Double(bins.count)
    let bars = bins.enumerated().map { index, bin -> HTML in
      let height = (frame.plotBottom - frame.plotTop) * Double(bin.count) / Double(max(1, most))
      let x = frame.plotLeft + Double(index) * width
      return """
        <rect class="column" x="\(x + 0.5)" y="\(frame.plotBottom - height)" \
        width="\(max(1, width - 1.5))" height="\(height)"><title>\(bin.count) puzzles rated \
        \(Figures.significant(bin.from)) to \(Figures.significant(bin.to))</title></rect>
        """
    }
    return """
      \(bars.joined())<path class="axis" d="M\(frame.plotLeft) \(frame.plotBottom)H\(frame.plotRight)"/>\
      <text class="tick end" x="\(frame.plotLeft - 5)" y="\(frame.plotTop + 8)">\(most)</text>\
      <text class="tick end" x="\(frame.plotLeft - 5)" y="\(frame.plotBottom)">0</text>\
      <text class="tick" x="\(frame.plotLeft)" y="\(frame.plotBottom + 15)">\(first)</text>\
      <text class="tick end" x="\(frame.plotRight)" y="\(frame.plotBottom + 15)">\(last)</text>\
      <text class="name mid" x="\((frame.plotLeft + frame.plotRight) / 2)" y="\(frame.height - 4)">\
      Rating</text>
      """
  }
}

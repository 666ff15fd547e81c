import Datasets
import Gym
import GymReports

extension DatasetManifest {
  /// A readable description of the dataset; every line ends in a newline.
  var summary: String {
    let settings = (settings.object ?? [:]).map { name, value in
      " \(name)=\(value.string ?? value.description)"
    }
    var text = "\(task)\(settings.joined()): \(grid) cells, \(subject.vocabulary.count) tokens\n"
    text += "made by: \(origin)\n\n"
    var table = TextTable(
      ("split", .left), ("examples", .right), ("puzzles", .right), ("groups", .right),
      ("ratings", .left))
    for split in splits {
      table.add(
        split.name, "\(split.examples)", "\(split.puzzles)", "\(split.groups)", split.ratings.text)
    }
    return text + table.text(width: Terminal.output.width)
  }
}

extension RatingHistogram {
  /// The mean and the counts on one line.
  var text: String {
    guard let mean else { return "unknown" }
    let bins = counts.enumerated().filter { $0.element > 0 }.map { bin, count in
      let low = Double(bin) * width
      let range = width == 1 ? "" : "-\(Figures.fixed(0, of: low + width - 1))"
      return "\(Figures.fixed(0, of: low))\(range):\(count)"
    }
    let shown = bins.count <= 12 ? bins : bins.prefix(11) + ["…"]
    return "mean \(Figures.fixed(1, of: mean)); \(shown.joined(separator: " "))"
      + (unknown > 0 ? "; \(unknown) unknown" : "")
  }
}

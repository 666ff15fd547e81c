import Datasets
import Gym

extension DatasetManifest {
  /// What a dataset is, for a person; every line ends in a newline.
  var summary: String {
    let settings = (settings.object ?? [:]).map { " \($0.name)=\($0.value.string ?? "\($0.value)")" }
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
  /// Mean and counts on a line.
  var text: String {
    guard let mean else { return "unknown" }
    let bins = counts.enumerated().filter { $0.element > 0 }.map { bin, count in
      let low = Int(Double(bin) * width)
      return width == 1 ? "\(low):\(count)" : "\(low)-\(low + Int(width) - 1):\(count)"
    }
    let shown = bins.count <= 12 ? bins : bins.prefix(11) + ["…"]
    return "mean \(fixed(1, of: mean)); \(shown.joined(separator: " "))"
      + (unknown > 0 ? "; \(unknown) unknown" : "")
  }
}

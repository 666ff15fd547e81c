import Datasets
import GymReports
import JSON

extension DatasetReport {
  /// The report as readable text; every line ends in a newline.
  var text: String {
    let width = Terminal.output.width
    var table = TextTable(
      ("#", .right), ("split", .left), ("examples", .right), ("groups", .right),
      ("wrong", .right), ("repeated", .right), ("equivalent", .right), ("arrays", .left))
    for (index, split) in splits.enumerated() {
      table.add(
        "\(index + 1)", split.name, "\(split.examples)", "\(split.groups)",
        split.wrongLabels.map(String.init) ?? "?", "\(split.repeatedQuestions)",
        split.equivalentGroups.map(String.init) ?? "?",
        split.hasStatedHash.map { $0 ? "as stated" : "NOT AS STATED" } ?? "nothing stated")
    }
    var text = table.text(width: width) + "\n"
    for (index, split) in splits.enumerated() {
      text += "\(index + 1) is \(split.name) of \(split.folder); ratings: \(split.ratings.text)\n"
      text += split.problems.map { "  \($0)\n" }.joined()
    }
    if !overlaps.isEmpty { text += "\n" }
    for overlap in overlaps {
      let classes = overlap.classes.map { "\($0) equivalent puzzles" } ?? "equivalence not known"
      text +=
        "\(overlap.first + 1) and \(overlap.second + 1): \(overlap.questions) equal questions, "
        + "\(classes)\(overlap.isLeak ? " LEAK" : "")\n"
    }
    return text
  }

  /// The report as JSON.
  var json: JSON {
    [
      "leak": .bool(hasLeak), "faulty": .bool(isFaulty),
      "splits": .array(splits.map(\.json)),
      "overlaps": .array(
        overlaps.map { overlap in
          [
            "first": JSON(overlap.first), "second": JSON(overlap.second),
            "questions": JSON(overlap.questions),
            "classes": overlap.classes.map { JSON($0) } ?? .null,
          ]
        }),
    ]
  }
}

extension DatasetReport.Split {
  fileprivate var json: JSON {
    [
      "folder": .string(folder), "split": .string(name),
      "examples": JSON(examples), "puzzles": JSON(puzzles),
      "groups": JSON(groups), "ratings": ratings.json,
      "wrong-labels": wrongLabels.map { JSON($0) } ?? .null,
      "problems": .array(problems.map { .string($0) }),
      "repeated-questions": JSON(repeatedQuestions),
      "equivalent-groups": equivalentGroups.map { JSON($0) } ?? .null,
      "arrays-as-stated": hasStatedHash.map { .bool($0) } ?? .null,
    ]
  }
}

import Foundation
import Gym
import GymJSON

/// The card of a dataset on the Hugging Face hub: metadata in YAML, then text for people.
struct HubCard {
  static let fileName = "README.md"
  let task: any Task
  let name: String
  let license: String
  /// How the dataset was made, from its manifest.
  let origin: JSON
  let sizes: [(split: String, rows: Int, bytes: Int)]
  /// The content hash of each split.
  let hashes: [String: String]

  /// The columns with their types in the card's YAML, and what they hold.
  private static let columns: [(name: String, type: String, meaning: String)] = [
    ("question", "dtype: string", "the cells, row after row, a character each"),
    ("answer", "dtype: string", "the same of the answer; empty if nobody knows it"),
    ("rating", "dtype: float64", "how hard the question is, in the task's unit; may be missing"),
    ("source", "dtype: string", "where the puzzle comes from"),
    ("puzzle", "dtype: string", "the puzzle's name; rows with the same name belong together"),
    ("demonstration", "dtype: bool", "whether the row explains the puzzle and is not asked"),
    ("group", "dtype: int64", "rows with the same number are variants of one puzzle"),
    ("question_tokens", "sequence: uint8", "the question as numbers: places in the vocabulary"),
    ("answer_tokens", "sequence: uint8", "the answer as numbers"),
  ]

  /// A text as a YAML scalar: JSON's strings are YAML's.
  private static func quoted(_ text: String) -> String { JSON.string(text).text() }

  var text: String { "---\n\(metadata)---\n\n\(body)" }

  private var metadata: String {
    var lines = [
      "license: \(Self.quoted(license))", "pretty_name: \(Self.quoted(name))",
      "tags:", "- reasoning", "- puzzles", "- reasongym", "configs:", "- config_name: default",
      "  data_files:",
    ]
    for size in sizes {
      lines.append("  - split: \(Self.quoted(size.split))")
      lines.append("    path: \(Self.quoted("data/\(size.split)/*.jsonl"))")
    }
    lines += ["dataset_info:", "  features:"]
    for column in Self.columns { lines += ["  - name: \(column.name)", "    \(column.type)"] }
    lines.append("  splits:")
    for size in sizes {
      lines += [
        "  - name: \(Self.quoted(size.split))", "    num_bytes: \(size.bytes)",
        "    num_examples: \(size.rows)",
      ]
    }
    let bytes = sizes.reduce(0) { $0 + $1.bytes }
    lines += ["  download_size: \(bytes)", "  dataset_size: \(bytes)"]
    lines += [
      "reasongym:", "  task: \(Self.quoted(task.id.description))",
      "  settings: \(task.settings.json.text())",
      "  vocabulary: \(Self.quoted(String(task.vocabulary.characters)))",
      "  rows: \(task.grid.rows)", "  columns: \(task.grid.columns)", "  origin: \(origin.text())",
      "  hashes:",
    ]
    for size in sizes {
      lines.append("    \(Self.quoted(size.split)): \(Self.quoted(hashes[size.split] ?? ""))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var body: String {
    let splits = sizes.map { "| \($0.split) | \($0.rows) |" }.joined(separator: "\n")
    let columns = Self.columns.map { "| `\($0.name)` | \($0.meaning) |" }.joined(separator: "\n")
    let legend = task.legend.map { "- \($0)" }.joined(separator: "\n")
    return """
      # \(name)

      \(task.rules)

      \(legend)

      Puzzles of ReasonGym's task `\(task.id)` on \(task.grid) cells; vocabulary, padding first:
      `\(String(task.vocabulary.characters))`.

      | split | rows |
      |---|---|
      \(splits)

      | column | |
      |---|---|
      \(columns)

      ```python
      from datasets import load_dataset
      data = load_dataset("FOLDER")            # or streaming=True
      ```

      Back into a dataset to train on, every answer checked by the rules:

      ```
      \(command("dataset build"))--hub FOLDER --out data/mine
      ```
      \(again)
      """
  }

  /// A command about the task with its settings; ends in a blank.
  private func command(_ name: String) -> String {
    let members = task.settings.json.object
    let values = (members?.names ?? []).compactMap { setting -> String? in
      guard let value = members?[setting] else { return nil }
      return "\(setting)=\(value.string ?? value.text())"
    }
    let set = values.isEmpty ? "" : "--set \(values.joined(separator: " ")) "
    return "reasongym \(name) \(task.id.name) \(set)"
  }

  /// How to make the puzzles again, if a generator made them.
  private var again: String {
    guard origin["how"]?.string == "generate", let seed = origin["seed"],
      let counts = origin["counts"]?.object
    else { return "\nMade by: `\(origin.text())`\n" }
    let count = counts.names.map { "\($0)=\(counts[$0]?.text() ?? "")" }.joined(separator: ",")
    var options = "--count \(count) --seed \(seed.text())"
    if let rating = origin["rating"]?.array, rating.count == 2 {
      options += " --rating \(rating[0].text())...\(rating[1].text())"
    }
    if let variants = origin["augment"]?.integer, variants > 0 {
      options += " --augment \(variants)"
    }
    if let names = origin["variant-names"]?.string { options += " --variant-names \(names)" }
    if origin["disjoint"]?.bool == true { options += " --disjoint" }
    if let shard = origin["shard"]?.array, shard.count == 2 {
      options += " --shard \(shard[0].text())/\(shard[1].text())"
    }
    return """

      The same puzzles again, to the bit:

      ```
      \(command("dataset generate"))\(options) --out data/again
      ```

      """
  }
}

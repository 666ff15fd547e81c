import ArgumentParser
import Datasets
import Foundation

/// `reasongym dataset merge`: one dataset from several.
struct DatasetMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge datasets of one task, such as the shards of a generation.",
    discussion: """
      All shards of one generation, in any order, become the very folder that the generation
      writes in one piece.

      Example:
        reasongym dataset merge data/part-1 data/part-2 data/part-3 data/part-4 --out data/all
      """)

  @Argument(help: "The datasets' folders.")
  var parts: [String]

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let merger = try DatasetMerger(parts.map { try DatasetFolder(URL(fileURLWithPath: $0)) })
    try writing.write(stopped: "Stopped; nothing was written.") { control in
      try merger.merge(to: writing.url, replaces: writing.force, control: control)
    }
  }
}

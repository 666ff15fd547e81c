import ArgumentParser
import Datasets
import Foundation

/// `reasongym dataset merge`: merges several datasets into one.
struct DatasetMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge datasets of one task, such as the shards of a generation.",
    discussion: Help.flowing(
      """
      All shards of one generation, in any order, become the very folder that the generation
      writes in one piece. Puzzles of one name and equal content are one; different ones are called
      by their dataset too, such as easy/task1.

      Example:
        reasongym dataset merge data/part-1 data/part-2 data/part-3 data/part-4 \\
          --out data/all
      """))

  @Argument(help: "The datasets' folders.", completion: .directory)
  var parts: [String]

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let data = try parts.map { try Dataset(URL(fileURLWithPath: $0)) }
    // If this program does not know the task, puzzles are compared literally.
    let task = try? Catalogue.current.task(of: data[0], named: nil)
    let merger = try DatasetMerger(data, task: task)
    merger.notes.forEach(writing.note)
    try writing.write(stopped: "Stopped; nothing was written.") { control in
      try merger.merge(to: writing.url, replaces: writing.force, control: control)
    }
  }
}

import Datasets
import Foundation
import Gym

/// A benchmark that is about to be made of a dataset's split, with its puzzles.
public struct BenchmarkDraft: Sendable {
  public let benchmark: Benchmark
  /// The task whose rules count.
  public let task: any Task
  private let split: DatasetSplit

  /// A draft; reads the whole split for its hash and checks that the task's rules accept its
  /// labels.
  ///
  /// - Throws: a `GymError` where the split is not of the task's shape or a label is wrong.
  public init(
    name: String, task: any Task, split: DatasetSplit, isHeldBack: Bool = false,
    created: Date = Date()
  ) throws {
    guard split.cells == task.grid.cells, split.vocabularyCount == task.vocabulary.count else {
      throw GymError(
        "the split has \(split.cells) cells and \(split.vocabularyCount) tokens",
        at: split.url.path,
        expected: "\(task.grid.cells) and \(task.vocabulary.count), as \(task.id) has")
    }
    for index in 0..<split.count {
      let example = try split.example(index)
      if let problem = task.verify(example.answer, for: example).problem {
        throw GymError(
          "the label of example \(index) is wrong: \(problem)", at: split.url.path,
          remedy: "`reasongym dataset check` tells more")
      }
    }
    benchmark = try Benchmark(
      name: name, task: task.id, settings: task.settings.json, split: split.name,
      dataHash: split.contentHash(), count: split.count, isHeldBack: isHeldBack,
      levels: task.levels,
      created: Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded()))
    self.task = task
    self.split = split
  }

  /// A puzzle with its answer and rating.
  ///
  /// - Precondition: it exists.
  package func example(_ index: Int) throws -> Example { try split.example(index) }

  /// The packing of the task's tokens.
  package var packing: TokenPacking {
    TokenPacking(cells: task.grid.cells, vocabularyCount: task.vocabulary.count)
  }
}

import Datasets
import Foundation
import Gym
import GymEvaluation
import Runner

/// The agent of a run, with the weights of one of its checkpoints.
struct TrainedAgent {
  let folder: RunFolder
  let configuration: RunConfiguration
  /// The context that the agent was made for: the run's, or that of another grid.
  let context: AgentContext
  let agent: any LearningAgent
  let checkpoint: Checkpoint

  /// The cost of training; nil if it is not known, since the weights were imported without it.
  var training: ResourceUsage? {
    if let origin = configuration.origin, origin.training == nil { return nil }
    return checkpoint.training
  }

  /// Which checkpoint to use.
  enum Choice {
    case newest
    /// The one that solved the most validation puzzles.
    case best
  }

  /// Reads a run.
  ///
  /// - Parameters:
  ///   - grid: the grid of the questions, for agents that answer others than they were trained on.
  ///   - warn: called for damaged checkpoints.
  init(
    run url: URL, _ choice: Choice = .newest, grid: GridShape? = nil, workers: Int? = nil,
    warn: (String) -> Void
  ) throws {
    folder = RunFolder(url)
    configuration = try RunConfiguration(contentsOf: folder.configurationFile)
    let type = try Catalogue.current.learningAgent(named: configuration.agent.description)
    let found: Checkpoint?
    switch choice {
    case .newest:
      found = try folder.checkpoints.newest { damage in
        warn("\(damage.folder.lastPathComponent) is damaged and left out: \(damage.reason)")
      }
    case .best: found = try folder.checkpoints.best()
    }
    guard let found else {
      throw GymError(
        choice == .best ? "no checkpoint was validated" : "there is no checkpoint yet",
        at: folder.checkpoints.folder.path,
        remedy: choice == .best
          ? "Leave --best out, or train on a dataset with a validation split"
          : "Train the run first: reasongym train … --resume")
    }
    checkpoint = found
    // A run of many ranks may have had more workers than this machine has processors.
    let trained = configuration.context.with(
      workers: workers ?? min(configuration.context.workers, TrainingPlan.allWorkers))
    context = grid.map { type.answersOtherGrids ? trained.with(grid: $0) : trained } ?? trained
    agent = try type.init(settings: configuration.settings(of: type), context: context)
    try agent.restore(from: checkpoint.agentFolder, forTraining: false)
  }

  /// Checks that a dataset's questions have the form that the agent was trained on.
  func checkFits(_ data: Dataset) throws {
    guard data.cells == context.grid.cells, data.vocabularyCount == context.vocabularyCount,
      data.identifierCount <= context.puzzleIdentifiers
    else {
      throw GymError(
        "the dataset has \(data.cells) cells, \(data.vocabularyCount) tokens and "
          + "\(data.identifierCount) puzzle identifiers", at: data.url.path,
        expected: "\(context.grid.cells) cells, \(context.vocabularyCount) tokens and at most "
          + "\(context.puzzleIdentifiers) identifiers, which the run was trained on",
        remedy: "Evaluate on a dataset of the same task and settings")
    }
  }
}

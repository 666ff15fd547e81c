import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymNeuralAgents
import GymTraining
import LightsOut

// Which recurrent model learns Lights Out sooner? Both get the same puzzles and steps.
let steps = Int(CommandLine.arguments.dropFirst().first ?? "") ?? 500
let folder = URL(fileURLWithPath: "study")
let task = try LightsOut(["size": "4"])

// 1. Puzzles: no test puzzle is a symmetric copy of a training puzzle.
var generator = DatasetGenerator(counts: ["train": 300, "test": 100], seed: 1)
generator.isDisjoint = true
let puzzles = folder.appendingPathComponent("puzzles")
_ = try generator.generate(task, to: puzzles, replaces: true, control: WorkControl(workers: 2))
let data = try Dataset(puzzles)

/// Trains an agent in its preset `tiny`; the task's rules judge its answers to the test puzzles.
@MainActor func score(_ agent: any LearningAgent.Type) throws -> Score {
  var settings = Settings(agent.settings)
  for (name, value) in agent.presets.first(where: { $0.name == "tiny" })?.values ?? [:] {
    try settings.set(name, to: value.json)
  }
  let plan = TrainingPlan(
    agent: agent, settings: settings, data: data, task: task, budget: .steps(steps))
  let run = try plan.start(in: folder.appendingPathComponent(agent.id.name), isReplacing: true)
  _ = try run.train(until: StopSignal()) { _ in }
  return try Evaluation(task: task, split: data.split("test")).run(run.agent)
}

// 2. Training and evaluation.
let agents: [any LearningAgent.Type] = [HRM.self, TRM.self]
for agent in agents {
  let solved = try score(agent).overall
  let (least, most) = (solved.interval().lowerBound, solved.interval().upperBound)
  print("\(agent.id) solves \(solved.successes) of \(solved.count) puzzles;")
  print("the 95 % interval of the share is \(least) to \(most).")
}

import Datasets
import Gym
import Runner

extension Dataset {
  /// Rejects a dataset whose test puzzles are in its training data. A resumed run was checked when
  /// it began, and continues only with the same training data.
  func refuseLeaks(_ task: (any Task)?) throws {
    let control = WorkControl(workers: TrainingPlan.allWorkers)
    guard let leak = try LeakageCheck(task: task, control: control).leaks(in: self).first else {
      return
    }
    throw GymError(
      "\(leak.count) examples of the split \(leak.split) are also trained on: its example "
        + "\(leak.example) is example \(leak.trainingExample) of train, up to symmetry",
      at: url.path, expected: "splits that share no puzzle",
      remedy: "Build it from other files, or pass --allow-leakage.")
  }
}

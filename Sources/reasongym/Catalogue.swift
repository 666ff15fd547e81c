import ARC
import Agents
import Commands
import Gym
import MazeHard
import SudokuExtreme

/// Every task and agent that this program knows: to add one, add its line here.
let gym = ReasonGym(
  tasks: [
    SudokuExtreme.self,
    MazeHard.self,
    ARC.self,
  ],
  agents: [
    HRM.self
  ])

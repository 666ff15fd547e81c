import ARC
import Blocksworld
import Gym
import GymAgents
import GymCommands
import GymNeuralAgents
import LightsOut
import Logic
import MazeHard
import NQueens
import SudokuExtreme

/// Every task and agent that this program knows: to add one, add its line here.
let gym = ReasonGym(
  tasks: [
    SudokuExtreme.self,
    MazeHard.self,
    ARC.self,
    Blocksworld.self,
    LightsOut.self,
    Logic.self,
    NQueens.self,
  ],
  agents: [
    HRM.self,
    Transformer.self,
    TransformerACT.self,
    RecurrentCoT.self,
    TRM.self,
    SymbolEquivariant.self,
    DeepThinking.self,
    RuleSolver.self,
    MostFrequent.self,
    RandomLegal.self,
  ])

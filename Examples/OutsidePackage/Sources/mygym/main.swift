import GymCommands
import GymNeuralAgents

ReasonGym(tasks: [SortDigits.self], agents: [HRM.self, TRM.self, CopyQuestion.self]).main()

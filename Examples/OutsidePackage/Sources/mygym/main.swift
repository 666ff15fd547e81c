import Agents
import ReasonGymCommands

ReasonGym(tasks: [SortDigits.self], agents: [HRM.self, TRM.self, CopyQuestion.self]).main()

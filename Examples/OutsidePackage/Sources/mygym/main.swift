import Agents
import Commands

ReasonGym(tasks: [SortDigits.self], agents: [HRM.self, TRM.self, CopyQuestion.self]).main()

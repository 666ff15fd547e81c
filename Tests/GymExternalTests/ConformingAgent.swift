import Gym
import GymExternal

/// An external agent as the conformance suite makes agents: by its type, for any context.
final class ConformingAgent: Agent {
  static let id = PluginID("conforming", version: 1)
  static let summary = ExternalAgent.summary
  static let settings = ExternalAgent.settings

  private let agent: ExternalAgent

  init(settings: Settings, context: AgentContext) throws {
    var task = try Letters.task
    task.grid = context.grid
    task.vocabulary = Vocabulary(String("_abcdefghijklmnop".prefix(context.vocabularyCount)))
    let script = """
      import json, sys
      hello = json.loads(sys.stdin.readline())
      print('{"protocol": "reasongym-agent", "version": 1, "batch": 3}')
      for line in sys.stdin:
          request = json.loads(line)
          for asked in request["questions"]:
              answer = asked["question"][::-1]
              print(json.dumps({"id": asked["id"], "answer": answer, "confidence": 0.5,
                                "thoughts": [asked["question"], answer]}))
      """
    let settings = settings
    agent = try Python.running(script) { command in
      // After its greeting, the process has read its script.
      try ExternalAgent(
        command: command, task: TaskDescription(task), settings: settings, context: context)
    }
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try agent.solve(questions, options: options)
  }
}

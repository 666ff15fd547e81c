import Foundation
import GymJSON
import Testing

/// A question of ARC is meaningless without its demonstrations, so processes get them.
@Suite struct DemonstrationTests {
  private let program: Program

  init() throws {
    program = try Program()
    try FileManager.default.createDirectory(
      at: program.url("tasks"), withIntermediateDirectories: true)
    // Digits are swapped in one, and incremented in the other: the question alone does not
    // tell which.
    try Data(
      #"{"train":[{"input":[[1,2]],"output":[[2,1]]}],"test":[{"input":[[6,7]],"output":[[7,6]]}]}"#
        .utf8
    ).write(to: program.url("tasks/swap.json"))
    try Data(
      #"{"train":[{"input":[[1,2]],"output":[[2,3]]}],"test":[{"input":[[6,7]],"output":[[7,8]]}]}"#
        .utf8
    ).write(to: program.url("tasks/up.json"))
    try program.succeed("dataset build arc --test tasks --augment 3 --out data")
    let agent = """
      import json, os, sys
      reply = os.environ["REPLY"]
      hello = json.loads(sys.stdin.readline())
      print(json.dumps({"protocol": "reasongym-agent", "name": "reader", **json.loads(reply)}),
            flush=True)
      padding, colours = hello["vocabulary"][0], hello["vocabulary"][2:]
      def grid(text): return [c for c in text if c in colours]
      for line in sys.stdin:
          for asked in json.loads(line)["questions"]:
              answer = None
              if asked.get("demonstrations"):
                  swaps = all(grid(d["answer"]) == grid(d["question"])[::-1]
                              for d in asked["demonstrations"])
                  old = grid(asked["question"])
                  new = old[::-1] if swaps else [colours[(colours.index(c) + 1) % 10] for c in old]
                  cells = iter(new)
                  answer = "".join(next(cells) if c in colours else c for c in asked["question"])
              print(json.dumps({"id": asked["id"], "answer": answer}), flush=True)
      """
    try Data(agent.utf8).write(to: program.url("reader.py"))
  }

  private func evaluate(_ reply: String, _ options: String) throws -> String {
    let result = try program.shell(
      "REPLY='\(reply)' $REASONGYM evaluate 'exec:python3 reader.py' --data data \(options)")
    #expect(result.code == 0, "\(result.errors)")
    return result.output
  }

  @Test(
    "An external agent solves puzzles that only demonstrations explain",
    arguments: [#"{"version":1}"#, #"{"version":2}"#])
  func aProcessSolvesWhatOnlyTheyExplain(_ reply: String) throws {
    let score = try JSON(parsing: evaluate(reply, "--limit 1 --json"))
    #expect(score["score"]?["exact"]?["solved"]?.integer == 1, "\(score.text(.pretty))")
    #expect(score["without-demonstrations"]?.bool == (reply.contains("1")))
  }

  @Test("`solve` gives an agent the demonstrations that a file holds")
  func oneOfThemIsSolved() throws {
    for name in ["swap", "up"] {
      let result = try program.shell(
        "REPLY='{\"version\":2}' $REASONGYM solve 'exec:python3 reader.py' tasks/\(name).json "
          + "--task arc --json")
      #expect(result.code == 0, "\(result.errors)")
      #expect(try JSON(parsing: result.output)["solved"] == true)
    }
  }

  @Test("An external agent that ignores demonstrations is marked")
  func aProcessThatCannotUseThemIsMarked() throws {
    let text = try evaluate(#"{"version":2,"demonstrations":false}"#, "--submit board.db")
    #expect(text.contains("which the process does not use"))
    _ = try evaluate(#"{"version":2}"#, "--submit board.db")
    let shown = try program.succeed("leaderboard show board.db").output
    #expect(shown.contains("‡ reader (a "), "\(shown)")
    #expect(shown.contains("‡ did not use the puzzles' demonstrations"))
    #expect(shown.components(separatedBy: "‡").count == 3, "the other is not marked: \(shown)")
    try program.succeed("leaderboard page board.db --out site")
    let page = try String(contentsOf: program.url("site/index.html"), encoding: .utf8)
    #expect(page.contains("without demonstrations"))
  }

  @Test("`pack` and `probe` show a run the demonstrations that it reads")
  func runsAreShownThem() throws {
    try program.succeed(
      "dataset generate arc --set canvas=10 max-size=10 --count train=8,test=4 --disjoint --seed 1 "
        + "--out small")
    try program.succeed(
      "train hrm --data small --steps 2 --workers 1 \(Program.tiny) puzzle-width=0 "
        + "demonstrations=1 --out run")
    try program.succeed("pack run --data small --out packed")
    let card = try String(contentsOf: program.url("packed/card.json"), encoding: .utf8)
    #expect(card.contains("arc-tasks-pass@2"))
    try program.succeed("probe run --data small --limit 1 --starts 0 --json")
  }
}

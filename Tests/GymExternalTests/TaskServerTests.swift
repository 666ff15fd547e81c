import Foundation
import Gym
import GymExternal
import GymJSON
import Testing

/// A task of the gym, served to other programs. The served task is the example in Python.
@Suite(.needsPython) struct TaskServerTests {
  private static func server(_ size: Int = 4) throws -> TaskServer {
    var settings = Settings(Gravity.settings)
    try settings.set("size", to: "\(size)")
    return TaskServer(try Gravity(settings: settings))
  }

  private static func reply(_ server: inout TaskServer, _ request: JSON) throws -> JSON {
    try JSON(parsing: server.reply(to: request))
  }

  @Test("The task server greets in the newest version that both sides know")
  func greetsInTheNewestVersionThatBothKnow() throws {
    let server = try Self.server()
    let hello: JSON = ["protocol": "reasongym-task", "version": 1]
    let greeting = try server.greeting(to: hello)
    #expect(greeting["version"] == 1 && greeting["id"] == "gravity@1")
    #expect(greeting["findings"] == ["kept", "fallen"])
    let newer: JSON = ["protocol": "reasongym-task", "version": 1, "versions": [1, 2, 3]]
    #expect(try server.greeting(to: newer)["version"] == 2)
    for wrong: JSON in [[], ["protocol": "reasongym-agent", "version": 1], ["version": 1]] {
      #expect(throws: GymError.self) { try server.greeting(to: wrong) }
    }
  }

  @Test("A batch gets the replies that its items would get one by one")
  func aBatchHoldsTheRepliesToItsItems() throws {
    var server = try Self.server()
    let single = try (0..<130).map { seed -> JSON in
      try Self.reply(&server, ["id": 7, "do": "generate", "seed": .integer(seed)])
    }
    let items = JSON.array((0..<130).map { ["seed": .integer($0)] })
    let batch = try Self.reply(&server, ["id": 7, "do": "generate", "items": items])
    #expect(batch["id"] == 7)
    let replies = try #require(batch["items"]?.array)
    for (one, other) in zip(single, replies) {
      #expect(one["question"] == other["question"] && one["answer"] == other["answer"])
    }
    #expect(replies.count == 130 && other(replies[0], "id") == nil)
    let mixed = try Self.reply(
      &server, ["id": 8, "do": "generate", "items": [["seed": -1], ["seed": 3]]])
    #expect(other(mixed["items"]?.array?[0], "error")?.string?.contains("seed") == true)
    #expect(mixed["items"]?.array?[1]["question"] == single[3]["question"])
    #expect(try Self.reply(&server, ["id": 9, "do": "solve", "items": []])["items"] == [])
  }

  private func other(_ json: JSON?, _ name: String) -> JSON? { json?[name] }

  @Test("The task server judges any answer, however malformed")
  func everyAnswerIsJudged() throws {
    var server = try Self.server()
    let (question, right) = ("#..#............", "............#..#")
    func verdict(_ answer: JSON) throws -> JSON {
      try Self.reply(
        &server, ["id": 1, "do": "verify", "question": .string(question), "answer": answer])
    }
    #expect(try verdict(.string(right))["solved"] == true)
    for wrong: JSON in [.string(question), "", "é", .null, 7, .string(right + right)] {
      let found = try verdict(wrong)
      #expect(found["solved"] == false && found["problem"]?.string?.isEmpty == false, "\(wrong)")
      #expect(found["findings"]?.object?.names == ["kept", "fallen"])
    }
  }

  @Test("Replies to invalid requests say what is wrong")
  func wrongRequestsAreToldWhatIsWrong() throws {
    var server = try Self.server()
    for (request, reason) in [
      (["id": 1, "do": "dance"], "dance"), (["id": 1, "do": "generate"], "seed"),
      (["id": 1, "do": "generate", "seed": 1, "rating": [3, 2]], "rating"),
      (["id": 1, "do": "solve", "question": "##"], "16"),
      (["id": 1, "do": "make", "settings": ["size": 99]], "size"),
    ] as [(JSON, String)] {
      let reply = try Self.reply(&server, request)
      #expect(reply["error"]?.string?.contains(reason) == true, "\(reply)")
      #expect(reply["id"] == 1)
    }
    let made = try Self.reply(&server, ["id": 2, "do": "make", "settings": ["size": 4]])
    #expect(made["rows"] == 4 && made["legend"]?.array?.count == 2)
    #expect(made["rules"]?.string?.hasPrefix("Every stone falls") == true)
  }
}

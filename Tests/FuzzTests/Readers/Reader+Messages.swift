import Foundation
import Gym
import GymBoardServer
import GymExternal
import GymJSON

extension Reader {
  /// What an agent's or a task's process writes; the first byte is the size of the parts in which
  /// it arrives.
  static let agentLines = Reader(name: "agent-lines") {
    bytes(
      "@" + #"{"id":0,"answer":"1234341221434321","confidence":0.5,"thoughts":[],"tokens":9}"#
        + "\n"
        + #"{"id":1,"answer":null,"failure":"no"}"# + "\n",
      "~" + #"{"protocol":"reasongym-task","version":1,"id":"a@1","summary":"A.","can":["solve"],"#
        + #""settings":[{"name":"n","kind":"integer","summary":"s","default":3,"least":1,"most":9}]}"#
        + "\n",
      "9"
        + #"{"id":0,"vocabulary":"_.ab","rows":2,"columns":2,"rules":"r","legend":[{"symbols":"a","#
        + #""meaning":"m"}],"levels":[{"name":"easy","least":0,"most":5}]}"# + "\n")
  } read: { bytes in
    var (lines, kept) = (LineBuffer(), [UInt8]())
    let (size, content) = (Int(bytes.first ?? 0) + 1, bytes.dropFirst())
    var refusal: (any Error)?
    for start in stride(from: content.startIndex, to: content.endIndex, by: size) {
      lines.append(content[start..<min(start + size, content.endIndex)])
      while let line = lines.next() {
        kept += line + [0x0A]
        do {
          let json = try JSON(parsing: line, limits: JSON.Limits(depth: 16), name: "the line")
          if json["protocol"] != nil {
            _ = try TaskGreeting(json)
          } else if json["vocabulary"] != nil {
            _ = try TaskShape(json)
          } else {
            let prediction = try AnswerLine(json, of: TaskDescription(small))
              .prediction(keepsThoughts: true)
            try expect(
              prediction.thoughts.allSatisfy { $0.count == small.grid.cells },
              "a thought of another size")
          }
        } catch let error where Self.isRefusal(error) {
          refusal = error
        }
      }
    }
    let end = content.lastIndex(of: 0x0A).map { $0 + 1 } ?? content.startIndex
    try expect(kept == Array(content[..<end]), "the lines are not what arrived")
    if let refusal { throw refusal }
  }

  /// Requests to `serve-task`, except those that change the task's size.
  static let taskLines = Reader(name: "task-lines") {
    let (open, solved) = ("1.3.3.1.2.4..3.1", "1234341221434321")
    return bytes(
      #"{"id":1,"do":"verify","question":"\#(open)","expected":"\#(solved)","answer":"\#(solved)"}"#,
      #"{"id":2,"do":"solve","items":[{"question":"\#(open)"},{}]}"#,
      #"{"id":3,"do":"generate","seed":1,"rating":null}"#,
      #"{"id":4,"do":"draw","question":"\#(open)","answer":null}"#,
      #"{"protocol":"reasongym-task","version":1,"versions":[1,2]}"#)
  } read: { bytes in
    let request = try JSON(parsing: bytes, limits: JSON.Limits(depth: 16))
    guard request["do"]?.string != "make" else { return }
    var server = TaskServer(small)
    let reply = try JSON(parsing: server.reply(to: request))
    try expect(reply["id"] == request["id"] ?? .null, "the reply is to another request")
    if request["protocol"] != nil { _ = try server.greeting(to: request) }
  }

  static let http = Reader(name: "http") {
    bytes(
      "GET /api/ranking?benchmark=a HTTP/1.1\r\nHost: x\r\nAccept: */*",
      "POST /api/submissions HTTP/1.1\r\nAuthorization: Bearer t\r\nContent-Length: 12\r\n"
        + "Expect: 100-continue", "HEAD /index.html HTTP/1.0\r\nConnection: keep-alive")
  } read: { bytes in
    let head = try RequestHead(bytes, maximumBody: 1 << 20)
    // What is passed on must mean the same to whoever reads it next.
    let again = try RequestHead(head.bytes.dropLast(4), maximumBody: 1 << 20)
    try expect(
      again.bytes == head.bytes && again.length == head.length,
      "it is read otherwise behind the gate")
    try expect(head.length <= 1 << 20, "a body that is too long")
  }
}

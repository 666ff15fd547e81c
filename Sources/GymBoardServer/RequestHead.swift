import Foundation

/// The request line and headers, checked before anything else sees them.
///
/// Only what a leaderboard needs is accepted: GET, HEAD and POST, a body with stated length, one
/// request per connection. Anything ambiguous (two lengths, an encoded body) is rejected.
package struct RequestHead: Sendable, Hashable {
  /// A response that ends the request.
  package struct Refusal: Error, Hashable {
    let status: Int
    let reason: String
  }

  /// The lines to pass on.
  let lines: [String]
  /// The length of the body in bytes.
  package let length: Int
  /// Whether the client waits for permission to send the body.
  let expectsContinue: Bool

  /// - Parameter bytes: everything before the empty line.
  package init(_ bytes: some Collection<UInt8>, maximumBody: Int) throws(Refusal) {
    guard bytes.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 13 || $0 == 10 || $0 == 9 }),
      let text = String(bytes: Array(bytes), encoding: .utf8)
    else { throw Refusal(status: 400, reason: "The header of the request is not ASCII.") }
    let lines = text.components(separatedBy: "\r\n")
    guard lines.count <= 100, !lines.contains(where: { $0.contains(where: \.isNewline) }) else {
      throw Refusal(status: 400, reason: "The header has malformed lines.")
    }
    let request = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard request.count == 3, request[1].hasPrefix("/"), !request[1].hasPrefix("//"),
      request[1].utf8.count <= 4096, request[2] == "HTTP/1.1" || request[2] == "HTTP/1.0"
    else { throw Refusal(status: 400, reason: "The first line is not a request line.") }
    guard ["GET", "HEAD", "POST"].contains(request[0]) else {
      throw Refusal(status: 405, reason: "Only GET, HEAD and POST are supported.")
    }
    var kept = [Self.spaced(lines[0])]
    var lengths: [String] = []
    var expectsContinue = false
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
      else { throw Refusal(status: 400, reason: "A header line is malformed.") }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      switch line[..<colon].lowercased() {
      case "connection", "keep-alive", "upgrade", "te", "trailer": continue
      case "expect": expectsContinue = value.lowercased() == "100-continue"
      case "transfer-encoding":
        throw Refusal(status: 411, reason: "State the body's length in Content-Length.")
      case "content-length":
        lengths.append(value)
        kept.append(line)
      default: kept.append(line)
      }
    }
    guard lengths.count <= 1,
      lengths.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { throw Refusal(status: 400, reason: "The length of the body is ambiguous.") }
    length = lengths.isEmpty ? 0 : Int(lengths[0]) ?? .max
    guard length <= maximumBody else {
      throw Refusal(status: 413, reason: "The body may have at most \(maximumBody) bytes.")
    }
    guard length == 0 || request[0] == "POST" else {
      throw Refusal(status: 400, reason: "Only POST requests may have a body.")
    }
    self.lines = kept + ["Connection: close"]
    self.expectsContinue = expectsContinue
  }

  /// A request line with the spaces of its query as `%20`: most clients write them as `+`.
  private static func spaced(_ line: String) -> String {
    guard let query = line.firstIndex(of: "?") else { return line }
    return String(line[..<query]) + line[query...].replacing("+", with: "%20")
  }

  /// The bytes to pass on.
  package var bytes: [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) }
}

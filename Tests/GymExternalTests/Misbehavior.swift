/// The ways in which the tests' agent goes wrong, at the questions that begin with "c".
///
/// To every other question it answers the same letters in upper case.
enum Misbehavior: String, CaseIterable, CustomStringConvertible {
  case garbage, silence, flood, endlessLine, deepJSON, wrongID, noID, wrongLength
  case unknownCharacters, notANumberConfidence, confidenceTooHigh, confidenceIsText, death
  case killsItself, closesOutput, noObject, answerIsNumber, wrongThoughts, negativeTokens
  case brokenUTF8, repeatedName, declines

  var description: String { rawValue }

  /// What it does, in Python; `q` is the question, `i` its id.
  private var deed: String {
    switch self {
    case .garbage: "write('Traceback: what now?\\n')"
    case .silence: "time.sleep(60)"
    case .flood: "[write(json.dumps({'id': 0, 'answer': 'X'}) + '\\n') for _ in range(10**6)]"
    case .endlessLine: "[write('x' * 4096) for _ in range(10**6)]"
    case .deepJSON: "write('{\"id\":%d,\"answer\":%s%s}\\n' % (i, '[' * 500, ']' * 500))"
    case .wrongID: "say(id=i + 1000, answer='ABCD')"
    case .noID: "say(answer='ABCD')"
    case .wrongLength: "say(id=i, answer='ABCDA')"
    case .unknownCharacters: "say(id=i, answer='AB\\u00e9Z')"
    case .notANumberConfidence: "say(id=i, answer='ABCD', confidence=float('nan'))"
    case .confidenceTooHigh: "say(id=i, answer='ABCD', confidence=1.5)"
    case .confidenceIsText: "say(id=i, answer='ABCD', confidence='sure')"
    case .death: "sys.exit('out of memory, or so')"
    case .killsItself: "os.kill(os.getpid(), 9)"
    case .closesOutput: "os.close(1); time.sleep(60)"
    case .noObject: "write('[%d, \"ABCD\"]\\n' % i)"
    case .answerIsNumber: "say(id=i, answer=4)"
    case .wrongThoughts: "say(id=i, answer='ABCD', thoughts=['ABC'])"
    case .negativeTokens: "say(id=i, answer='ABCD', tokens=-1)"
    case .brokenUTF8: "os.write(1, b'{\"id\":%d,\"answer\":\"\\xff\\xfe\"}\\n' % i)"
    case .repeatedName: "write('{\"id\":%d,\"answer\":\"ABCD\",\"answer\":\"A\"}\\n' % i)"
    case .declines: "say(id=i, answer=None, failure='too hard for me')"
    }
  }

  /// A part of the recorded reason.
  var reason: String {
    switch self {
    case .garbage: "not JSON: \"Traceback: what now?\""
    case .silence: "no answer within"
    case .flood: "bytes to one request"
    case .endlessLine: "a line of more than"
    case .deepJSON, .notANumberConfidence, .brokenUTF8: "not JSON"
    case .wrongID, .noID: "not asked"
    case .wrongLength: "5 characters, not 4"
    case .unknownCharacters: "not in the vocabulary"
    case .confidenceTooHigh, .confidenceIsText: "from 0 to 1"
    case .death: "exit code 1: out of memory, or so"
    case .killsItself: "signal 9"
    case .closesOutput: "closed its output"
    case .noObject: "an array where an object is expected"
    case .answerIsNumber: "a text or null"
    case .wrongThoughts: "3 characters, not 4"
    case .negativeTokens: "a count"
    case .repeatedName: "occurs twice"
    case .declines: "too hard for me"
    }
  }

  /// The agent as a script that requests `batch` questions at once.
  func script(batch: Int) -> String {
    Self.script(batch: batch, deed: deed)
  }

  /// An agent that does `deed` at the questions that begin with "c".
  static func script(batch: Int = 1, deed: String) -> String {
    """
    import json, os, sys, time
    def write(text): sys.stdout.write(text); sys.stdout.flush()
    def say(**fields): write(json.dumps(fields) + '\\n')
    sys.stdin.readline()
    say(protocol='reasongym-agent', version=1, name='odd', batch=\(batch))
    for line in sys.stdin:
        for asked in json.loads(line)['questions']:
            i, q = asked['id'], asked['question']
            if q.startswith('c'):
                \(deed)
            else:
                say(id=i, answer=q.upper(), confidence=0.75, tokens=3)
    """
  }
}

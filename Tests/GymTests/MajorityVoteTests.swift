import Gym
import Testing

@Suite struct MajorityVoteTests {
  private func vote(_ answers: String) -> MajorityVote<Character> {
    var vote = MajorityVote<Character>()
    for answer in answers { vote.add(answer, confidence: nil) }
    return vote
  }

  private func ranking(_ vote: MajorityVote<Character>) -> String {
    String(vote.ranking.map(\.answer))
  }

  @Test("Most votes win, then the higher confidence, then the first")
  func order() {
    var sure = vote("abcc")
    sure.add("b", confidence: 0.9)
    sure.add("a", confidence: 0.5)
    #expect(ranking(sure) == "bac")
    #expect(ranking(vote("abcab")) == "abc")
    var preferred = vote("aab")
    preferred.add("z", confidence: nil) { _ in true }
    #expect(preferred.winner?.answer == "z" && preferred.winner?.votes == 1)
  }

  /// Where orders were taken twice, the order of a dictionary decided, another in each process.
  @Test("Votes that are added count as if they came after", arguments: 2...40)
  func addedVotes(count: Int) {
    let letters = (0..<count).compactMap { Unicode.Scalar(0x4E00 + $0).map { Character($0) } }
    var all = vote(String(letters.prefix(1)))
    all.add(vote(String(letters.prefix(2))))
    all.add(vote(String(letters.dropFirst(2).prefix(1))))
    for letter in letters.dropFirst(3) { all.add(letter, confidence: nil) }
    #expect(ranking(all) == String(letters))
    #expect(all.winner?.votes == 2)
  }
}

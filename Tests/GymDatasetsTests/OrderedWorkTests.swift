import Gym
import GymDatasets
import Testing

@Suite("Work in order")
struct OrderedWorkTests {
  @Test("Outputs come in the order of inputs, and the first error is thrown", arguments: [1, 2, 7])
  func order(workers: Int) throws {
    struct Odd: Error, Equatable { let number: Int }
    var consumed: [Int] = []
    func run(failing: Set<Int>) throws {
      consumed = []
      try OrderedWork.run(
        workers: workers, produce: { add in for number in 0..<100 { try add(number) } },
        process: { number in
          if failing.contains(number) { throw Odd(number: number) }
          return number * number
        }, consume: { consumed.append($0) })
    }
    try run(failing: [])
    #expect(consumed == (0..<100).map { $0 * $0 })
    #expect(throws: Odd(number: 40)) { try run(failing: [41, 40, 90]) }
    #expect(consumed == (0..<40).map { $0 * $0 })
  }

  @Test("If the system starts no thread, that is an error, not a wait without end")
  func noThreads() throws {
    let queue = WorkQueue<Int, Int>()
    queue.add(1)
    let error = #expect(throws: GymError.self) { _ = try queue.next(patience: 0.01) }
    #expect(error?.what == "the system starts no thread")
    queue.stop()
  }
}

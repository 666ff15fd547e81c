import GymTraining
import Testing

/// What signals do, as they arrive.
@Suite struct StopSignalTests {
  @Test("Signals at the same moment are one; a later one ends the process at once")
  func echoes() {
    let stopSignal = StopSignal()
    let now = ContinuousClock.now
    #expect(!stopSignal.isRequested)
    #expect(!stopSignal.hear(at: now))
    #expect(stopSignal.isRequested)
    // `timeout` signals the process, and then its group, in which the process is.
    #expect(!stopSignal.hear(at: now))
    #expect(!stopSignal.hear(at: now + .milliseconds(400)))
    #expect(stopSignal.hear(at: now + .milliseconds(600)))
  }

  @Test("A signal ends a process that was about to stop anyway")
  func signalsAfterRequests() {
    let stopSignal = StopSignal()
    #expect(!stopSignal.request())
    #expect(stopSignal.hear())
  }
}

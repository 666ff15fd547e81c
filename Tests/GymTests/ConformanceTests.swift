import Gym
import GymTesting
import Testing

@Suite struct ConformanceTests {
  @Test("A correct task passes the conformance suite")
  func aSoundTaskConforms() {
    let variants = [[:], ["rows": "3"], ["rows": "12"]]
    for seed: UInt64 in 1...3 {
      #expect(Conformance.check(EvenRows.self, variants: variants, seed: seed).isEmpty)
    }
    #expect(Conformance.check(PlainRows.self).isEmpty)
  }

  @Test(
    "Each planted fault of a task is found by the check made for it",
    arguments: TaskFault.allCases.filter { $0 != .none })
  func eachPlantedTaskFaultIsCaughtByName(_ fault: TaskFault) throws {
    let check = try #require(fault.check)
    let report = Conformance.check(
      EvenRows.self, variants: [["fault": fault.rawValue]], effort: .quick)
    #expect(report.failedChecks.contains(check), "\(fault): \(report)")
    #expect(report.allSatisfy { $0.subject.hasSuffix("fault=\(fault.rawValue)") })
  }

  @Test("A task with several independent rules passes")
  func aTaskOfIndependentRulesConforms() {
    for seed: UInt64 in 1...2 {
      let report = Conformance.check(UnequalNeighbors.self, effort: .quick, seed: seed)
      #expect(report.isEmpty, "\(report)")
    }
  }

  /// A verifier that omits one of several rules still rejects most wrong answers.
  @Test(
    "A verifier that omits one of several rules is found",
    arguments: UnequalFault.allCases.filter { $0 != .none })
  func eachForgottenRuleIsCaught(_ fault: UnequalFault) {
    let report = Conformance.check(
      UnequalNeighbors.self, variants: [["fault": fault.rawValue]], effort: .quick)
    #expect(report.failedChecks.contains(.rules), "\(fault): \(report)")
  }

  @Test("A fault that leaves no example is reported once, without faults that follow from it")
  func nothingFollowsFromNothing() {
    let report = Conformance.check(
      EvenRows.self, variants: [["fault": "short-answer"]], effort: .quick)
    #expect(report.failedChecks == [.shape], "\(report)")
  }

  @Test("If several answers are right, a verifier that knows only the label is found")
  func comparingWithTheLabelIsCaught() {
    let sound = Conformance.check(EqualSums.self)
    #expect(sound.isEmpty, "\(sound)")
    let report = Conformance.check(EqualSums.self, variants: [["knows-only-label": "true"]])
    #expect(report.failedChecks == [.invariance], "\(report)")
  }

  @Test("A correct agent passes the conformance suite, whether or not it reads identifiers")
  func aSoundAgentConforms() {
    let variants = [[:], ["reads-identifiers": "false"]]
    for seed: UInt64 in 1...3 {
      let report = Conformance.check(Substitution.self, variants: variants, seed: seed)
      #expect(report.isEmpty, "\(report)")
    }
  }

  @Test(
    "Each planted fault of an agent is found by the check made for it",
    arguments: AgentFault.allCases.filter { $0 != .none })
  func eachPlantedAgentFaultIsCaughtByName(_ fault: AgentFault) throws {
    let check = try #require(fault.check)
    let report = Conformance.check(Substitution.self, variants: [["fault": fault.rawValue]])
    #expect(report.failedChecks.contains(check), "\(fault): \(report)")
  }

  @Test("Every check is shown to find a fault")
  func everyCheckIsShownToCatchAFault() {
    let shown = TaskFault.allCases.compactMap(\.check) + AgentFault.allCases.compactMap(\.check)
    let unshown = Set(ConformanceFailure.Check.allCases).subtracting(shown)
    #expect(unshown == [.summary], "no fault is planted for \(unshown)")
  }

  @Test("A report says what was found and where to look")
  func aReportSaysWhatWasFoundAndWhereToLook() throws {
    let report = Conformance.check(EvenRows.self, variants: [["fault": "wrong-label"]])
    let text = "\(report)"
    #expect(text.contains("even-rows@1 fault=wrong-label fails acceptance:"))
    #expect(text.contains("Look at `verify` and `generate`"))
    #expect(text.contains("more times"))
    #expect("\(Conformance.check(EvenRows.self))" == "conforms")
  }

  @Test("The same seed finds the same failures")
  func theSameSeedFindsTheSame() {
    let variants = [["fault": "rating-of-position"]]
    let first = Conformance.check(EvenRows.self, variants: variants, seed: 7)
    #expect(!first.isEmpty)
    #expect(first == Conformance.check(EvenRows.self, variants: variants, seed: 7))
  }

  @Test("Variants with impossible settings are reported")
  func impossibleVariantsAreReported() {
    let report = Conformance.check(EvenRows.self, variants: [["rows": "99"], ["row": "5"]])
    #expect(report.map(\.check) == [.settings, .settings])
    #expect("\(report)".contains("Did you mean \"rows\"?"))
  }
}

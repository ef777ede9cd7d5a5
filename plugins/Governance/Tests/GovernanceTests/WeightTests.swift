import GovernanceEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("A multiplier")
struct WeightTests {
    @Test("says how much of a delegator's stake counts: for his validator, for himself, and for the quorum")
    func counting() throws {
        let chain = try GovernanceChain(stakes: [1_000_000])
        try chain.delegate(1_000_000, to: 0, by: chain.alice)
        let number = try chain.propose()
        let authority = try chain.harness.identity.address
        try chain.harness.when(.setWeight("0.25", of: chain.text(chain.alice)), from: authority).thenSucceeded()
        try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        #expect(try chain.tally(number).yes == "1250000")
        #expect(try chain.tally(number).bonded == "1250000")
        try chain.harness.when(.vote(.no, on: number), from: chain.alice).thenSucceeded()
        #expect(try chain.tally(number).figures == ["1000000", "0", "250000", "0"])
        // Changes while votes are under way, both of the multiplier and of the stake.
        try chain.harness.when(.setWeight("0.5", of: chain.text(chain.alice)), from: authority).thenSucceeded()
        try chain.delegate(1_000_000, to: 0, by: chain.alice)
        #expect(try chain.tally(number).figures == ["1000000", "0", "1000000", "0"])
        try chain.harness.when(.setWeight("0", of: chain.text(chain.alice)), from: authority).thenSucceeded()
        #expect(try chain.tally(number).figures == ["1000000", "0", "0", "0"])
        #expect(try chain.tally(number).bonded == "1000000")
        try chain.harness.when(.setWeight("1", of: chain.text(chain.alice)), from: authority).thenSucceeded()
        #expect(try chain.tally(number).figures == ["1000000", "0", "2000000", "0"])
        #expect(try chain.harness.query(.with { $0.weights = .init() }).weights.weights.isEmpty)
    }

    @Test("is set by governance or the chain's authority alone, is at most 1, and there are not many")
    func refusals() throws {
        let chain = try GovernanceChain()
        let authority = try chain.harness.identity.address
        try chain.harness.when(.setWeight("0", of: "usher"), from: chain.alice).thenFailed(.notAuthority)
        try chain.harness.when(.setWeight("1.000000000000000001", of: "usher"), from: authority)
            .thenFailed(.weightNotAllowed)
        let unknown = try chain.harness.when(.setWeight("0", of: "nobody"), from: authority)
        #expect(unknown.error?.codespace == "kit")
        try chain.harness.when(.setWeight("0", of: "usher"), from: authority).thenSucceeded()
        for index in 1..<64 {
            let account = chain.text(.named("delegator \(index)"))
            try chain.harness.when(.setWeight("0.5", of: account), from: authority).thenSucceeded()
        }
        let account = chain.text(.named("delegator 64"))
        try chain.harness.when(.setWeight("0.5", of: account), from: authority).thenFailed(.weightNotAllowed)
        try chain.harness.when(.setWeight("1", of: "usher"), from: authority).thenSucceeded()
        try chain.harness.when(.setWeight("0.5", of: account), from: authority).thenSucceeded()
        try chain.harness.given(.authority(chain.bob))
        try chain.harness.when(.setWeight("1", of: account), from: chain.bob).thenSucceeded()
    }
}

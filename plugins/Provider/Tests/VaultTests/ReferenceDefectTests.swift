import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

/// What the deployed contracts get wrong in the vault, by its number in the list of their defects.
@Suite("Defects of the reference")
struct ReferenceDefectTests {
    /// Alice has 200 bonded, 200 with alpha, and with beta 50 committed and 150 in flight.
    func chainInFlight() throws -> VaultChain {
        let chain = try VaultChain()
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        try chain.stake("200uatom", with: "alpha", from: alice).thenSucceeded()
        try chain.say(Alpha.self, of: alice, .commit("200")).thenSucceeded()
        try chain.stake("50uatom", with: "beta", from: alice).thenSucceeded()
        try chain.say(Beta.self, of: alice, .commit("50")).thenSucceeded()
        try chain.stake("150uatom", with: "beta", from: alice).thenSucceeded()
        return chain
    }

    @Test("D2: after a slash propagates into a stake in flight, its acknowledgement and its timeout both go well")
    func d2() throws {
        for settlement in [PawnshopStatement.OneOf_Action.commit("150"), .rollBack("150")] {
            let chain = try chainInFlight()
            try chain.tell(Beta.self) { $0.inFlight = "150" }
            try chain.slash(Alpha.self, of: chain.alice, by: "20").thenSucceeded()
            #expect(try chain.summary(chain.alice).hasSuffix("| alpha 180, beta 30..180"))
            try chain.say(Beta.self, of: chain.alice, settlement).thenSucceeded()
            let left = settlement == .commit("150") ? "beta 180" : "beta 30"
            #expect(try chain.summary(chain.alice).hasSuffix("| alpha 180, \(left)"))
            try chain.finish()
        }
    }

    @Test("D3: a slash propagates into stake that is only in flight, and nothing is lost")
    func d3() throws {
        let chain = try VaultChain()
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        try chain.stake("200uatom", with: "alpha", from: alice).thenSucceeded()
        try chain.say(Alpha.self, of: alice, .commit("200")).thenSucceeded()
        try chain.stake("200uatom", with: "beta", from: alice).thenSucceeded()
        // The holder settles: of the operation, 180 remain.
        try chain.tell(Beta.self) { $0.inFlight = "180" }
        try chain.slash(Alpha.self, of: alice, by: "20").thenSucceeded()
        #expect(try chain.summary(alice) == "180 free 0 max 180 slashable 18..36 | alpha 180, beta 0..180")
        try chain.say(Beta.self, of: alice, .commit("180")).thenSucceeded()
        #expect(try chain.summary(alice) == "180 free 0 max 180 slashable 36 | alpha 180, beta 180")
        #expect(try chain.supply() == "1999980")
        try chain.finish()
    }

    @Test("D6: two small stakes can be released together")
    func d6() throws {
        let chain = try VaultChain(slashable: ["alpha": "0.2"])
        let alice = chain.alice
        try chain.bond("1000uatom", from: alice).thenSucceeded()
        for _ in 0..<2 {
            try chain.stake("4uatom", with: "alpha", from: alice).thenSucceeded()
            try chain.say(Alpha.self, of: alice, .commit("4")).thenSucceeded()
        }
        // The part of the lien is rounded as a whole; the reference adds two parts of zero.
        #expect(try chain.summary(alice) == "1000 free 992 max 8 slashable 1 | alpha 8")
        try chain.say(Alpha.self, of: alice, .release("8")).thenSucceeded()
        #expect(try chain.summary(alice) == "1000 free 1000 max 0 slashable 0 | ")
        try chain.finish()
    }
}

/// The ranges that the deployed contracts answer (scenario `in_flight_ranges`; cosmwasm contracts of mesh-security, run by
/// cw-multi-test). The order of the settlements is another than that of the stakes.
@Suite("Ranges of the reference")
struct ReferenceRangeTests {
    @Test("Ranges of liens, of what can be slashed and of what is free are those of the reference")
    func ranges() throws {
        let chain = try VaultChain(slashable: ["alpha": "0.2", "beta": "0.2", "local-staking": "0.2"])
        let alice = chain.alice
        try chain.bond("1000uatom", from: alice).thenSucceeded()
        try chain.stake("300uatom", with: "alpha", from: alice).thenSucceeded()
        #expect(try chain.summary(alice) == "1000 free 700..1000 max 0..300 slashable 0..60 | alpha 0..300")
        try chain.stake("200uatom", with: "alpha", from: alice).thenSucceeded()
        #expect(try chain.summary(alice) == "1000 free 500..1000 max 0..500 slashable 0..100 | alpha 0..500")
        try chain.stake("400uatom", with: "beta", from: alice).thenSucceeded()
        #expect(
            try chain.summary(alice) == "1000 free 500..1000 max 0..500 slashable 0..180 | alpha 0..500, beta 0..400"
        )
        try chain.stake("600uatom", with: "alpha", from: alice).thenFailed(.insufficientCollateral)
        try chain.stakeLocal("700uatom", from: alice).thenSucceeded()
        #expect(
            try chain.summary(alice)
                == "1000 free 300 max 700 slashable 140..320 | local-staking 700, alpha 0..500, beta 0..400"
        )
        try chain.unbond("301uatom", from: alice).thenFailed(.collateralLocked)
        try chain.unbond("300uatom", from: alice).thenSucceeded()
        let settled: [(PawnshopStatement.OneOf_Action, Bool, String)] = [
            (.commit("200"), true, "180..320 | local-staking 700, alpha 200..500, beta 0..400"),
            (.commit("300"), true, "240..320 | local-staking 700, alpha 500, beta 0..400"),
            (.commit("400"), false, "320 | local-staking 700, alpha 500, beta 400"),
        ]
        for (action, isAlpha, expected) in settled {
            if isAlpha {
                try chain.say(Alpha.self, of: alice, action).thenSucceeded()
            } else {
                try chain.say(Beta.self, of: alice, action).thenSucceeded()
            }
            #expect(try chain.summary(alice) == "700 free 0 max 700 slashable \(expected)")
        }
        try chain.stake("60uatom", with: "alpha", from: alice).thenSucceeded()
        #expect(
            try chain.summary(alice)
                == "700 free 0 max 700 slashable 320..332 | local-staking 700, alpha 500..560, beta 400"
        )
        try chain.finish()
    }

    @Test("Small stakes show what the reference shows, but for the rounding (scenario `slashable_rounding`)")
    func smallStakes() throws {
        let chain = try VaultChain(slashable: ["alpha": "0.2"])
        let alice = chain.alice
        try chain.bond("1000uatom", from: alice).thenSucceeded()
        try chain.stake("4uatom", with: "alpha", from: alice).thenSucceeded()
        #expect(try chain.summary(alice) == "1000 free 996..1000 max 0..4 slashable 0 | alpha 0..4")
        try chain.stake("4uatom", with: "alpha", from: alice).thenSucceeded()
        #expect(try chain.summary(alice) == "1000 free 992..1000 max 0..8 slashable 0..1 | alpha 0..8")
        try chain.say(Alpha.self, of: alice, .commit("4")).thenSucceeded()
        #expect(try chain.summary(alice) == "1000 free 992..996 max 4..8 slashable 0..1 | alpha 4..8")
    }
}

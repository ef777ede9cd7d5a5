import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@Suite("Slashing")
struct SlashingTests {
    /// Alice has bonded 200000, with local stake and stake with the others, all committed.
    func chain(local: Int, _ stakes: [(String, Int)], slashable: [String: String] = [:]) throws -> VaultChain {
        let chain = try VaultChain(slashable: slashable)
        try chain.bond("200000uatom", from: chain.alice).thenSucceeded()
        if local > 0 { try chain.stakeLocal("\(local)uatom", from: chain.alice).thenSucceeded() }
        for (name, amount) in stakes {
            try chain.stake("\(amount)uatom", with: name, from: chain.alice).thenSucceeded()
        }
        try chain.say(Alpha.self, of: chain.alice, .commit("1000000")).thenSucceeded()
        try chain.say(Beta.self, of: chain.alice, .commit("1000000")).thenSucceeded()
        try chain.say(Gamma.self, of: chain.alice, .commit("1000000")).thenSucceeded()
        return chain
    }

    @Test("Worked case 4: the slashed coins are destroyed, the other liens give way, and their holders are told")
    func case4() throws {
        let chain = try chain(local: 190_000, [("alpha", 180_000), ("beta", 188_000)])
        let outcome = try chain.slash(Alpha.self, of: chain.alice, by: "14000").thenSucceeded()
        #expect(
            outcome.kinds == ["slashed", "lien_cut", "cut_settled", "collateral_burned", "lien_cut"]
        )
        #expect(
            try chain.summary(chain.alice)
                == "186000 free 0 max 186000 slashable 53800 | local-staking 186000, alpha 166000, beta 186000"
        )
        let cuts = outcome.emitted.compactMap { event -> String? in
            guard case .lienCut(let cut) = event.event else { return nil }
            return "\(cut.holder) \(cut.amount) \(cut.validator)"
        }
        #expect(cuts == ["3 4000 ", "5 2000 "])
        #expect(try chain.supply() == "1986000")
        #expect(try chain.balance(chain.vaultAddress) == "0")
        try chain.finish()
    }

    @Test("Worked case 5: all liens give way by the same, the slashed one at its validator")
    func case5() throws {
        let fractions = ["local-staking": "0.1", "alpha": "0.5", "beta": "0.5", "gamma": "0.5"]
        let chain = try chain(
            local: 100_000,
            [("alpha", 180_000), ("beta", 80_000), ("gamma", 100_000)],
            slashable: fractions
        )
        let outcome = try chain.slash(Alpha.self, of: chain.alice, by: "90000").thenSucceeded()
        #expect(
            try chain.summary(chain.alice)
                == "110000 free 2 max 78125 slashable 109998 | "
                + "local-staking 78125, alpha 68125, beta 58125, gamma 78125"
        )
        #expect(outcome.emitted.contains { $0.lienCut.holder == 4 && $0.lienCut.validator == "val1" })
        try chain.finish()
    }

    @Test(
        "Worked cases 1 to 3 come out on a chain with a bank",
        arguments: [
            (190_000, 150_000, 10_000, "190000 free 0 max 190000 slashable 33000 | local-staking 190000, alpha 140000"),
            (200_000, 200_000, 20_000, "180000 free 0 max 180000 slashable 36000 | local-staking 180000, alpha 180000"),
            (190_000, 150_000, 15_000, "185000 free 0 max 185000 slashable 32000 | local-staking 185000, alpha 135000"),
        ]
    )
    func cases1To3(local: Int, remote: Int, slash: Int, expected: String) throws {
        let chain = try chain(local: local, [("alpha", remote)])
        try chain.slash(Alpha.self, of: chain.alice, by: "\(slash)").thenSucceeded()
        #expect(try chain.summary(chain.alice) == expected)
        #expect(try chain.supply() == "\(2_000_000 - slash)")
        try chain.finish()
    }

    @Test("A slash by the local holder destroys nothing twice")
    func localSlash() throws {
        let chain = try chain(local: 200_000, [("alpha", 200_000)])
        let abyss = try chain.payment("20000", to: Address.named("abyss"))
        let loss = PawnshopStatement.OneOf_Action.slash(
            .with {
                $0.validator = "val1"; $0.amount = "20000"
            }
        )
        let outcome = try chain.say(Local.self, of: chain.alice, paying: abyss, loss).thenSucceeded()
        #expect(outcome.kinds == ["slashed", "lien_cut"])
        #expect(
            try chain.summary(chain.alice)
                == "180000 free 0 max 180000 slashable 36000 | local-staking 180000, alpha 180000"
        )
        #expect(try chain.supply() == "2000000")
        try chain.finish()
    }

    @Test("What is asked for beyond the slashable part is not destroyed, and the event shows it")
    func excess() throws {
        let chain = try chain(local: 0, [("alpha", 100_000)])
        let outcome = try chain.slash(Alpha.self, of: chain.alice, by: "30000").thenSucceeded()
        let slashed = try #require(outcome.emitted.first).slashed
        #expect(slashed.amount == "10000")
        #expect(slashed.excess == "20000")
        #expect(try chain.summary(chain.alice) == "190000 free 120000 max 70000 slashable 7000 | alpha 70000")
        #expect(
            try chain.slash(Alpha.self, of: chain.alice, by: "1").thenSucceeded().emitted.first?.slashed.amount == "0"
        )
        try chain.finish()
    }

    @Test("A holder that throws, or says nothing, in a cut changes nothing for the vault or for others")
    func deafHolders() throws {
        let chain = try chain(local: 0, [("alpha", 200_000), ("beta", 200_000), ("gamma", 200_000)])
        try chain.tell(Beta.self) { $0.cutAnswer = .throw }
        try chain.tell(Gamma.self) { $0.cutAnswer = .ignore }
        let outcome = try chain.slash(Alpha.self, of: chain.alice, by: "20000").thenSucceeded()
        #expect(outcome.failedReactions == [PawnshopRefusal.code])
        #expect(
            try chain.summary(chain.alice)
                == "180000 free 0 max 180000 slashable 54000 | alpha 180000, beta 180000, gamma 180000"
        )
        #expect(try chain.supply() == "1980000")
        // The holder that missed the cut still believes that it has all; it gets rid of all that there is.
        try chain.say(Beta.self, of: chain.alice, .release("200000")).thenSucceeded()
        #expect(try chain.details(chain.alice).liens.count == 2)
        try chain.finish()
    }

    @Test(
        "A local holder that fails in a cut keeps its coins; nobody else's are destroyed, and it may give them back later"
    )
    func lateCoins() throws {
        let chain = try chain(local: 200_000, [("alpha", 200_000)])
        try chain.bond("500uatom", from: chain.bob).thenSucceeded()
        try chain.tell(Local.self) { $0.cutAnswer = .throw }
        let outcome = try chain.slash(Alpha.self, of: chain.alice, by: "20000").thenSucceeded()
        #expect(outcome.kinds == ["slashed", "lien_cut"])
        #expect(outcome.failedReactions == [PawnshopRefusal.code])
        #expect(try chain.details(chain.alice).unburned == "20000")
        #expect(try chain.balance(chain.vaultAddress) == "500")
        try chain.finish()
        try chain.unbond("1uatom", from: chain.alice).thenFailed(.collateralLocked)
        try chain.say(Local.self, of: chain.alice, paying: chain.payment("15000"), .release("15000")).thenSucceeded()
        #expect(try chain.details(chain.alice).unburned == "5000")
        #expect(try chain.supply() == "1985000")
        try chain.finish()
        try chain.say(Local.self, of: chain.alice, paying: chain.payment("5000"), .settleCut("0")).thenSucceeded()
        #expect(try chain.details(chain.alice).unburned == "0")
        #expect(try chain.supply() == "1980000")
        try chain.unbond("500uatom", from: chain.bob).thenSucceeded()
        try chain.finish()
    }

    @Test("A slash stands although a local holder lies about the coins and the bank has none to destroy")
    func lies() throws {
        let chain = try chain(local: 200_000, [("alpha", 200_000)])
        try chain.tell(Local.self) { $0.cutAnswer = .lie }
        let outcome = try chain.slash(Alpha.self, of: chain.alice, by: "20000").thenSucceeded()
        #expect(outcome.kinds == ["slashed", "lien_cut", "cut_settled"])
        #expect(try chain.details(chain.alice).bonded == "180000")
        #expect(try chain.details(chain.alice).unburned == "20000")
        try chain.finish(coinsMissing: 20_000)
    }

    @Test("Who is slashed pays alone")
    func others() throws {
        let chain = try chain(local: 0, [("alpha", 100_000)])
        try chain.bond("300uatom", from: chain.bob).thenSucceeded()
        try chain.stake("300uatom", with: "alpha", from: chain.bob).thenSucceeded()
        let before = try chain.summary(chain.bob)
        try chain.slash(Alpha.self, of: chain.alice, by: "10000").thenSucceeded()
        #expect(try chain.summary(chain.bob) == before)
        try chain.finish()
    }

    @Test("A slash with too little work left fails as a whole, and can be sent again")
    func work() throws {
        let chain = try chain(local: 190_000, [("alpha", 180_000), ("beta", 188_000)])
        let owner = chain.text(chain.alice)
        let message = PawnshopMessage.with {
            $0.record.stated.statements = [
                .with {
                    $0.vault = 1
                    $0.owner = owner
                    $0.slash.validator = "val1"
                    $0.slash.amount = "14000"
                }
            ]
        }
        let before = try chain.summary(chain.alice)
        try chain.harness.when(message, to: Pawnshop<Alpha>.self, from: VaultChain.keeper, workLimit: 2_000)
            .thenFailed(.outOfWork)
        #expect(try chain.summary(chain.alice) == before)
        try chain.harness.when(message, to: Pawnshop<Alpha>.self, from: VaultChain.keeper).thenSucceeded()
        try chain.finish()
    }
}

import ModuleKit
import ModuleTesting
import Testing

@Suite("A grant")
struct GrantTests {
    let alice = Address.named("alice")

    /// What the holder recorded: what it was told, and what it held by then.
    private func told<Module>(_ outcome: Outcome<Module>) -> [String] {
        outcome.events.of(LedgerEvent.self).filter { $0.kindName == "set" && $0.set.shelf != "offered" }
            .map { "\($0.set.shelf)|\($0.set.name)" }
    }

    /// What the holder recorded that it was offered.
    private func offered<Module>(_ outcome: Outcome<Module>) -> [String] {
        outcome.events.of(LedgerEvent.self).filter { $0.set.shelf == "offered" }.map(\.set.name)
    }

    @Test("is offered first where it is new or goes beyond what its holder has, and not where it comes down")
    func offers() throws {
        let harness = try ModuleHarness(Holder())
        for (cap, expected) in [
            (5, ["5"]), (7, ["7"]), (6, []), (nil, ["no cap"]), (9, []), (0, []), (1, ["1"]),
        ] as [(UInt128?, [String])] {
            let outcome = try harness.when(granting: .ledgerMint, cap: cap.map { Amount($0) }).thenSucceeded()
            #expect(offered(outcome) == expected, "\(String(describing: cap))")
        }
        try harness.when(revoking: .ledgerMint).thenSucceeded()
        let again = try harness.when(granting: .ledgerMint, cap: Amount(1)).thenSucceeded()
        #expect(again.events.map(\.kind.name) == ["privilege_offered", "set", "privilege_granted", "set"])
        try harness.nextBlock()
    }

    @Test("is refused by the one that it is offered to, and then stays as it was")
    func refusedOffer() throws {
        let harness = try ModuleHarness(Holder(capMax: Amount(10)))
        try harness.when(granting: .ledgerMint, cap: Amount(11)).thenFailed(.scripted, saying: "too much")
            .thenLeftNothing()
        try harness.when(granting: .ledgerMint, cap: Amount(10)).thenSucceeded()
        try harness.when(granting: .ledgerMint).thenFailed(.scripted).thenLeftNothing()
        #expect(told(try harness.when(granting: .ledgerMint, cap: Amount(9))) == ["9|9"])
        try harness.nextBlock()
    }

    @Test("of another instance is neither offered nor told to those that listen as addressees")
    func addressed() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [Holder(), Holder()])
        let holder = try harness.identity(of: Holder.self)
        let outcome = try harness.when(granting: .ledgerMint, cap: Amount(1), to: holder).thenSucceeded()
        #expect(outcome.events.map(\.instance.number) == [0, 2, 0, 2])
    }

    @Test("exceeds another with a higher cap, without one, or where there was none")
    func exceeding() {
        let (none, one, two) = (
            Grant(.ledgerMint), Grant(.ledgerMint, cap: Amount(1)), Grant(.ledgerMint, cap: Amount(2))
        )
        for grant in [none, one, two] {
            #expect(grant.exceeds(nil))
            #expect(!grant.exceeds(grant) && !grant.exceeds(none))
        }
        #expect(two.exceeds(one) && none.exceeds(two) && !one.exceeds(two))
    }

    @Test("is told with its cap, and its holder sees it so: given, changed, without a cap")
    func changes() throws {
        let harness = try ModuleHarness(Holder())
        #expect(told(try harness.when(granting: .ledgerMint, cap: Amount(70)).thenSucceeded()) == ["70|70"])
        #expect(
            told(try harness.when(granting: .ledgerMint, cap: .max).thenSucceeded()) == ["\(Amount.max)|\(Amount.max)"]
        )
        try harness.nextBlock()
        #expect(told(try harness.when(granting: .ledgerMint).thenSucceeded()) == ["no cap|no cap"])
        #expect(told(try harness.when(granting: .ledgerMint, cap: .zero).thenSucceeded()) == ["0|0"])
        #expect(told(try harness.when(granting: Privilege("ledger/other"), cap: .zero).thenSucceeded()) == [])
        try harness.nextBlock()
    }

    @Test("lives on with a cap of zero until it is revoked, so that its holder can take back what it has")
    func revoked() throws {
        let harness = try ModuleHarness(Holder(minting: true))
        try harness.given(.grant(.ledgerMint, cap: Amount(5)))
        let outcome = try harness.when(revoking: .ledgerMint).thenSucceeded()
        #expect(told(outcome) == ["0|0"], "the holder fails on the second event, alone")
        #expect(
            outcome.events.map(\.kind.name) == [
                "privilege_granted", "set", "minted", "privilege_revoked", "reaction_failed",
            ]
        )
        let failure = try #require(outcome.events.of(HarnessEvent.self).last)
        #expect(failure.reactionFailed.codespace == "execution")
        #expect(failure.reactionFailed.code == ModuleError.Code.notGranted.number)
        try harness.nextBlock()
        #expect(told(try harness.when(granting: .ledgerMint, cap: Amount(6)).thenSucceeded()) == ["6|6"])
    }

    @Test("that is revoked lets its holder record nothing that needs it; a new one does")
    func needed() throws {
        let harness = try ModuleHarness(Ledger())
        try harness.given(.grant(.ledgerMint, cap: .zero), .messages([.steps(.mint(1))], from: alice))
        try harness.when(revoking: .ledgerMint).thenSucceeded()
        try harness.when(.steps(.mint(1)), from: alice).thenFailed(.notGranted, saying: "ledger/mint").thenLeftNothing()
        harness.grant(.ledgerMint)
        try harness.when(.steps(.mint(1)), from: alice).thenFailed(.notGranted)
        try harness.when(granting: .ledgerMint).thenSucceeded()
        harness.withhold(.ledgerMint)
        try harness.when(.steps(.mint(1)), from: alice).thenSucceeded()
        try harness.nextBlock()
        try harness.when(.steps(.mint(1)), from: alice).thenSucceeded()
    }

    @Test("of one instance is no matter of another's")
    func ofOthers() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [Holder()])
        harness.withhold(.ledgerMint)
        let holder = try harness.identity(of: Holder.self)
        #expect(told(try harness.when(granting: .ledgerMint, cap: Amount(1), to: holder)) == ["1|1"])
        try harness.when(.steps(.mint(1)), from: alice).thenFailed(.notGranted)
        #expect(told(try harness.when(granting: .ledgerMint, cap: Amount(2))) == [])
        try harness.when(.steps(.mint(1)), from: alice).thenSucceeded()
        #expect(told(try harness.when(revoking: .ledgerMint, from: holder)) == ["0|0", "none|none"])
        try harness.when(.steps(.mint(1)), from: alice).thenSucceeded()
    }

    @Test("is read as it was recorded, and a cap that is no amount is refused")
    func recorded() throws {
        for cap in [nil, .zero, Amount(17), .max] as [Amount?] {
            let grant = Grant(.ledgerMint, cap: cap)
            #expect(try Grant(.ledgerMint, recordedCap: grant.recordedCap) == grant)
        }
        for text in ["-1", "+1", "01", "1.5", " 1", "one"] {
            #expect(code { try Grant(.ledgerMint, recordedCap: text) } == .invalidAmount, "\(text)")
        }
        let tooLarge = "340282366920938463463374607431768211456"
        #expect(code { try Grant(.ledgerMint, recordedCap: tooLarge) } == .arithmeticOverflow)
    }
}

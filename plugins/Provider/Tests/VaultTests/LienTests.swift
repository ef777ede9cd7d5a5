import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@Suite("Liens")
struct LienTests {
    @Test("A remote lien is asked for, taken, committed, and released")
    func remote() throws {
        let chain = try VaultChain(slashable: ["alpha": "0.5"])
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        let outcome = try chain.stake("150uatom", with: "alpha", from: alice).thenSucceeded()
        #expect(outcome.kinds == ["lien_requested", "lien_accepted"])
        #expect(try chain.summary(alice) == "200 free 50..200 max 0..150 slashable 0..75 | alpha 0..150")
        try chain.say(Alpha.self, of: alice, .commit("100")).thenSucceeded()
        try chain.say(Alpha.self, of: alice, .rollBack("20")).thenSucceeded()
        #expect(try chain.summary(alice) == "200 free 70..100 max 100..130 slashable 50..65 | alpha 100..130")
        try chain.finish()
        try chain.say(Alpha.self, of: alice, .release("60"), .commit("30")).thenSucceeded()
        #expect(try chain.summary(alice) == "200 free 130 max 70 slashable 35 | alpha 70")
        try chain.say(Alpha.self, of: alice, .release("70")).thenSucceeded()
        #expect(try chain.summary(alice) == "200 free 200 max 0 slashable 0 | ")
        #expect(try chain.balance(chain.vaultAddress) == "200")
        try chain.finish()
    }

    @Test("A holder can be named by its address too")
    func byAddress() throws {
        let chain = try VaultChain()
        try chain.bond("10uatom", from: chain.alice).thenSucceeded()
        let address = chain.text(try chain.harness.identity(of: Pawnshop<Beta>.self).address)
        try chain.stake("10uatom", with: address, from: chain.alice).thenSucceeded()
        let details = try chain.details(chain.alice)
        #expect(details.liens.map(\.holder.address) == [address])
    }

    @Test("Local stake goes to the local holder, and comes back from there")
    func local() throws {
        let chain = try VaultChain()
        let alice = chain.alice
        let holder = try chain.harness.identity(of: Pawnshop<Local>.self).address
        try chain.bond("200uatom", from: alice).thenSucceeded()
        let outcome = try chain.stakeLocal("190uatom", from: alice).thenSucceeded()
        #expect(outcome.kinds == ["lien_requested", "lien_accepted", "lien_committed"])
        #expect(try chain.balance(holder) == "190")
        #expect(try chain.balance(chain.vaultAddress) == "10")
        #expect(try chain.summary(alice) == "200 free 10 max 190 slashable 19 | local-staking 190")
        try chain.finish()
        try chain.say(Local.self, of: alice, paying: chain.payment("40"), .release("40")).thenSucceeded()
        #expect(try chain.summary(alice) == "200 free 50 max 150 slashable 15 | local-staking 150")
        try chain.finish()
    }

    @Test("A local lien and a remote one can't be had of the same holder")
    func purposes() throws {
        let chain = try VaultChain()
        try chain.bond("200uatom", from: chain.alice).thenSucceeded()
        try chain.stakeLocal("10uatom", from: chain.alice).thenSucceeded()
        try chain.stake("10uatom", with: "local-staking", from: chain.alice).thenFailed(.lienPurposeMismatch)
    }

    @Test("Without local staking, or with something else in its place, nothing is staked locally")
    func noLocalStaking() throws {
        for name in [JSONValue.null, "nobody", "alpha"] {
            let chain = try VaultChain(configuration: [("local_staking", name)])
            try chain.bond("200uatom", from: chain.alice).thenSucceeded()
            try chain.stakeLocal("10uatom", from: chain.alice).thenFailed(.noLocalStaking)
        }
    }

    @Test("Stakes of another denomination, of nothing, below the minimum, or beyond the collateral are refused")
    func badStakes() throws {
        let chain = try VaultChain(slashable: ["beta": "0.6"], configuration: [("minimum_stake", "5")])
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        try chain.stake("10ujuno", with: "alpha", from: alice).thenFailed(.wrongCollateralDenomination)
        try chain.stake("0uatom", with: "alpha", from: alice).thenFailed(.zeroCollateral)
        try chain.stake("4uatom", with: "alpha", from: alice).thenFailed(.stakeBelowMinimum)
        try chain.stake("10uatom", with: "nobody", from: alice).thenFailed(.unknownLienHolder)
        try chain.stake("201uatom", with: "alpha", from: alice).thenFailed(.insufficientCollateral)
        try chain.stakeLocal("201uatom", from: alice).thenFailed(.insufficientCollateral)
        let most = "340282366920938463463374607431768211455uatom"
        try chain.stake(most, with: "alpha", from: alice).thenFailed(.insufficientCollateral)
        try chain.stake("200uatom", with: "alpha", from: alice).thenSucceeded()
        try chain.stake("5uatom", with: "alpha", from: alice).thenFailed(.insufficientCollateral)
        try chain.stake(most, with: "alpha", from: alice).thenFailed(.insufficientCollateral)
        try chain.stake("200uatom", with: "beta", from: alice).thenSucceeded()
        try chain.stake("200uatom", with: "gamma", from: alice).thenSucceeded()
        // 20 + 120 + 20 of 200 can be slashed; 80 more can't be.
        try chain.tell(Local.self) { $0.slashable = "0.5" }
        try chain.stakeLocal("160uatom", from: alice).thenFailed(.insufficientCollateral, saying: "could be slashed")
        #expect(try chain.balance(chain.vaultAddress) == "200")
        try chain.finish()
    }

    @Test("A holder may refuse; then nothing has happened")
    func refusal() throws {
        let chain = try VaultChain()
        try chain.bond("200uatom", from: chain.alice).thenSucceeded()
        try chain.tell(Alpha.self) { $0.requestAnswer = .refuse }
        try chain.tell(Local.self) { $0.requestAnswer = .refuse }
        try chain.stake("10uatom", with: "alpha", from: chain.alice).thenFailed(PawnshopRefusal.code)
        try chain.stakeLocal("10uatom", from: chain.alice).thenFailed(PawnshopRefusal.code)
        #expect(try chain.summary(chain.alice) == "200 free 200 max 0 slashable 0 | ")
        try chain.finish()
    }

    @Test("A holder that never answers fails the transaction, and so does an instance that holds no liens")
    func silence() throws {
        let chain = try VaultChain()
        try chain.bond("200uatom", from: chain.alice).thenSucceeded()
        try chain.tell(Alpha.self) { $0.requestAnswer = .ignore }
        try chain.tell(Local.self) { $0.requestAnswer = .ignore }
        try chain.stake("10uatom", with: "alpha", from: chain.alice).thenFailed(.lienUnanswered)
        try chain.stake("10uatom", with: "bank", from: chain.alice).thenFailed(.lienUnanswered)
        try chain.stake("10uatom", with: "vault", from: chain.alice).thenFailed(.lienUnanswered)
        try chain.stakeLocal("10uatom", from: chain.alice).thenFailed(.lienUnanswered)
        #expect(try chain.balance(chain.vaultAddress) == "200")
        try chain.finish()
    }

    @Test("A lien is taken once, by the one who was asked, and only while it is asked for")
    func acceptance() throws {
        let chain = try VaultChain()
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        let acceptance = PawnshopStatement.OneOf_Action.accept(
            .with {
                $0.transaction = 1
                $0.slashable = "0.1"
            }
        )
        try chain.say(Alpha.self, of: alice, acceptance).thenFailed(.lienNotRequested)
        try chain.tell(Alpha.self) { $0.requestAnswer = .acceptTwice }
        try chain.stake("10uatom", with: "alpha", from: alice).thenFailed(.lienNotRequested)
        try chain.tell(Alpha.self) { $0.slashable = "1.000000000000000001" }
        try chain.stake("10uatom", with: "alpha", from: alice).thenFailed(.invalidSlashableFraction)
        try chain.tell(Alpha.self) { $0.slashable = "1" }
        try chain.stake("10uatom", with: "alpha", from: alice).thenSucceeded()
        try chain.say(Alpha.self, of: alice, acceptance).thenFailed(.lienNotRequested)
        #expect(try chain.details(alice).totalSlashable.high == "10")
        try chain.finish()
    }

    @Test("Another instance can't take the lien that a holder was asked to take")
    func impostor() throws {
        let chain = try VaultChain(extras: [Impostor()])
        try chain.bond("200uatom", from: chain.alice).thenSucceeded()
        try chain.stake("10uatom", with: "alpha", from: chain.alice).thenFailed(.notRequestedHolder)
        try chain.stake("10uatom", with: "impostor", from: chain.alice).thenFailed(.lienUnanswered)
    }

    @Test("A stranger can neither release nor change a lien, and statements for another vault are ignored")
    func strangers() throws {
        let chain = try VaultChain()
        let (alice, bob) = (chain.alice, chain.bob)
        for person in [alice, bob] { try chain.bond("200uatom", from: person).thenSucceeded() }
        try chain.stake("150uatom", with: "alpha", from: alice).thenSucceeded()
        try chain.stake("150uatom", with: "beta", from: bob).thenSucceeded()
        let before = try chain.summary(alice)
        try chain.say(Beta.self, of: alice, .release("10")).thenFailed(.noLien)
        let ignored: [PawnshopStatement.OneOf_Action] = [
            .release("0"), .commit("10"), .rollBack("10"), .settleCut("0"),
            .slash(
                .with {
                    $0.validator = "val1"; $0.amount = "10"
                }
            ),
        ]
        for action in ignored {
            #expect(try chain.say(Beta.self, of: alice, action).thenSucceeded().emitted == [])
            #expect(try chain.say(Alpha.self, of: alice, vault: 2, action).thenSucceeded().emitted == [])
        }
        #expect(try chain.say(Beta.self, of: alice, vault: 2, .release("10")).thenSucceeded().emitted == [])
        #expect(try chain.summary(alice) == before)
        try chain.finish()
    }

    @Test("What a holder reports beyond what there is, is taken as far as it goes")
    func saturation() throws {
        let chain = try VaultChain()
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        try chain.stake("100uatom", with: "alpha", from: alice).thenSucceeded()
        try chain.say(Alpha.self, of: alice, .commit("60"), .release("70"), .rollBack("10")).thenSucceeded()
        #expect(try chain.summary(alice) == "200 free 170..200 max 0..30 slashable 0..3 | alpha 0..30")
        let most = "340282366920938463463374607431768211455"
        try chain.say(Alpha.self, of: alice, .commit(most), .commit(most), .release(most)).thenSucceeded()
        #expect(try chain.summary(alice) == "200 free 200 max 0 slashable 0 | ")
        try chain.finish()
    }

    @Test("Nobody has more than 32 liens, and more of one that there is can be had all the same")
    func limit() throws {
        let chain = try VaultChain(extras: (0..<33).map { _ in Pawnshop<Delta>() })
        let alice = chain.alice
        try chain.bond("200uatom", from: alice).thenSucceeded()
        for number in 1...32 {
            let name = number == 1 ? "delta" : "delta-\(number)"
            try chain.stake("10uatom", with: name, from: alice).thenSucceeded()
        }
        try chain.stake("10uatom", with: "delta-33", from: alice).thenFailed(.tooManyLiens)
        try chain.stakeLocal("10uatom", from: alice).thenFailed(.tooManyLiens)
        try chain.stake("10uatom", with: "delta-32", from: alice).thenSucceeded()
        #expect(try chain.details(alice).liens.count == 32)
        let outcome = try chain.slash(Delta.self, of: alice, by: "1").thenSucceeded()
        #expect(outcome.kinds.first == "slashed")
        try chain.finish()
    }
}

enum Delta: PawnshopName { static let text = "delta" }

/// A module that takes every lien that anyone else is asked to take, and none of its own.
struct Impostor: ProtocolModule {
    static let manifest = Manifest(name: "impostor", version: "1.0.0")

    func handle(_ message: PawnshopMessage, _ context: Context) throws(ModuleError) { try context.emit(message.record) }
    func apply(_ event: PawnshopEvent, to state: StateWriter) {}
    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Impostor>] {
        [
            .onTrait({ $0 == VaultEvent.self }) { (_, event, origin, context) throws(ModuleError) in
                guard case .lienRequested(let request) = (event as? VaultEvent)?.event,
                    request.holder != context.identity.number
                else { return }
                try context.emit(
                    .with {
                        $0.stated.statements = [
                            .with {
                                $0.vault = origin.instance.number
                                $0.owner = request.owner
                                $0.accept.transaction = request.transaction
                                $0.accept.slashable = "0.1"
                            }
                        ]
                    }
                )
            }
        ]
    }
}

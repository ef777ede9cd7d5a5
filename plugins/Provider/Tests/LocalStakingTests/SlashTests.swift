import BankEvents
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import Vault
import VaultEvents

@Suite("A slash of a validator of this chain")
struct SlashTests {
    /// Somebody has so much collateral, some of it staked here and some afar.
    private func chain(_ collateral: UInt64, here: UInt64, afar: UInt64) throws -> LocalChain {
        let chain = try LocalChain.exact()
        try chain.bond(collateral, from: chain.alice).thenSucceeded()
        try chain.stake(here, at: 0, from: chain.alice).thenSucceeded()
        if afar > 0 { try chain.stakeAfar(afar, from: chain.alice).thenSucceeded() }
        try chain.finish()
        return chain
    }

    @Test("takes its part of collateral and lien, and nothing is destroyed a second time")
    func reachesVault() throws {
        let chain = try chain(200_000, here: 100_000, afar: 50_000)
        let before = try chain.balance(of: VaultEvent.moduleAccount(of: chain.vault).address)
        try chain.slash(0, "0.01").thenSucceeded()
        let ended = try chain.finish()
        #expect(ended.failures.isEmpty)
        #expect(
            ended.ended.map(\.kind.name).filter { $0 == "stake_lost" || $0 == "slashed" || $0 == "lien_cut" }
                == ["stake_lost", "slashed"]
        )
        #expect(try chain.stakes(of: chain.alice) == [0: ["99000", "0", "0", "0"]])
        #expect(try chain.lien(of: chain.alice) == "99000")
        #expect(try chain.collateral(of: chain.alice) == "199000")
        #expect(try chain.lienAfar(of: chain.alice) == "50000")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        #expect(try chain.balance(of: VaultEvent.moduleAccount(of: chain.vault).address) == before)
        #expect(try !chain.isRecounting)
    }

    @Test(
        "follows worked cases 1, 2 and 3 with the native lien as the slashed one",
        arguments: [
            // Collateral, local lien and the other before; the fraction; collateral, local lien, the other and free after.
            (190_000, 150_000, "0.052631578947368421", ["190000", "180000", "150000", "10000"]),
            (200_000, 200_000, "0.1", ["180000", "180000", "180000", "0"]),
            (190_000, 150_000, "0.078947368421052631", ["185000", "175000", "150000", "10000"]),
        ] as [(UInt64, UInt64, String, [String])]
    )
    func workedCases(here: UInt64, afar: UInt64, fraction: String, after: [String]) throws {
        let chain = try chain(200_000, here: here, afar: afar)
        try chain.slash(0, fraction).thenSucceeded()
        try chain.finish()
        let account = try chain.vaultAccount(of: chain.alice)
        let liens = [try chain.lien(of: chain.alice), try chain.lienAfar(of: chain.alice)]
        #expect([account.bonded] + liens + [account.free.low] == after)
    }

    @Test("concerns whoever has stake with the validator, and nobody else")
    func severalUsers() throws {
        let chain = try LocalChain.exact()
        for (number, person) in chain.people.enumerated() {
            try chain.bond(300_000, from: person).thenSucceeded()
            try chain.stake(100_000, at: number, from: person).thenSucceeded()
            try chain.stake(50_000, at: (number + 1) % 3, from: person).thenSucceeded()
        }
        try chain.finish()
        try chain.slash(1, "0.2").thenSucceeded()
        try chain.slash(2, "0.1").thenSucceeded()
        try chain.finish()
        #expect(try chain.people.map(chain.collateral) == ["290000", "275000", "290000"])
        #expect(try chain.people.map(chain.lien) == ["140000", "125000", "140000"])
        #expect(try chain.people.map(chain.deficit) == [.zero, .zero, .zero])
    }

    @Test("takes its part of what was unbonding since the infraction, and of what was moved to another validator")
    func unbondingsAndRedelegations() throws {
        let chain = try chain(1_000_000, here: 600_000, afar: 0)
        let infraction = chain.height
        let power = try chain.tokens(0)
        try chain.unstake(100_000, from: 0, by: chain.alice).thenSucceeded()
        try chain.restake(200_000, from: 0, to: 1, by: chain.alice).thenSucceeded()
        try chain.finish(after: 50)
        try chain.punish(0, "0.1", since: infraction, power: power).thenSucceeded()
        try chain.finish(after: 10)
        #expect(
            try chain.stakes(of: chain.alice) == [0: ["270000", "90000", "0", "0"], 1: ["180000", "0", "0", "0"]]
        )
        #expect(try chain.collateral(of: chain.alice) == "940000")
        try chain.finish(after: 50)
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice)[0] == ["270000", "0", "90000", "0"])
        try chain.release(by: chain.alice).thenSucceeded()
        #expect(try chain.lien(of: chain.alice) == "450000")
        #expect(try chain.deficit(of: chain.alice) == .zero)
        try chain.finish()
    }

    @Test("that takes all leaves no lien, and locks nothing of the rest")
    func takesAll() throws {
        let chain = try chain(1_000, here: 600, afar: 1_000)
        try chain.slash(0, "1").thenSucceeded()
        try chain.finish()
        #expect(try chain.account(of: chain.alice).stakes.isEmpty)
        #expect(try chain.collateral(of: chain.alice) == "400")
        #expect(try chain.lienAfar(of: chain.alice) == "400")
        #expect(try chain.lien(of: chain.alice) == "0")
        try chain.finish()
    }

    @Test("leaves the last unit to whoever rounding gives it: the user can take back all the rest")
    func rounding() throws {
        let chain = try chain(1_000, here: 100, afar: 0)
        try chain.slash(0, "0.01").thenSucceeded()
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice)[0] == ["99", "0", "0", "0"])
        // From now on a unit is worth more than a share: what is staked is worth a unit less.
        try chain.stake(100, at: 0, from: chain.alice).thenSucceeded()
        try chain.unstake(50, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish()
        let staked = try #require(UInt64(try chain.stakes(of: chain.alice)[0]?.first ?? ""))
        #expect(try chain.deficit(of: chain.alice) <= 2)
        try chain.unstake(staked, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish(after: 100)
        try chain.finish()
        try chain.release(by: chain.alice).thenSucceeded()
        #expect(try chain.account(of: chain.alice).stakes.isEmpty)
        let collateral = try #require(UInt64(try chain.collateral(of: chain.alice)))
        #expect((996...999).contains(collateral))
        try chain.unbond(collateral, from: chain.alice).thenSucceeded()
        try chain.finish()
    }

    @Test("is counted before its user moves stake, releases or has his lien cut, and before that no collateral leaves")
    func countsBefore() throws {
        func start() throws -> LocalChain {
            let chain = try chain(200_000, here: 100_000, afar: 150_000)
            try chain.slash(0, "0.1").thenSucceeded()
            #expect(try chain.isRecounting)
            #expect(try chain.collateral(of: chain.alice) == "200000")
            return chain
        }
        let waiting = try start()
        try waiting.unbond(1, from: waiting.alice).thenFailed(.lossNotCounted)
        try waiting.finish()
        try waiting.unbond(40_001, from: waiting.alice).thenFailed(.collateralLocked)
        try waiting.unbond(40_000, from: waiting.alice).thenSucceeded()
        try waiting.finish()
        let releasing = try start()
        try releasing.release(by: releasing.alice).thenSucceeded()
        #expect(try releasing.collateral(of: releasing.alice) == "190000")
        try releasing.unbond(40_000, from: releasing.alice).thenSucceeded()
        try releasing.finish()
        let moving = try start()
        try moving.unstake(90_001, from: 0, by: moving.alice).thenFailed(.stakeTooSmall)
        try moving.restake(30_000, from: 0, to: 1, by: moving.alice).thenSucceeded()
        #expect(try moving.collateral(of: moving.alice) == "190000")
        try moving.finish()
        let cut = try start()
        try cut.lose(50_000, of: cut.alice).thenSucceeded()
        #expect(try cut.collateral(of: cut.alice) == "150000")
        // Of what the desk had, it lost 50 000 itself.
        #expect(try cut.lienAfar(of: cut.alice) == "100000")
        try cut.finish()
        #expect(try cut.collateral(of: cut.alice) == "140000")
    }

    @Test("in progress holds back what a cut takes; the user's own part pays for what the slash takes of it")
    func meetsCut() throws {
        let chain = try chain(1_000, here: 1_000, afar: 1_000)
        let infraction = chain.height
        try chain.slowDown(0, since: infraction)
        try chain.finish()
        try chain.slash(0, "0.1", since: infraction).thenSucceeded()
        try chain.unstake(10, from: 0, by: chain.alice).thenFailed(.slashInProgress)
        try chain.lose(100, of: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice) == [0: ["900", "0", "0", "100"]])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "100")
        let ended = try chain.finish()
        #expect(ended.failures.isEmpty)
        // A tenth of all that was staked, and the desk's 100, are destroyed.
        #expect(try chain.stakes(of: chain.alice) == [0: ["800", "0", "0", "0"]])
        #expect(try chain.collateral(of: chain.alice) == "800")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        #expect(try chain.lienAfar(of: chain.alice) == "800")
    }

    @Test("that takes what a cut has made forfeit takes it off the collateral, and what was slashed is destroyed")
    func takesForfeit() throws {
        let chain = try LocalChain.exact()
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        try chain.bond(1_900, from: chain.alice).thenSucceeded()
        try chain.stake(1_000, at: 0, from: chain.alice).thenSucceeded()
        try chain.stakeAfar(1_900, from: chain.alice).thenSucceeded()
        try chain.lose(950, of: chain.alice).thenSucceeded()
        // 50 of the stake here are forfeit, and unbonding. The 900 in the vault were destroyed.
        #expect(try chain.stakes(of: chain.alice) == [0: ["950", "0", "0", "50"]])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "50")
        let infraction = chain.height
        try chain.finish()
        try chain.slash(0, "1", since: infraction).thenSucceeded()
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice).isEmpty)
        let account = try chain.vaultAccount(of: chain.alice)
        #expect(account.bonded == "0")
        #expect(account.unburned == "0")
        #expect(account.liens.isEmpty)
        try chain.finish()
    }
}

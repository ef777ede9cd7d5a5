import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing
import Vault
import VaultEvents

@Suite("Cuts of a local lien by another holder's slash")
struct CutTests {
    /// Alice has 1000 of collateral, all of it staked here with two validators, and all of it afar.
    private func chain(params: [(String, JSONValue)] = []) throws -> LocalChain {
        let chain = try LocalChain(params: params)
        try chain.bond(1_000, from: chain.alice).thenSucceeded()
        try chain.stake(600, at: 0, from: chain.alice).thenSucceeded()
        try chain.stake(400, at: 1, from: chain.alice).thenSucceeded()
        try chain.stakeAfar(1_000, from: chain.alice).thenSucceeded()
        try chain.finish()
        return chain
    }

    @Test("take stake back at once, in proportion, into the vault, which destroys exactly what was slashed")
    func cutsInProportion() throws {
        let chain = try chain()
        try chain.lose(101, of: chain.alice).thenSucceeded()
        // 60.6 and 40.4, rounded down, and the unit that is left from the larger.
        #expect(try chain.stakes(of: chain.alice) == [0: ["539", "0", "0", "0"], 1: ["360", "0", "0", "0"]])
        #expect(try chain.worth(of: chain.alice, at: 0) == "539")
        let account = try chain.vaultAccount(of: chain.alice)
        #expect(account.bonded == "899")
        #expect(account.unburned == "0")
        #expect(try chain.lien(of: chain.alice) == "899")
        try chain.finish()
    }

    @Test("take what has come back where nothing is staked, and then what is unbonding, which need not come back first")
    func cutsUnbonding() throws {
        let chain = try chain()
        try chain.unstake(600, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish(after: 50)
        try chain.unstake(400, from: 1, by: chain.alice).thenSucceeded()
        try chain.finish(after: 50)
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice) == [0: ["0", "0", "600", "0"], 1: ["0", "400", "0", "0"]])
        try chain.lose(100, of: chain.alice).thenSucceeded()
        // The lien is lower at once; 40 of the 100 are still unbonding.
        #expect(try chain.stakes(of: chain.alice) == [0: ["0", "0", "540", "0"], 1: ["0", "360", "0", "40"]])
        #expect(try chain.lien(of: chain.alice) == "900")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "40")
        try chain.finish(after: 50)
        try chain.finish()
        // What came back first went to the vault, and was destroyed there.
        #expect(try chain.stakes(of: chain.alice) == [0: ["0", "0", "540", "0"], 1: ["0", "0", "360", "0"]])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        try chain.release(by: chain.alice).thenSucceeded()
        #expect(try chain.account(of: chain.alice).stakes.isEmpty)
        try chain.finish()
    }

    @Test("unbond the forfeit stake as usual where the instance holds no grant")
    func unbondsWithoutGrant() throws {
        let chain = try chain()
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        try chain.lose(100, of: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice) == [0: ["540", "0", "0", "60"], 1: ["360", "0", "0", "40"]])
        #expect(try chain.lien(of: chain.alice) == "900")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "100")
        // The user can unstake and release his own meanwhile.
        try chain.unstake(540, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish(after: 100)
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice) == [0: ["0", "0", "540", "0"], 1: ["360", "0", "0", "0"]])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        try chain.finish()
    }

    @Test("are paid out of the first coins that come back from the validator, whoever they were unbonding for")
    func paysFromFirstCoins() throws {
        let chain = try chain()
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        try chain.unstake(100, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish(after: 50)
        try chain.lose(100, of: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice)[0] == ["440", "100", "0", "60"])
        try chain.finish(after: 50)
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice)[0] == ["440", "60", "40", "0"])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "40")
        try chain.finish(after: 50)
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice)[0] == ["440", "0", "100", "0"])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        try chain.finish()
    }

    @Test("wait with stake that can't leave its validator, and take it back at the end of a block as soon as it can")
    func waitsAndRetries() throws {
        let chain = try chain(params: [("max_entries", "1")])
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        try chain.unstake(100, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish()
        try chain.lose(100, of: chain.alice).thenSucceeded()
        // There is no room to unbond at the first validator.
        #expect(try chain.stakes(of: chain.alice) == [0: ["440", "100", "0", "60"], 1: ["360", "0", "0", "40"]])
        #expect(try chain.worth(of: chain.alice, at: 0) == "500")
        try chain.finish()
        #expect(try chain.worth(of: chain.alice, at: 0) == "500")
        chain.harness.grant(.undelegateLocalStakeAtOnce)
        try chain.finish()
        #expect(try chain.worth(of: chain.alice, at: 0) == "440")
        #expect(try chain.stakes(of: chain.alice) == [0: ["440", "100", "0", "0"], 1: ["360", "0", "0", "40"]])
        try chain.finish(after: 100)
        try chain.finish()
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        #expect(try chain.stakes(of: chain.alice) == [0: ["440", "0", "100", "0"], 1: ["360", "0", "0", "0"]])
        try chain.finish()
    }

    @Test("wait while a slash of the validator goes on, and are carried out when it is complete")
    func waitsForSlash() throws {
        let chain = try LocalChain()
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(1_000, at: 0, from: chain.alice).thenSucceeded()
        try chain.stakeAfar(1_000, from: chain.alice).thenSucceeded()
        let infraction = chain.harness.block.height
        // More has been unbonding since than a slash visits in one block, and that pays all of it.
        let unbondings = (0..<510).map { number in
            StakingEvent.with {
                $0.unbondingImported.delegator = chain.text(.named("delegator \(number)"))
                $0.unbondingImported.validator = chain.operatorText(0)
                $0.unbondingImported.entries = [
                    .with {
                        $0.creationHeight = infraction
                        $0.completionTimeNanoseconds = chain.harness.block.time.nanoseconds + 1_000_000_000_000
                        $0.initialBalance = "10000"
                        $0.balance = "0"
                    }
                ]
            }
        }
        try chain.harness.when(recording: unbondings, of: NativeStaking.self).thenSucceeded()
        try chain.finish()
        try chain.punish(0, "0.1", since: infraction).thenSucceeded()
        try chain.unstake(10, from: 0, by: chain.alice).thenFailed(.slashInProgress)
        try chain.lose(100, of: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice) == [0: ["900", "0", "0", "100"]])
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "100")
        try chain.finish()
        #expect(try chain.stakes(of: chain.alice)[0]?.last == "0")
        try chain.unstake(10, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish()
    }

    @Test("ask no more than 16 validators at once, and the others at the end of the block")
    func boundsRecalls() throws {
        let chain = try LocalChain(validators: 40)
        try chain.bond(4_000, from: chain.alice)
        for number in 0..<40 { try chain.stake(100, at: number, from: chain.alice).thenSucceeded() }
        try chain.stakeAfar(4_000, from: chain.alice).thenSucceeded()
        try chain.finish()
        let outcome = try chain.lose(400, of: chain.alice).thenSucceeded()
        let recalls = outcome.emitted.filter { if case .forfeitRecalled = $0.event { true } else { false } }
        #expect(recalls.count == 16)
        #expect(try chain.account(of: chain.alice).forfeit == "240")
        let ended = try chain.finish()
        #expect(ended.failures.isEmpty)
        #expect(try chain.account(of: chain.alice).forfeit == "0")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
    }

    @Test("hold nobody up: behind those that can't leave for long, the others have their turn")
    func turns() throws {
        // In the order in which they are tried.
        let people = (0..<(LocalStaking.recallsPerBlock + 10)).map { Address.named("person \($0)") }.sorted()
        let chain = try LocalChain(params: [("max_entries", "1")], people: people)
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        for person in people {
            try chain.bond(1_000, from: person).thenSucceeded()
            try chain.stake(1_000, at: 0, from: person).thenSucceeded()
            try chain.stakeAfar(1_000, from: person).thenSucceeded()
        }
        try chain.finish()
        // The last one's entry is over long before the others'.
        let last = try #require(people.last)
        try chain.unstake(100, from: 0, by: last).thenSucceeded()
        try chain.finish(after: 50)
        for person in people.dropLast() { try chain.unstake(100, from: 0, by: person).thenSucceeded() }
        for person in people {
            try chain.lose(100, of: person).thenSucceeded()
            #expect(try chain.stakes(of: person)[0]?.last == "100")
        }
        try chain.finish(after: 50)
        var paused = 0
        for _ in 0..<3 where try chain.worth(of: last, at: 0) == "900" {
            paused += try chain.finish(after: 1).ended.filter { $0.kind.name == "recalls_paused" }.count
        }
        #expect(paused > 0)
        #expect(try chain.worth(of: last, at: 0) == "800", "the last one's stake leaves")
        #expect(try chain.worth(of: people[0], at: 0) == "900", "the first one's can't leave yet")
        for _ in 0..<3 { try chain.finish(after: 60) }
        for _ in 0..<3 { try chain.finish(after: 60) }
        for person in people { #expect(try chain.vaultAccount(of: person).unburned == "0") }
        #expect(try chain.harness.module.leavingCount.value(in: chain.harness.state) == nil)
    }

    @Test("are shared by what a slash of a validator has left there, also where that is not counted yet")
    func countsWhatIsLeft() throws {
        let chain = try LocalChain.exact()
        try chain.bond(1_000, from: chain.alice).thenSucceeded()
        try chain.stake(600, at: 0, from: chain.alice).thenSucceeded()
        try chain.stake(400, at: 1, from: chain.alice).thenSucceeded()
        try chain.stakeAfar(1_000, from: chain.alice).thenSucceeded()
        try chain.finish()
        try chain.slash(0, "0.5").thenSucceeded()
        #expect(try chain.isRecounting)
        // 300 are left with the first validator, and 400 with the other: so they give 42.8 and 57.1, and not 60 and 40.
        try chain.lose(100, of: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice) == [0: ["258", "0", "0", "0"], 1: ["342", "0", "0", "0"]])
        #expect(try chain.collateral(of: chain.alice) == "600")
        #expect(try chain.lien(of: chain.alice) == "600")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        try chain.finish()
        #expect(try chain.collateral(of: chain.alice) == "600")
    }

    @Test("take nothing of what a slash of the validator has destroyed before")
    func losesWhatIsGone() throws {
        let chain = try chain()
        try chain.punish(0, "1", since: chain.harness.block.height).thenSucceeded()
        #expect(try chain.worth(of: chain.alice, at: 0) == "0")
        // The 600 that are gone are counted before the cut: it takes 100 of the 400 that are left, and they are destroyed.
        try chain.lose(100, of: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice) == [1: ["300", "0", "0", "0"]])
        #expect(try chain.vaultAccount(of: chain.alice).bonded == "300")
        #expect(try chain.vaultAccount(of: chain.alice).unburned == "0")
        try chain.finish()
    }
}

import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing

@Suite("Sub-accounts of instances")
struct SubAccountTests {
    private let owner = Account.user(0)
    private let other = Account.user(1)

    private func subAccount(of owner: Address) -> Address {
        Address(instance: ProbeEvent.address, account: owner)
    }

    /// A chain of two validators on which the probe has staked 700 for one owner and 300 for another.
    private func chain(_ params: JSONValue = ["unbonding_time": "100s"]) throws -> StakingChain {
        let chain = try StakingChain.fresh(params)
        try chain.addValidators([5_000_000, 3_000_000])
        try chain.block {
            try chain.probe(.stake(700, at: 0, for: owner))
            try chain.probe(.stake(300, at: 0, for: other))
        }
        return chain
    }

    @Test("have 32 bytes, derived as ADR-028 does, and differ by instance and by account")
    func derivesAddresses() throws {
        let instance = try Address(bytes: [UInt8](repeating: 1, count: 20))
        let account = try Address(bytes: [UInt8](repeating: 2, count: 20))
        let derived = Address(instance: instance, account: account)
        #expect(derived.hexadecimal == "A9D6C781EA856DDA25107CF1E058420A0AF728B41373DA5C4724F60248870449")
        #expect(Address(instance: account, account: instance) != derived)
        // Where one address ends and the other begins is part of what is hashed.
        let longer = try Address(bytes: [UInt8](repeating: 1, count: 20) + [2])
        let shorter = try Address(bytes: [UInt8](repeating: 2, count: 19))
        #expect(Address(instance: longer, account: shorter) != derived)
    }

    @Test("keep the stake of one owner apart from that of another, with the instance's coins")
    func keepsStakeApart() throws {
        let chain = try chain()
        #expect(try chain.balance(of: ProbeEvent.address) == 999_999_000)
        #expect(try chain.delegation(of: subAccount(of: owner), at: 0).balance == .stake(700))
        #expect(try chain.delegation(of: subAccount(of: other), at: 0).balance == .stake(300))
        #expect(throws: ModuleError.self) { try chain.delegation(of: ProbeEvent.address, at: 0) }
        #expect(throws: ModuleError.self) { try chain.delegation(of: owner, at: 0) }
        let found = try chain.ask(
            .with { $0.subAccount.address = Account.text(subAccount(of: owner)) }
        ).subAccount
        #expect(found.instance == Account.text(ProbeEvent.address))
        #expect(found.instanceNumber == 2)
        #expect(found.owner == Account.text(owner))
        #expect(try chain.delegation(of: subAccount(of: owner), at: 0).subAccount == found)
        #expect(try chain.violations() == [])
    }

    @Test("have their coins paid to the instance when the unbonding time is over")
    func paysInstance() throws {
        let chain = try chain()
        try chain.block { try chain.probe(.unstake(200, from: 0, for: owner)) }
        #expect(try chain.unbondings(of: subAccount(of: owner)).first?.entries.map(\.balance) == ["200"])
        try chain.block(after: 99)
        #expect(try chain.balance(of: ProbeEvent.address) == 999_999_000)
        try chain.block(after: 1)
        #expect(try chain.balance(of: ProbeEvent.address) == 999_999_200)
        #expect(try chain.balance(of: subAccount(of: owner)) == 0)
        #expect(try chain.violations() == [])
        let states = try chain.replay()
        #expect(states.rebuilt == states.original)
    }

    @Test("have their coins paid to the instance at once by a privileged order, and by nobody else")
    func paysAtOnce() throws {
        let chain = try chain()
        try chain.block {
            try chain.probe(.unstakeAtOnce(200, from: 0, for: owner))
            #expect(try chain.balance(of: ProbeEvent.address) == 999_999_200)
            var presumptuous = ProbeEvent()
            if case .unstakedAtOnce(let event) = ProbeEvent.unstakeAtOnce(1, from: 0, for: owner).event {
                presumptuous.presumptuous = event
            }
            let error = #expect(throws: ModuleError.self) { try chain.probe(presumptuous) }
            #expect(error?.code == .instanceNotAllowed)
        }
        #expect(try chain.delegation(of: subAccount(of: owner), at: 0).balance == .stake(500))
        #expect(try chain.violations() == [])
    }

    @Test("have no part in the stake of another owner, or of the instance itself")
    func refusesOthersStake() throws {
        let chain = try chain()
        try chain.block {
            for event in [
                ProbeEvent.unstake(301, from: 0, for: other), .unstakeAtOnce(301, from: 0, for: other),
                .restake(301, from: 0, to: 1, for: other),
            ] {
                let error = #expect(throws: ModuleError.self) { try chain.probe(event) }
                #expect(error?.code == .delegationTooSmall)
            }
            for event in [ProbeEvent.unstake(1, from: 0), .unstake(1, from: 1, for: owner)] {
                let error = #expect(throws: ModuleError.self) { try chain.probe(event) }
                #expect(error?.code == .delegationNotFound)
            }
            // The owner himself does not hold the delegation either.
            try chain.expectRefusal(.delegationNotFound, of: .undelegate(1, from: 0), from: owner)
        }
        #expect(try chain.violations() == [])
    }

    @Test("move to another validator, and then answer for the one that they left")
    func redelegates() throws {
        let chain = try chain()
        let infraction = chain.height
        try chain.block { try chain.probe(.restake(400, from: 0, to: 1, for: owner)) }
        #expect(try chain.delegation(of: subAccount(of: owner), at: 0).balance == .stake(300))
        #expect(try chain.delegation(of: subAccount(of: owner), at: 1).balance == .stake(400))
        let query = StakingQuery.with { $0.redelegations.delegator = Account.text(subAccount(of: owner)) }
        #expect(try chain.ask(query).redelegations.records.first?.entries.map(\.initialBalance) == ["400"])
        try chain.block {
            let error = #expect(throws: ModuleError.self) { try chain.probe(.restake(1, from: 1, to: 0, for: owner)) }
            #expect(error?.code == .transitiveRedelegation)
            let same = #expect(throws: ModuleError.self) { try chain.probe(.restake(1, from: 0, to: 0, for: owner)) }
            #expect(same?.code == .selfRedelegation)
            let nobody = #expect(throws: ModuleError.self) { try chain.probe(.restake(1, from: 0, to: 7, for: owner)) }
            #expect(nobody?.code == .redelegationDestinationNotFound)
        }
        try chain.block { try chain.probe(.slash(0, "0.5", since: infraction, power: 5)) }
        #expect(try chain.delegation(of: subAccount(of: owner), at: 1).balance == .stake(200))
        #expect(try chain.violations() == [])
    }

    @Test("lose the fraction of what is unbonding, and what is left is paid to the instance")
    func slashesUnbonding() throws {
        let chain = try chain()
        let infraction = chain.height
        try chain.block { try chain.probe(.unstake(200, from: 0, for: owner)) }
        try chain.block { try chain.probe(.slash(0, "0.5", since: infraction, power: 5)) }
        try chain.block(after: 100)
        #expect(try chain.balance(of: ProbeEvent.address) == 999_999_100)
        #expect(try chain.violations() == [])
    }

    @Test("can't take anything back while a slash of their validator goes on, and can when it is complete")
    func waitsForSlash() throws {
        let chain = try chain()
        let infraction = chain.height + 1
        let owners = (100..<700).map(Account.user)
        try chain.block {
            for owner in owners {
                try chain.probe(.stake(10, at: 0, for: owner))
                try chain.probe(.unstake(5, from: 0, for: owner))
            }
        }
        try chain.block {
            try chain.probe(.slash(0, "0.5", since: infraction, power: 5))
            #expect(try chain.stake(of: 0).slashesInProgress == 1)
            for event in [
                ProbeEvent.unstakeAtOnce(1, from: 0, for: owner), .unstake(1, from: 0, for: owner),
                .restake(1, from: 0, to: 1, for: owner), .stake(1, at: 0, for: owner),
            ] {
                let error = #expect(throws: ModuleError.self) { try chain.probe(event) }
                #expect(error?.code == .slashInProgress)
            }
        }
        try chain.block { try chain.probe(.unstakeAtOnce(100, from: 0, for: owner)) }
        #expect(try chain.violations() == [])
    }

    @Test("survive an export and import, and are then still paid through the instance")
    func survivesGenesis() throws {
        let chain = try chain()
        try chain.block { try chain.probe(.unstake(200, from: 0, for: owner)) }
        var document = JSONObject()
        for (section, value) in try chain.bank.exportGenesis() + chain.staking.exportGenesis() {
            document[section] = value
        }
        let twin = try StakingChain(.object(document), time: chain.time)
        #expect(try twin.exported() == chain.exported())
        #expect(twin.report.findings.filter { $0.path.hasPrefix("app_state.staking") } == [])
        try twin.block(after: 100)
        #expect(try twin.balance(of: ProbeEvent.address) == 999_999_200)
        #expect(try twin.violations() == [])
    }

    @Test("are refused in a genesis document when their instance is not deployed")
    func refusesUnknownInstance() throws {
        let element: JSONValue = [
            "instance_address": .string(Account.text(other)), "owner_address": .string(Account.text(owner)),
        ]
        let error = #expect(throws: ModuleError.self) {
            try StakingChain(["staking": ["sub_accounts": [element]]])
        }
        #expect(error?.code == .genesisContradiction)
        #expect(error?.message.contains("sub_accounts[0].instance_address") == true)
    }

    @Test("are refused in a genesis document when they stand there twice")
    func refusesDoubleSubAccount() throws {
        let element: JSONValue = [
            "instance_address": .string(Account.text(ProbeEvent.address)),
            "owner_address": .string(Account.text(owner)),
        ]
        let error = #expect(throws: ModuleError.self) {
            try StakingChain(["staking": ["sub_accounts": [element, element]]])
        }
        #expect(error?.code == .genesisContradiction)
        #expect(error?.message.contains("sub_accounts[1]") == true)
    }

    @Test("address the events about them to their instance, and no other event to anybody")
    func addressesEvents() {
        let subAccount = StakingSubAccount.with { $0.instanceNumber = 7 }
        #expect(StakingEvent.with { $0.delegated.subAccount = subAccount }.addressee == 7)
        #expect(StakingEvent.with { $0.undelegated.subAccount = subAccount }.addressee == 7)
        #expect(StakingEvent.with { $0.redelegated.subAccount = subAccount }.addressee == 7)
        #expect(StakingEvent.with { $0.unbondingCompleted.subAccount = subAccount }.addressee == 7)
        #expect(StakingEvent.with { $0.unbondingSlashed.subAccount = subAccount }.addressee == 7)
        #expect(StakingEvent.with { $0.redelegationSlashed.subAccount = subAccount }.addressee == 7)
        #expect(StakingEvent.with { $0.delegated = .init() }.addressee == nil)
        #expect(StakingEvent.with { $0.validatorSlashed = .init() }.addressee == nil)
    }
}

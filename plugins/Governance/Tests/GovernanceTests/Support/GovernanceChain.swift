import Bank
import BankEvents
import Foundation
import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing

/// A chain with a bank, native staking with some validators, governance, and an usher.
///
/// Governance is the chain's authority. The harness checks all invariants after every transaction, and rebuilds every block
/// from its events alone. The minimum deposit is 1000, the deposit period 100 s, the voting period 200 s, a block 5 s.
final class GovernanceChain {
    let harness: ModuleHarness<Governance>
    let prefixes: AddressPrefixes

    static let people = ["alice", "bob", "carol", "dave", "erin", "frank"].map { Address.named($0) }
    var alice: Address { Self.people[0] }
    var bob: Address { Self.people[1] }
    var carol: Address { Self.people[2] }
    var dave: Address { Self.people[3] }

    /// - Parameter stakes: what each validator has staked itself; validators are numbered from 0.
    init(
        stakes: [UInt64] = [3_000_000, 2_000_000, 1_000_000],
        params: [(String, JSONValue)] = [],
        sections: [(String, JSONValue)] = []
    ) throws {
        var object: JSONObject = JSONObject()
        object["min_deposit"] = [["denom": "stake", "amount": "1000"]]
        object["max_deposit_period"] = "100s"
        object["voting_period"] = "200s"
        for (name, value) in params { object[name] = value }
        harness = try ModuleHarness(
            Governance(),
            neighbours: [Bank(), NativeStaking(), Usher()],
            options: HarnessOptions {
                $0.configuration = ["params": .object(object)]
                $0.neighbourConfigurations = [
                    "staking": ["slashing": "usher", "params": ["unbonding_time": "100s", "max_entries": "50"]]
                ]
            }
        )
        prefixes = harness.addresses
        let holders = Self.people + stakes.indices.map(Self.validator) + [Address(moduleName: "usher")]
        var state = JSONObject()
        state["bank"] = ["balances": .array(holders.map { Self.balance($0, prefixes) })]
        for (name, value) in sections { state[name] = value }
        try harness.given(.genesis(appState: .object(state)))
        for (number, stake) in stakes.enumerated() {
            try harness.when(.create(number, stake), to: NativeStaking.self, from: Self.validator(number))
                .thenSucceeded()
        }
        try harness.given(.authority(try harness.identity.address))
        try harness.nextBlock()
    }

    static func validator(_ number: Int) -> Address { .named("validator \(number)") }

    private static func balance(_ account: Address, _ prefixes: AddressPrefixes) -> JSONValue {
        [
            "address": .string(prefixes.format(account, as: .account)),
            "coins": [["denom": "other", "amount": "1000000"], ["denom": "stake", "amount": "1000000000"]],
        ]
    }

    func text(_ account: Address) -> String { prefixes.format(account, as: .account) }
    func operatorText(_ number: Int) -> String { prefixes.format(Self.validator(number), as: .validatorOperator) }

    /// Lets time go by, block by block.
    @discardableResult
    func pass(_ seconds: UInt32) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        for _ in 0..<(seconds / 5) { events += try harness.nextBlock().events }
        return events
    }

    // MARK: Messages

    /// Submits a proposal with its whole deposit, so that it can be voted on at once; its number.
    @discardableResult
    func propose(
        _ messages: [GovernanceProposalMessage] = [],
        deposit: UInt64 = 1_000,
        mayFailNow: Bool = false,
        by proposer: Address = people[0]
    ) throws -> UInt64 {
        let outcome = try harness.when(.submit(messages, deposit, mayFailNow: mayFailNow), from: proposer)
        try outcome.thenSucceeded()
        return outcome.emitted.first?.proposalSubmitted.proposal ?? 0
    }

    func delegate(_ amount: UInt64, to validator: Int, by delegator: Address) throws {
        try harness.when(
            .with {
                $0.delegate.validator = operatorText(validator)
                $0.delegate.amount = .stake(amount)
            },
            to: NativeStaking.self,
            from: delegator
        ).thenSucceeded()
    }

    /// A message of the usher, as a proposal has it.
    func usher(_ fill: (inout UsherMessage) -> Void) throws -> GovernanceProposalMessage {
        let bytes = try UsherMessage.with(fill).encodedBytes()
        return .with {
            $0.instance = "usher"
            $0.message = Data(bytes)
        }
    }

    /// A message of governance to itself.
    func own(_ message: GovernanceMessage) throws -> GovernanceProposalMessage {
        let bytes = try message.encodedBytes()
        return .with {
            $0.instance = "governance"
            $0.message = Data(bytes)
        }
    }

    // MARK: Reading

    func proposal(_ number: UInt64) throws -> GovernanceProposal {
        try harness.query(.with { $0.proposal.proposal = number }).proposal
    }

    /// What the votes come to now, or came to.
    func tally(_ number: UInt64) throws -> GovernanceTallyResult {
        let validators = try harness.query(.with { $0.validators.status = .bonded }, of: NativeStaking.self).validators
        let bonded = validators.validators.map { validator in
            GovernanceBondedValidator.with {
                $0.operator = validator.operator
                $0.tokens = validator.stake.tokens
                $0.shares = validator.stake.shares
            }
        }
        let query = GovernanceQuery.with {
            $0.tally.proposal = number
            $0.tally.bonded = bonded
        }
        return try harness.query(query).tally.result
    }

    func balance(of account: Address) throws -> UInt64 {
        let query = BankQuery.with {
            $0.balance.address = text(account)
            $0.balance.denom = "stake"
        }
        return UInt64(try harness.query(query, of: Bank.self).balance.amount) ?? 0
    }
}

extension GovernanceTallyResult {
    /// Yes, abstain, no, no with veto.
    var figures: [String] { [yes, abstain, no, noWithVeto] }
}

extension StakingMessage {
    static func create(_ number: Int, _ amount: UInt64) -> StakingMessage {
        .with {
            $0.createValidator = .with {
                $0.description_p.moniker = "validator \(number)"
                $0.commission.rate = "0.1"
                $0.commission.maxRate = "0.2"
                $0.commission.maxChangeRate = "0.01"
                $0.minSelfDelegation = "1"
                $0.consensusKey = Data(key(number))
                $0.value = .stake(amount)
            }
        }
    }

    static func key(_ number: Int) -> [UInt8] {
        [UInt8](repeating: 7, count: 24) + (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}

extension GovernanceMessage {
    static func submit(
        _ messages: [GovernanceProposalMessage] = [],
        _ deposit: UInt64,
        mayFailNow: Bool = false
    ) -> GovernanceMessage {
        .with {
            $0.submit = .with {
                $0.title = "A proposal"
                $0.summary = "What it is about."
                $0.messages = messages
                $0.initialDeposit = .stake(deposit)
                $0.mayFailNow = mayFailNow
            }
        }
    }

    static func deposit(_ amount: UInt64, on proposal: UInt64) -> GovernanceMessage {
        .with {
            $0.deposit.proposal = proposal
            $0.deposit.amount = .stake(amount)
        }
    }

    static func vote(_ option: GovernanceVoteOption, on proposal: UInt64) -> GovernanceMessage {
        .vote([(option, "1")], on: proposal)
    }

    static func vote(_ options: [(GovernanceVoteOption, String)], on proposal: UInt64) -> GovernanceMessage {
        .with {
            $0.vote.proposal = proposal
            $0.vote.options = options.map { option, weight in
                .with {
                    $0.option = option
                    $0.weight = weight
                }
            }
        }
    }

    static func cancel(_ proposal: UInt64) -> GovernanceMessage { .with { $0.cancel.proposal = proposal } }

    static func setWeight(_ multiplier: String, of delegator: String) -> GovernanceMessage {
        .with {
            $0.setWeight.delegator = delegator
            $0.setWeight.multiplier = multiplier
        }
    }
}

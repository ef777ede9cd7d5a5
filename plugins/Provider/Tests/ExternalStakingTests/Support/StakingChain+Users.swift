import ControlChannel
import ExternalStakingEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing
import Vault
import VaultEvents

@testable import ExternalStaking

/// What users do, and what they have.
extension StakingChain {
    func bond(_ amount: UInt64, of user: Address) throws {
        let coin = ProtoCoin(try Self.coin(amount))
        try harness.when(.with { $0.bond.amount = coin }, to: Vault.self, from: user).thenSucceeded()
    }

    func unbond(_ amount: UInt64, of user: Address) throws -> Outcome<ExternalStaking> {
        let coin = ProtoCoin(try Self.coin(amount))
        return try harness.when(.with { $0.unbond.amount = coin }, to: Vault.self, from: user)
    }

    func tryStake(_ amount: UInt64, on validator: String = "v1", of user: Address? = nil) throws
        -> Outcome<ExternalStaking>
    {
        let coin = ProtoCoin(try Self.coin(amount))
        return try harness.when(
            .with {
                $0.stakeRemote.holder = "external-staking"
                $0.stakeRemote.validator = validator
                $0.stakeRemote.amount = coin
            },
            to: Vault.self,
            from: user ?? alice
        )
    }

    /// Sends a stake; the packet.
    func stake(_ amount: UInt64, on validator: String = "v1", of user: Address? = nil) throws
        -> Ibc_Core_Channel_V1_Packet
    {
        try tryStake(amount, on: validator, of: user).thenSent()
    }

    /// Sends a stake, which succeeds.
    func staked(_ amount: UInt64, on validator: String = "v1", of user: Address? = nil) throws {
        try acknowledge(try stake(amount, on: validator, of: user))
    }

    func tryUnstake(_ amount: UInt64, from validator: String = "v1", of user: Address? = nil) throws
        -> Outcome<ExternalStaking>
    {
        let coin = ProtoCoin(try Self.coin(amount))
        return try harness.when(
            .with {
                $0.unstake.validator = validator
                $0.unstake.amount = coin
            },
            from: user ?? alice
        )
    }

    func unstake(_ amount: UInt64, from validator: String = "v1", of user: Address? = nil) throws
        -> Ibc_Core_Channel_V1_Packet
    {
        try tryUnstake(amount, from: validator, of: user).thenSent()
    }

    /// Withdraws; how much.
    @discardableResult
    func withdraw(_ user: Address? = nil) throws -> String {
        let outcome = try harness.when(.with { $0.withdrawUnbonded = .init() }, from: user ?? alice).thenSucceeded()
        return try #require(outcome.emitted.last).withdrawn.amount
    }

    /// Has the vault cut this holder's lien, as after a slash elsewhere, or an excess of its own.
    @discardableResult
    func cut(_ amount: UInt64, of user: Address? = nil, at validator: String = "") throws -> Outcome<ExternalStaking> {
        let owner = text(user ?? alice)
        let (number, time) = (try harness.identity.number, harness.block.time.nanoseconds)
        let slashed = VaultEvent.with {
            $0.slashed.owner = owner
            $0.slashed.holder = number
            $0.slashed.validator = validator
            $0.slashed.amount = "0"
            $0.slashed.excess = "0"
            $0.slashed.cuts = [
                .with {
                    $0.holder = number
                    $0.amount = "\(amount)"
                }
            ]
            $0.slashed.time = .init(time)
        }
        let told = VaultEvent.with {
            $0.lienCut.owner = owner
            $0.lienCut.holder = number
            $0.lienCut.amount = "\(amount)"
            $0.lienCut.validator = validator
        }
        return try harness.when(recording: [slashed, told], of: Vault.self).thenSucceeded().thenNothingFailed()
    }

    static func coin(_ amount: UInt64, _ denom: String = "uosmo") throws -> Coin {
        Coin(Amount(UInt128(amount)), try Denom(denom))
    }
}

/// What there is.
extension StakingChain {
    func stakeAnswer(_ validator: String = "v1", of user: Address? = nil) throws -> ExternalStakingStake {
        let owner = text(user ?? alice)
        let query = ExternalStakingQuery.with {
            $0.stake.owner = owner
            $0.stake.validator = validator
        }
        return try harness.query(query).stake
    }

    /// The range of a stake, and what unbonds: `3...8 +2`.
    func standing(_ validator: String = "v1", of user: Address? = nil) throws -> String {
        let stake = try stakeAnswer(validator, of: user)
        let unbonding = try stake.pendingUnbonds.reduce(Amount.zero) { try $0.adding(Amount($1.amount)) }
        return "\(stake.amount.low)...\(stake.amount.high) +\(unbonding)"
    }

    /// The range of the lien at the vault; `none` where there is none.
    func lien(of user: Address? = nil) throws -> String {
        let owner = text(user ?? alice)
        let answer = try harness.query(.with { $0.account.address = owner }, of: Vault.self).account
        return answer.liens.first.map { "\($0.amount.low)...\($0.amount.high)" } ?? "none"
    }

    func pending() throws -> [ExternalStakingTransaction] {
        try harness.query(.with { $0.transactions.limit = 1000 }).transactions.transactions
    }

    func validator(_ name: String) throws -> ExternalStakingValidator {
        try harness.query(.with { $0.validator.validator = name }).validator
    }

    /// A consensus key.
    static func key(_ number: UInt8) -> [UInt8] { Array(repeating: number, count: 32) }

    /// The packet by which the consumer names `v1` to `v4`.
    func additions() throws -> ConsumerPacket {
        let validators = try (UInt8(1)...4).map { number in
            try AnnouncedValidator(
                operatorAddress: "v\(number)",
                consensusKey: version.hasExtensions ? Self.key(number) : nil
            )
        }
        return try update(height: 100, additions: validators)
    }

    func update(
        height: UInt64,
        additions: [AnnouncedValidator] = [],
        removals: [String] = [],
        updated: [AnnouncedValidator] = [],
        jailed: [String] = [],
        unjailed: [String] = [],
        tombstoned: [String] = [],
        slashed: [ReportedSlash] = []
    ) throws -> ConsumerPacket {
        .validatorSetUpdate(
            try ValidatorSetUpdatePacket(
                height: height,
                timeSeconds: 1_700_000_000,
                additions: additions,
                removals: removals,
                updated: updated,
                jailed: jailed,
                unjailed: unjailed,
                tombstoned: tombstoned,
                slashed: slashed
            )
        )
    }

    /// The consumer hands back stake.
    func handBack(_ amount: UInt64, of user: Address? = nil, on validator: String = "v1", denom: String = "uosmo")
        throws
        -> Received
    {
        try receive(
            .internalUnstake(
                try InternalUnstakePacket(
                    delegator: text(user ?? alice),
                    validator: validator,
                    normalizeAmount: Self.coin(amount, "ujuno"),
                    invertedAmount: Self.coin(amount, denom)
                )
            )
        )
    }
}

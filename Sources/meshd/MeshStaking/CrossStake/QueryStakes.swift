import ArgumentParser
import ExternalStakingEvents
import LocalStakingEvents
import MeshHost
import ModuleKit

/// `meshd query stakes`.
struct QueryStakes: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "stakes",
        abstract: "Lists what an account has staked from vaults: on this chain, and on others.",
        discussion: """
            What is in flight waits for the other chain's answer: + stake that is under way, - stake that is being taken \
            back. What is ready comes free by `meshd vault release`, or by `meshd withdraw`.

            Example:
              meshd query stakes alice
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The address, or the name of a key.")
    var account: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let address = chain.addresses.format(try references(chain).account(account), as: .account)
        var rows: [StakeRow] = []
        for instance in chain.instances where instance.module == "local-staking" {
            let account = try chain.localStaking(instance.label) { $0.account.address = address }.account
            rows += account.stakes.map { StakeRow($0, at: instance.label) }
        }
        for label in chain.labels(of: .externalStaking) {
            for stake in try chain.stakes(of: address, at: label) {
                rows.append(try CommandError.wrapping { try StakeRow(stake, at: label, now: chain.lastBlockTime) })
            }
        }
        let all = rows
        return Report(["address": .string(address), "stakes": .array(all.map(\.document))]) { style in
            guard !all.isEmpty else { return style.dim("\(address) has staked nothing from a vault") + "\n" }
            var table = Table(
                .init("by"),
                .init("staked", .right),
                .init("in flight", .right),
                .init("unbonding", .right),
                .init("ready", .right),
                .init("next release"),
                .init("validator")
            )
            for row in all { table.rows.append(row.cells) }
            return table.text(style)
        }
    }
}

/// What an account has on one validator.
private struct StakeRow {
    let instance: String
    let validator: String
    /// Certain; what is being taken back is part of it.
    let staked: String
    /// Stake that is under way.
    var staking = Amount.zero
    /// Stake that is being taken back.
    var unstaking = Amount.zero
    let unbonding: String
    let ready: String
    /// When the first of what unbonds is ready; nil where nothing does, or only native staking knows it.
    var nextRelease: Timestamp?

    /// Stake on this chain.
    init(_ stake: LocalStakingStakeDetails, at instance: String) {
        self.instance = instance
        validator = stake.validator
        staked = stake.staked
        unbonding = stake.unbonding
        ready = stake.returned
    }

    /// Stake on another chain.
    init(_ stake: ExternalStakingStake, at instance: String, now: Timestamp) throws(ModuleError) {
        self.instance = instance
        validator = stake.validator
        for operation in stake.inFlight {
            let remaining = try Amount(operation.remaining)
            switch operation.kind {
            case .stake: staking = staking.saturatingAdding(remaining)
            case .unstake: unstaking = unstaking.saturatingAdding(remaining)
            case .burn, .rewards, .unspecified, .UNRECOGNIZED: continue
            }
        }
        staked = try Amount(stake.amount.low).saturatingAdding(unstaking).description
        var (unbonding, ready) = (Amount.zero, Amount.zero)
        for entry in stake.pendingUnbonds {
            let (amount, release) = (try Amount(entry.amount), Timestamp(nanoseconds: entry.releaseAt))
            if release <= now {
                ready = ready.saturatingAdding(amount)
            } else {
                unbonding = unbonding.saturatingAdding(amount)
                nextRelease = min(nextRelease ?? release, release)
            }
        }
        (self.unbonding, self.ready) = (unbonding.description, ready.description)
    }

    /// The stake as programs read it.
    var document: JSONValue {
        [
            "instance": .string(instance),
            "validator": .string(validator),
            "staked": .string(staked),
            "staking_in_flight": .string(staking.description),
            "unstaking_in_flight": .string(unstaking.description),
            "unbonding": .string(unbonding),
            "ready": .string(ready),
            "next_release": .optional(nextRelease?.description),
        ]
    }

    var cells: [Table.Cell] {
        let flights = [("+", staking), ("-", unstaking)].filter { !$0.1.isZero }
        let inFlight = flights.map { "\($0)\($1.description.groupingDigits)" }.joined(separator: " ")
        return [
            .init(instance, .bold),
            .amount(staked),
            inFlight.isEmpty ? .init("–", .dim) : .init(inFlight, .yellow),
            .amount(unbonding),
            .amount(ready, .green),
            .init(nextRelease?.description ?? ""),
            .init(validator, .dim),
        ]
    }
}

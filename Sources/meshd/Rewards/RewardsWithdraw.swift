import ArgumentParser
import ExternalStakingEvents
import LocalStakingEvents
import ModuleKit
import RewardsEvents

/// `meshd rewards withdraw`.
struct RewardsWithdraw: TransactionCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Pays all that an account's stake has earned, in one transaction.",
        discussion: """
            Delegations, collateral on this chain and cross-stake alike; or only what --validator and --external-staking \
            leave. Delegations pay to the account's withdraw address, all else to the account itself.

            What another chain holds is paid there: by a packet, to the account that --remote-to names. Without it, that \
            waits.

            Example:
              meshd rewards withdraw --from alice
              meshd rewards withdraw --external-staking main-external-staking --remote-to cons1… --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Option(name: .long, help: "Only from a validator of this or another chain.")
    var validator: String?

    @Option(name: .long, help: "Only cross-stake by an External Staking, by label or address.")
    var externalStaking: String?

    @Option(
        name: .long,
        help: "Who gets vouchers of cross-stake: an account of this chain. (default: the account itself)"
    )
    var to: String?

    @Option(name: .long, help: "Who gets what another chain holds: an account there.")
    var remoteTo: String?

    func requests(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> [Request] {
        let address = try references.accountText(transaction.from)
        let label = try externalStaking.map { (name) throws(CommandError) in
            try chain.label(of: .externalStaking, named: name)
        }
        let rewards = try AccountRewards(
            address,
            chain,
            validator: validator.map { chain.rewardedValidator($0, references) },
            externalStaking: label
        )
        let due = rewards.entries.filter { !$0.claimable.isZero }
        let payable = due.filter { !$0.isHeld || remoteTo != nil }
        guard !payable.isEmpty else { throw nothing(due: due, address) }
        let recipient = try to.map { (name) throws(CommandError) in
            try references.accountText(name)
        }
        let withdrawal = Withdrawal(entries: payable, recipient: recipient ?? "", remoteRecipient: remoteTo ?? "")
        return try withdrawal.requests()
    }

    private func nothing(due: [AccountRewards.Entry], _ address: String) -> CommandError {
        guard let held = due.first else {
            return CommandError(
                .badInput,
                "nothing is due to \(address): `meshd rewards show` says what is, when there is"
            )
        }
        return CommandError(
            .badInput,
            "\(held.claimable)\(held.denom) are due to \(address), and the other chain holds them: name an account there with "
                + "--remote-to"
        )
    }
}

/// What is withdrawn, and for whom.
private struct Withdrawal {
    let entries: [AccountRewards.Entry]
    let recipient: String
    let remoteRecipient: String

    /// The messages that pay it, in the order of the entries: one for each place where something is due. Where nothing is,
    /// a message would have the whole transaction fail.
    func requests() throws(CommandError) -> [Request] { try native() + local() + crossed() }

    private func native() throws(CommandError) -> [Request] {
        try places(.native).map { (place) throws(CommandError) in
            try Request(RewardsMessage.with { $0.withdraw.validator = place.validator }, to: place.instance)
        }
    }

    private func local() throws(CommandError) -> [Request] {
        try places(.local).map { (place) throws(CommandError) in
            let message = LocalStakingMessage.with { $0.withdrawRewards.validator = place.validator }
            return try Request(message, to: place.instance)
        }
    }

    private func crossed() throws(CommandError) -> [Request] {
        let holders = entries.filter(\.isHeld).map(\.instance)
        if let first = holders.first, holders.contains(where: { $0 != first }) {
            throw CommandError(
                .badInput,
                "several other chains hold rewards, and --remote-to names an account of one: name it with --external-staking"
            )
        }
        return try places(.cross).map { (place) throws(CommandError) in
            let isHeld = entries.contains {
                $0.isHeld && $0.instance == place.instance && $0.validator == place.validator
            }
            let message = ExternalStakingMessage.with {
                $0.withdrawRewards.validator = place.validator
                $0.withdrawRewards.recipient = recipient
                $0.withdrawRewards.remoteRecipient = isHeld ? remoteRecipient : ""
            }
            return try Request(message, to: place.instance)
        }
    }

    /// Where something is due, each once.
    private func places(_ source: AccountRewards.Source) -> [(instance: String, validator: String)] {
        var places: [(instance: String, validator: String)] = []
        for entry in entries where entry.source == source {
            guard places.last.map({ $0 == (entry.instance, entry.validator) }) != true else { continue }
            places.append((entry.instance, entry.validator))
        }
        return places
    }
}

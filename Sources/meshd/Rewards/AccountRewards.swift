import ExternalStakingEvents
import LocalStakingEvents
import ModuleKit
import RewardsEvents
import StakingEvents

/// What an account's stake has earned, and was not paid.
struct AccountRewards {
    /// How stake earns.
    enum Source: String {
        /// Delegated to a validator of this chain.
        case native
        /// Staked from a vault, on this chain.
        case local
        /// Staked from a vault, on another chain.
        case cross
    }

    /// What stake at one validator has earned of one denomination.
    struct Entry {
        let source: Source
        /// Who pays it: the label of the rewards, of a local staking or of an External Staking.
        let instance: String
        let validator: String
        let denom: String
        /// What a withdrawal would pay, in whole units.
        let claimable: Amount
        /// What the other chain was told to pay, and has not answered.
        let inFlight: Amount
        /// Whether the other chain holds it, so that only an account there can get it.
        let isHeld: Bool
    }

    let address: String
    private(set) var entries: [Entry] = []
    /// What the validator that the account operates has for itself, fractions included.
    private(set) var commission: [RewardsDecimalCoin] = []

    /// Looks at everything that an account has staked.
    ///
    /// - Parameters:
    ///   - validator: the only validator that counts; nil for all.
    ///   - externalStaking: the only External Staking that counts, by label, and no stake on this chain then; nil for all.
    init(_ address: String, _ chain: ChainView, validator: String?, externalStaking: String?) throws(CommandError) {
        self.address = address
        if externalStaking == nil, chain.hasRewards { try addNative(chain) }
        for label in externalStaking.map({ [$0] }) ?? chain.labels(of: .externalStaking) {
            for pending in try chain.pendingRewards(of: address, at: label) {
                for reward in pending.rewards { try add(reward, pending.validator, label) }
            }
        }
        if let validator { entries.removeAll { $0.validator != validator } }
        guard externalStaking == nil, chain.hasRewards else { return }
        let own = try CommandError.wrapping {
            chain.addresses.format(try chain.addresses.parse(address, as: .account), as: .validatorOperator)
        }
        guard validator == nil || validator == own, try chain.validators().contains(where: { $0.operator == own })
        else {
            return
        }
        commission = try chain.rewards { $0.validator.validator = own }.validator.commission
    }

    private mutating func addNative(_ chain: ChainView) throws(CommandError) {
        let label = try chain.rewardsLabel()
        for delegation in try chain.delegationRewards(of: address) { try add(delegation, .native, label) }
        for local in chain.localStakingLabels {
            // Whoever has never staked has no account of his own there.
            let account = try chain.localStaking(local) { $0.account.address = address }.account
            guard !account.subAccount.isEmpty else { continue }
            for delegation in try chain.delegationRewards(of: account.subAccount) { try add(delegation, .local, local) }
        }
    }

    private mutating func add(_ delegation: RewardsDelegationRewards, _ source: Source, _ instance: String)
        throws(CommandError)
    {
        for coin in delegation.payable {
            let amount = try CommandError.wrapping { try Amount(coin.amount) }
            guard !amount.isZero else { continue }
            entries.append(
                Entry(
                    source: source,
                    instance: instance,
                    validator: delegation.validator,
                    denom: coin.denom,
                    claimable: amount,
                    inFlight: .zero,
                    isHeld: false
                )
            )
        }
    }

    private mutating func add(_ reward: ExternalStakingPendingReward, _ validator: String, _ instance: String)
        throws(CommandError)
    {
        let (claimable, inFlight) = try CommandError.wrapping {
            (try Amount(reward.claimable.amount), try Amount(reward.inFlight))
        }
        entries.append(
            Entry(
                source: .cross,
                instance: instance,
                validator: validator,
                denom: reward.claimable.denom,
                claimable: claimable,
                inFlight: inFlight,
                isHeld: reward.held
            )
        )
    }
}

extension AccountRewards {
    /// The rewards in both forms.
    ///
    /// - Parameter paths: how tokens of other chains came, by denomination.
    func report(_ paths: [String: String]) -> Report {
        let json: JSONValue = [
            "address": .string(address), "rewards": .array(entries.map { $0.document(paths[$0.denom]) }),
            "commission": .array(commission.map(\.document)),
        ]
        return Report(json) { style in
            let own =
                commission.isEmpty
                ? ""
                : style.dim("the commission of its validator is \(commission.text): `meshd rewards commission`") + "\n"
            guard !entries.isEmpty else { return style.dim("nothing is due to \(address)") + "\n" + own }
            var table = Table(
                .init("by"),
                .init("claimable", .right),
                .init("in flight", .right),
                .init("coin"),
                .init("where"),
                .init("validator")
            )
            for entry in entries {
                table.add(
                    .init(entry.instance, .bold),
                    .amount(entry.claimable.description, .green),
                    .amount(entry.inFlight.description, .yellow),
                    .init(paths[entry.denom] ?? entry.denom),
                    .init(entry.isHeld ? "on the other chain" : "here", entry.isHeld ? .yellow : .plain),
                    .init(entry.validator, .dim)
                )
            }
            let hint =
                entries.contains(where: \.isHeld)
                ? style.dim("what is on the other chain goes to an account there: withdraw it with --remote-to") + "\n"
                : ""
            return style.bold(address) + "\n" + table.text(style) + hint + own
        }
    }
}

extension AccountRewards.Entry {
    /// The entry as programs read it.
    fileprivate func document(_ path: String?) -> JSONValue {
        [
            "source": .string(source.rawValue), "instance": .string(instance), "validator": .string(validator),
            "denom": .string(denom), "path": .optional(path), "claimable": .string(claimable.description),
            "in_flight": .string(inFlight.description), "is_held": .bool(isHeld),
        ]
    }
}

import ModuleKit
import RewardsEvents

extension Rewards {
    private static let path = "app_state.distribution"

    /// Records what a Cosmos chain's `distribution` says.
    func take(
        _ document: DistributionGenesis,
        areAccountsListed: Bool,
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        var rules = try collections.rules.value(in: context) ?? RewardRules()
        if let params = document.params {
            try ParametersFormat.read(params, into: &rules)
            try rules.check(readFrom: params)
        }
        try set(rules, context)
        for (delegator, address) in document.withdrawAddresses {
            try context.emit(
                .with {
                    $0.withdrawAddressSet = .with {
                        $0.delegator = context.accountText(delegator)
                        $0.address = context.accountText(address)
                    }
                }
            )
        }
        var opening = try OpeningBalance(community: document.communityPool)
        for validator in document.operators {
            guard let records = document.validators[validator], !records.outstanding.isEmpty else { continue }
            guard try collections.validators.contains(validator, in: context) else {
                report.skip(
                    "\(Self.path).outstanding_rewards[]",
                    "staking has no such validator: it goes to the community pool",
                    example: context.operatorText(validator)
                )
                try opening.giveToCommunity(records.outstanding)
                continue
            }
            do throws(ModuleError) {
                try take(records, of: validator, document, &opening, context, &report)
            } catch {
                throw Self.contradiction(error, "the records of \(context.operatorText(validator)) do not add up")
            }
        }
        do throws(ModuleError) {
            try settle(&opening, areAccountsListed: areAccountsListed, context, &report)
        } catch {
            throw Self.contradiction(error, "what is owed can't be added up")
        }
    }

    /// Gives to the community pool what the module's account holds although no section says whose it is.
    func takeUnclaimed(_ context: Context, _ report: inout GenesisReport) throws(ModuleError) {
        guard try collections.settings.value(in: context) != nil, try !balances(context).isEmpty else { return }
        var opening = try OpeningBalance(community: [])
        try settle(&opening, areAccountsListed: true, context, &report)
    }

    /// What could not be calculated from records, such as a ratio that falls, with where they stand.
    private static func contradiction(_ error: ModuleError, _ what: String) -> ModuleError {
        guard error.code != .rewardGenesisContradiction else { return error }
        return ModuleError(.rewardGenesisContradiction, "$.\(path): \(what): \(error.message)")
    }

    /// Records what one validator owes, and to whom.
    private func take(
        _ records: DistributionGenesis.Validator,
        of validator: Address,
        _ document: DistributionGenesis,
        _ opening: inout OpeningBalance,
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        var owed = try ValidatorOpening(records)
        let tokens = try stakeSource(context).tokens(of: validator)
        let shares = try collections.validators.value(for: validator, in: context)?.shares ?? .zero
        var isComplete = true
        for (key, position) in try positions(at: validator, context) {
            let worth = try position.shares.multiplied(by: tokens).dividing(by: shares, rounding: .floor)
            var earned: [DecimalAmount]?
            if let start = document.starts[key] {
                earned = try records.earned(since: start, tokens: tokens, worth: worth)
            }
            guard let earned else {
                isComplete = false
                report.skip(
                    "\(Self.path).delegator_starting_infos[]",
                    "the records do not say what this delegation has earned: it goes to the community pool",
                    example: "\(context.accountText(key.first)) at \(context.operatorText(key.second))"
                )
                continue
            }
            let entries = try owed.attribute(earned)
            guard !entries.isEmpty else { continue }
            try context.emit(
                .with {
                    $0.positionImported = .with {
                        $0.delegator = context.accountText(key.first)
                        $0.validator = context.operatorText(key.second)
                        $0.rewards = entries.map(\.stored)
                    }
                }
            )
        }
        if !isComplete || shares.isZero { try opening.giveToCommunity(try owed.giveUpRest()) }
        try opening.add(owed.entries)
        try context.emit(
            .with {
                $0.validatorImported = .with {
                    $0.validator = context.operatorText(validator)
                    $0.rewards = owed.entries.map(\.stored)
                }
            }
        )
    }

    /// The positions at a validator. O(n) in all positions; only a genesis asks.
    private func positions(at validator: Address, _ context: Context) throws(ModuleError) -> [(PositionKey, Position)] {
        var found: [(PositionKey, Position)] = []
        try collections.positions.forEach(in: context) { (key, position) throws(ModuleError) in
            if key.second == validator { found.append((key, position)) }
            return true
        }
        return found
    }

    /// Makes what is owed and what the account holds one, and records it.
    private func settle(
        _ opening: inout OpeningBalance,
        areAccountsListed: Bool,
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        if try opening.dropFractions() {
            report.remark("\(Self.path).fee_pool", "a fraction beyond what the account can hold was taken from it")
        }
        let owed = try opening.coins()
        let held = try balances(context)
        if held.isEmpty, !owed.isEmpty, !areAccountsListed {
            try context.emit(.with { $0.genesisFunded.amount = owed.proto })
            report.remark(Self.path, "no account held what is owed: the module's account got these coins")
        } else {
            guard held.contains(owed) else {
                throw ModuleError(
                    .rewardGenesisContradiction,
                    "$.app_state.bank.balances: \(RewardsAccount.distribution.name) has \(held), but \(owed) are owed: "
                        + "mend one"
                )
            }
            let excess = try held.subtracting(owed)
            if !excess.isEmpty {
                report.remark(Self.path, "nobody has a claim to \(excess): the community pool got it")
                try opening.add(excess)
            }
        }
        for entry in opening.entries {
            let stored = try entry.stored
            try context.emit(
                .with {
                    $0.denominationImported = .with {
                        $0.denom = entry.denom.text
                        $0.denomination = stored
                    }
                }
            )
        }
    }
}

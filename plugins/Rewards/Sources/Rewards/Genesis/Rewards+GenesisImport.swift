public import ModuleKit
import RewardsEvents

extension Rewards {
    /// Takes over what was exported as `rewards`, or `mint` and `distribution` of a Cosmos chain (`distr` before SDK 0.36).
    ///
    /// Bank and staking have read their parts by then. What the parts say is owed has to be what the account holds, to the unit;
    /// what a Cosmos chain owes its delegators is calculated from its records, and where these are incomplete, it goes to the
    /// community pool and is reported.
    ///
    /// - Throws: `rewardGenesisContradiction` where parts don't agree; codespace `genesis` for malformed values, with the path.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        for section in ["rewards", "mint", "distribution", "distr"] { report.claim(section) }
        let state = genesis.appState
        let shares = state["distribution"].optional ?? state["distr"].optional
        if let own = state["rewards"].optional {
            guard shares == nil, state["mint"].optional == nil else {
                throw own.invalid("it stands beside mint or distribution, which say the same; remove one of them")
            }
            try OwnGenesis(rewards: self, context: context).read(own, &report)
        } else {
            if let mint = state["mint"].optional { try read(mint: mint, context, &report) }
            if let shares {
                let document = try DistributionGenesis(shares, context.addresses, &report)
                let isLegacy = state["distribution"].optional == nil
                let areListed = isLegacy ? false : try genesis.listsBalances()
                try take(document, areAccountsListed: areListed, context, &report)
            }
        }
        try requireSound(context)
    }

    /// Checks that all that was taken over adds up.
    private func requireSound(_ context: Context) throws(ModuleError) {
        let faults: [String]
        do throws(ModuleError) {
            faults = try invariants(StateReader(context.instanceState)).map(\.description)
        } catch {
            // Such as a position that has seen more points than its validator has.
            faults = [error.message]
        }
        guard faults.isEmpty else {
            throw ModuleError(
                .rewardGenesisContradiction,
                "the parts of $.app_state that rewards read do not add up: \(faults.joined(separator: "; ")); mend them"
            )
        }
    }

    /// Reads the inflation, and the parameters where they are those of the Cosmos SDK's own module.
    private func read(mint: JSONField, _ context: Context, _ report: inout GenesisReport) throws(ModuleError) {
        let path = "app_state.mint"
        try mint.requireMembers(["minter", "params"], in: path, &report)
        var rules = try collections.rules.value(in: context) ?? RewardRules()
        if let params = mint["params"].optional {
            try params.requireMembers(ParametersFormat.mintMembers, in: "\(path).params", &report)
            try ParametersFormat.read(params, into: &rules)
            try set(rules, context)
        }
        guard let minter = mint["minter"].optional else { return }
        try minter.requireMembers(["inflation", "annual_provisions"], in: "\(path).minter", &report)
        var inflation = InflationState()
        inflation.inflation = try minter["inflation"].optional?.decimal() ?? .zero
        inflation.annualProvisions = try minter["annual_provisions"].optional?.decimal() ?? .zero
        try emit(inflation, context)
    }

    /// Records the inflation, if there is any.
    func emit(_ inflation: InflationState, _ context: Context) throws(ModuleError) {
        guard inflation != InflationState() else { return }
        try context.emit(.with { $0.inflationImported.inflation = inflation.stored })
    }

    /// What the module's account holds, as the bank has read it.
    func balances(_ context: Context) throws(ModuleError) -> Coins {
        try stakeSource(context).balances(of: RewardsAccount.distribution.address, from: nil, limit: 1_000).coins
    }
}

extension GenesisDocument {
    /// Whether the document lists balances of any account, in the layout of SDK 0.40 or that of before.
    fileprivate func listsBalances() throws(ModuleError) -> Bool {
        for field in [appState["bank"]["balances"], appState["accounts"]] {
            if try !field.elementsOrNone().isEmpty { return true }
        }
        return try appState["auth"]["accounts"].elementsOrNone().contains { $0["value"]["coins"].optional != nil }
    }
}

import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Sees to it that the pools hold the coins of what was taken over.
    ///
    /// In SDK 0.40 and later the pools are accounts with balances of their own: nothing moves, and the balances must be
    /// the sums. Before SDK 0.36 they were no accounts: what they held comes into being. In between, it depends on
    /// whether the document lists the accounts.
    func fillPools(
        _ genesis: StakingGenesis,
        _ document: GenesisDocument,
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        let sums = try genesis.poolSums()
        guard !sums.bonded.isZero || !sums.notBonded.isZero else { return }
        let rules = try collections.currentRules(context)
        let balances = try GenesisBalances(document, rules.bondDenom, context.addresses)
        let bonded = try balances.balance(of: .bonded)
        let notBonded = try balances.balance(of: .notBonded)
        let hasAccounts = bonded != nil || notBonded != nil
        if !hasAccounts, genesis.isLegacy {
            try context.emit(
                .with {
                    $0.poolsFunded = .with {
                        $0.bonded = rules.coin(sums.bonded)
                        $0.notBonded = rules.coin(sums.notBonded)
                    }
                }
            )
            report.remark("app_state.staking", "the pools were no accounts: they got the coins of all stake")
            return
        }
        guard balances.areListed else {
            report.remark("app_state.staking", "the document lists no balances, so those of the pools are not checked")
            return
        }
        try require(bonded ?? .zero, sums.bonded, in: .bonded)
        try require(notBonded ?? .zero, sums.notBonded, in: .notBonded)
    }

    private func require(_ balance: Amount, _ sum: Amount, in pool: StakingPool) throws(ModuleError) {
        guard balance == sum else {
            throw ModuleError(
                .genesisContradiction,
                "$.app_state.bank.balances: \(pool.name) has \(balance), but the stake that it holds is \(sum): mend one"
            )
        }
    }
}

/// The balances that a document lists, in the layout of SDK 0.40 or that of before.
private struct GenesisBalances {
    /// Whether there is any list.
    private(set) var areListed = false

    private let accounts: [JSONField]
    private let denom: Denom
    private let prefixes: AddressPrefixes

    init(_ document: GenesisDocument, _ denom: Denom, _ prefixes: AddressPrefixes) throws(ModuleError) {
        self.denom = denom
        self.prefixes = prefixes
        let state = document.appState
        let sources = [state["bank"]["balances"], state["auth"]["accounts"], state["accounts"]]
        var accounts: [JSONField] = []
        for source in sources {
            guard let source = source.optional else { continue }
            accounts += try source.array()
        }
        self.accounts = accounts
        areListed = !accounts.isEmpty
    }

    /// What a pool has of the bond denomination; nil when its account has no coins in the document.
    func balance(of pool: StakingPool) throws(ModuleError) -> Amount? {
        let address = prefixes.format(pool.address, as: .account)
        for account in accounts {
            // Amino JSON of SDK 0.38 and 0.39 wraps an account into its type and value.
            let account = account["value"].optional ?? account
            guard case .string(address) = account["address"].value, let coins = account["coins"].optional else {
                continue
            }
            return try coins.coins().amount(of: denom)
        }
        return nil
    }
}

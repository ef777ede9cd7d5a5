public import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Takes over `staking`, and applies the genesis transactions of `genutil` or `gentxs` as a Cosmos chain does at its
    /// launch. The genesis block has no end of its own, so the first active set is recorded here.
    ///
    /// - Throws: `genesisContradiction` where parts don't agree, codespace `genesis` for malformed values, each with the
    ///   path; for a genesis transaction what its message throws.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        for section in ["staking", "genutil", "gentxs"] { report.claim(section) }
        let section = genesis.appState["staking"]
        if let section = section.optional {
            let parsed = try StakingGenesis(section, context.addresses, &report)
            try parsed.check()
            try take(section["params"], context)
            try record(parsed, context)
            try fillPools(parsed, genesis, context, &report)
            if parsed.isExported {
                try recordPowers(of: parsed, context)
            } else {
                try updateActiveSet(context)
            }
        }
        try applyTransactions(of: genesis, context, &report)
    }

    private func take(_ params: JSONField, _ context: Context) throws(ModuleError) {
        if try collections.settings.value(in: context) == nil { try establish(slashingInstance: "slashing", context) }
        var rules = try collections.rulesOrInitial(context)
        if params.optional != nil { try ParametersFormat.read(params, into: &rules) }
        try set(rules, context)
    }

    private func record(_ genesis: StakingGenesis, _ context: Context) throws(ModuleError) {
        for validator in genesis.validators {
            try context.emit(.with { $0.validatorImported.validator = validator })
        }
        for (index, subAccount) in genesis.subAccounts.enumerated() {
            guard let instance = context.instance(named: subAccount.instance) else {
                throw ModuleError(
                    .genesisContradiction,
                    "$.app_state.staking.sub_accounts[\(index)].instance_address: no instance has this address: deploy it"
                )
            }
            var numbered = subAccount
            numbered.instanceNumber = instance.number
            let imported = numbered
            try context.emit(.with { $0.subAccountImported.subAccount = imported })
        }
        for delegation in genesis.delegations { try context.emit(.with { $0.delegationImported = delegation }) }
        for unbonding in genesis.unbondings { try context.emit(.with { $0.unbondingImported = unbonding }) }
        for redelegation in genesis.redelegations {
            try context.emit(.with { $0.redelegationImported = redelegation })
        }
    }

    /// The powers that the exported chain's engine knew; the end of the first block brings what has changed since.
    private func recordPowers(of genesis: StakingGenesis, _ context: Context) throws(ModuleError) {
        let changes = genesis.powers.sorted { left, right in
            left.power != right.power ? left.power > right.power : left.validator < right.validator
        }
        try record(changes, total: genesis.totalPower, try collections.currentRules(context), context)
    }

    private func applyTransactions(
        of genesis: GenesisDocument,
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        let state = genesis.appState
        let sources = [state["genutil"]["gen_txs"], state["genutil"]["gentxs"], state["gentxs"]]
        if let section = state["genutil"].optional {
            try section.requireMembers(["gen_txs", "gentxs"], in: "app_state.genutil", &report)
        }
        var isEmpty = true
        for source in sources {
            guard let source = source.optional else { continue }
            for field in try source.array() {
                isEmpty = false
                try apply(try GenesisTransaction(field, context.addresses, &report), field, context, &report)
            }
        }
        if !isEmpty { try updateActiveSet(context) }
    }

    private func apply(
        _ transaction: GenesisTransaction,
        _ field: JSONField,
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        for (request, sender, path) in transaction.requests {
            do {
                try createValidator(request, sender, context)
            } catch {
                throw error.adding(context: path)
            }
            try context.emit(
                .with {
                    $0.genesisTransactionApplied = .with {
                        $0.validator = text(ofOperator: sender, context)
                        $0.memo = transaction.memo
                        $0.signatures = transaction.signatures
                    }
                }
            )
        }
        if !transaction.signatures.isEmpty {
            report.remark(
                "app_state.genutil.gen_txs[].signatures",
                "kept, but not verified: they are secp256k1 signatures of accounts",
                example: field.path
            )
        }
    }
}

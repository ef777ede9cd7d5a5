import LocalStakingEvents
public import ModuleKit
import VaultEvents

extension LocalStaking {
    private static let stakeMembers = ["validator", "staked", "unbonding", "returned", "forfeit", "leaving"]

    /// Reads the instance's section of a genesis document: what `exportGenesis` writes. The vault is found by its label.
    ///
    /// - Throws: codespace `genesis` for a malformed value or one that does not fit, always with the JSON path;
    ///   `invalidState` before the instance was configured.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.genesisSection]
        guard section.optional != nil else { return }
        report.claim(settings.genesisSection)
        let path = "app_state.\(settings.genesisSection)"
        try section.note(unknownBut: ["vault", "denom", "accounts"], at: path, &report)
        let vault = section["vault"]
        guard let instance = context.instance(named: try vault.string()), instance.module == VaultEvent.moduleName
        else {
            throw vault.invalid("no vault has this label; deploy it")
        }
        guard context.instance(named: settings.vault)?.number == instance.number else {
            throw vault.invalid("the settings name \(settings.vault); name the same vault in both")
        }
        let denom = try section["denom"].denom()
        try context.emit(
            .with {
                $0.vaultBound.binding = .with {
                    $0.vault = instance.number
                    $0.label = instance.label
                    $0.denom = denom.text
                }
            }
        )
        for field in try section["accounts"].array() { try readAccount(field, context, path, &report) }
    }

    private func readAccount(_ field: JSONField, _ context: Context, _ path: String, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        try field.note(unknownBut: ["address", "stakes"], at: "\(path).accounts[]", &report)
        let owner = try field["address"].address(context.addresses, as: .account)
        guard try !accounts.contains(owner, in: context) else {
            throw field["address"].invalid("an account stands here once; join the two")
        }
        var stakes: [StakeAccount.Stake] = []
        for element in try field["stakes"].array() {
            try element.note(unknownBut: Self.stakeMembers, at: "\(path).accounts[].stakes[]", &report)
            let stake = try readStake(element, context)
            guard !stakes.contains(where: { $0.validator == stake.validator }) else {
                throw element["validator"].invalid("a validator stands here once; join the two")
            }
            stakes.append(stake)
        }
        guard (1...Self.validatorsMax).contains(stakes.count) else {
            throw field["stakes"].invalid("an account has stake with 1 to \(Self.validatorsMax) validators")
        }
        let account = StakeAccount(stakes)
        try context.emit(
            .with {
                $0.accountImported.owner = context.addresses.format(owner, as: .account)
                $0.accountImported.account = account.record
            }
        )
    }

    private func readStake(_ field: JSONField, _ context: Context) throws(ModuleError) -> StakeAccount.Stake {
        var stake = StakeAccount.Stake(
            validator: try field["validator"].address(context.addresses, as: .validatorOperator)
        )
        stake.staked = try field["staked"].amount()
        stake.unbonding = try field["unbonding"].amount()
        stake.returned = try field["returned"].amount()
        stake.forfeit = try field["forfeit"].amount()
        stake.leaving = try field["leaving"].amount()
        guard stake.leaving <= stake.forfeit else {
            throw field["leaving"].invalid("only what is forfeit is leaving; correct one of them")
        }
        guard !stake.isEmpty else { throw field.invalid("a stake of nothing is none; remove it") }
        return stake
    }
}

extension JSONField {
    /// Lists the members of an object that nothing here reads.
    fileprivate func note(unknownBut known: [String], at place: String, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        for (name, member) in try members() where !known.contains(name) {
            report.skip("\(place).\(name)", "nothing here knows this member", example: member.path)
        }
    }
}

import ExternalStakingEvents
import InterchainEvents
public import ModuleKit
import VaultEvents

extension ExternalStaking {
    /// Reads the instance's section of a genesis document: what `exportGenesis` writes.
    ///
    /// A pairing goes on where it was if Interchain has its channel and the settings name its vault. Without the
    /// channel nothing can go on, and everything is reported as lost.
    ///
    /// - Throws: Codespace `genesis` for a malformed value or one that contradicts the rest, with the JSON path;
    ///   `invalidState` before the instance was configured.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.genesisSection]
        guard section.optional != nil else { return }
        report.claim(settings.genesisSection)
        try section.requireMembers(["counter"] + Self.genesisLists)
        var counter: ExternalStakingCounterImported = try section["counter"].message()
        if counter.hasPairing {
            guard try isChannelKnown(counter.pairing, context) else {
                report.skip(
                    "app_state.\(settings.genesisSection)",
                    "Interchain does not have the channel of this pairing, so nothing can go on; deploy a new pairing",
                    example: section.path
                )
                return
            }
            counter.pairing.vault = try vault(of: counter.pairing, settings, at: section["counter"], context)
        }
        guard counter.sources.isEmpty || settings.hasRewards else {
            throw section["counter"].invalid(
                "rewards came over these channels: have the settings say how they come now"
            )
        }
        for source in counter.sources where context.instance(named: source.transfer)?.module != "transfer" {
            throw section["counter"].invalid(
                "rewards came by the transfer instance \(source.transfer), and there is none: deploy it before"
            )
        }
        let imported = counter
        try context.emit(.with { $0.counterImported = imported })
        for field in try section["validators"].array() {
            let event: ExternalStakingValidatorImported = try field.message()
            guard try !validators.contains(event.validator, in: context) else { throw field.repeated() }
            try context.emit(.with { $0.validatorImported = event })
        }
        for field in try section["keys"].array() {
            let event: ExternalStakingKeyImported = try field.message()
            guard try !keyClaims.contains(try ConsensusKey(Array(event.key)), in: context) else {
                throw field.repeated()
            }
            try context.emit(.with { $0.keyImported = event })
        }
        for field in try section["stakes"].array() { try importStake(field, context) }
        for field in try section["transactions"].array() {
            let event: ExternalStakingTransactionImported = try field.message()
            guard try !transactions.contains(event.transaction, in: context) else { throw field.repeated() }
            try context.emit(.with { $0.transactionImported = event })
        }
        for field in try section["offenders"].array() {
            let event: ExternalStakingOffenderImported = try field.message()
            guard try !offenders.contains(event.validator, in: context) else { throw field.repeated() }
            try context.emit(.with { $0.offenderImported = event })
        }
        for field in try section["dues"].array() {
            let event: ExternalStakingDueImported = try field.message()
            let owner = try context.addresses.parse(event.stake.owner, as: .account)
            guard try !dues.contains(Pair(event.stake.validator, owner), in: context) else { throw field.repeated() }
            try context.emit(.with { $0.dueImported = event })
        }
        if let violation = try invariants(StateReader(context.instanceState)).first {
            throw section.invalid("the section contradicts itself (\(violation)); export it again")
        }
    }

    private func importStake(_ field: JSONField, _ context: Context) throws(ModuleError) {
        let event: ExternalStakingStakeImported = try field.message()
        let owner = try context.addresses.parse(event.stake.owner, as: .account)
        guard try !stakes.contains(Pair(owner, event.stake.validator), in: context) else { throw field.repeated() }
        try context.emit(.with { $0.stakeImported = event })
    }

    private func isChannelKnown(_ pairing: ExternalStakingPairing, _ context: Context) throws(ModuleError) -> Bool {
        do throws(ModuleError) {
            _ = try context.channel(try end(pairing, context))
            return true
        } catch {
            guard error.code == .unknownChannel else { throw error }
            return false
        }
    }

    /// The number that the vault has on this chain.
    private func vault(
        of pairing: ExternalStakingPairing,
        _ settings: ExternalStakingSettings,
        at field: JSONField,
        _ context: Context
    ) throws(ModuleError) -> UInt32 {
        guard let vault = context.instance(named: settings.vault), vault.module == VaultEvent.moduleName,
            try context.ask(VaultQuery.with { $0.settings = .init() }, of: vault.number).settings.denom == pairing.denom
        else {
            throw field.invalid(
                "\(settings.vault) is no vault of \(pairing.denom); deploy it before, or correct the settings"
            )
        }
        return vault.number
    }
}

extension JSONField {
    /// A message in its JSON form.
    fileprivate func message<Message: SwiftProtobuf.Message>() throws(ModuleError) -> Message {
        do throws(ModuleError) {
            return try Message(decodingJSON: try required().text())
        } catch {
            throw invalid(error.message)
        }
    }

    fileprivate func repeated() -> ModuleError { invalid("this stands here twice; remove one") }
}

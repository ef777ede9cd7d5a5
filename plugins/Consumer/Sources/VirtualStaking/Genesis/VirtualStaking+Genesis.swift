public import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    private static let members = ["cap", "is_closed", "last_epoch_height", "rewards", "stakes"]
    private static let stakeMembers = ["validator", "minted", "owed"]

    /// Writes what is bonded where, in a section that has the name of the instance's module account.
    ///
    /// The delegations themselves, and the supply's offset, stand in the sections of native staking and of the bank.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var stakes: [JSONValue] = []
        try minted.forEach(in: state) { (validator, minted) throws(ModuleError) in
            let owed = try owed.value(for: validator, in: state) ?? .zero
            stakes.append([
                "validator": .string(try validator.text(prefix: settings.operatorPrefix)),
                "minted": .string(minted.description),
                "owed": .string(owed.description),
            ])
            return true
        }
        let section: JSONValue = [
            "cap": .string(try sum(of: cap, state).description),
            "is_closed": .bool(try closure.value(in: state) != nil),
            "last_epoch_height": .string("\(try lastEpochHeight.value(in: state) ?? 0)"),
            "stakes": .array(stakes),
            "rewards": try exportRewards(settings, state),
        ]
        return [(settings.moduleAccount, section)]
    }

    /// Reads what the export has written.
    ///
    /// - Throws: `virtualStakingGenesisContradiction` for stakes above the cap, a validator that stands there twice, or a cap
    ///   that is not the grant's; codespace `genesis` for a malformed value; `virtualStakingNotConfigured`.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.moduleAccount]
        guard section.optional != nil else { return }
        report.claim(settings.moduleAccount)
        try Self.requireMembers(Self.members, of: section)
        let cap = try section["cap"].amount()
        try requireGrant(of: cap, section["cap"], context)
        let height = try section["last_epoch_height"].integer(as: UInt64.self)
        let isClosed = try section["is_closed"].bool()
        try context.emit(
            .with {
                $0.standingImported = .with {
                    $0.cap = cap.description
                    $0.isClosed = isClosed
                    $0.lastEpochHeight = height
                }
            }
        )
        for field in try section["stakes"].array() { try importStake(field, context) }
        if let rewards = section["rewards"].optional { try importRewards(rewards, context) }
        let free = try sum(of: mintedTotal, context).saturatingSubtracting(try sum(of: owedTotal, context))
        guard free <= cap else {
            throw Self.contradiction(
                "\(section["stakes"].path): \(free) is bonded and not owed, above the cap of \(cap)"
            )
        }
    }

    private func importStake(_ field: JSONField, _ context: Context) throws(ModuleError) {
        try Self.requireMembers(Self.stakeMembers, of: field)
        let validator = try field["validator"].address(context.addresses, as: .validatorOperator)
        let minted = try field["minted"].amount()
        let owed = try field["owed"].amount()
        guard !minted.isZero, owed <= minted else {
            throw Self.contradiction("\(field.path): \(minted) is bonded and \(owed) owed")
        }
        guard try !self.minted.contains(validator, in: context) else {
            throw Self.contradiction("\(field.path): the validator stands there twice")
        }
        try context.emit(
            .with {
                $0.stakeImported = .with {
                    $0.validator = context.operatorText(validator)
                    $0.minted = minted.description
                    $0.owed = owed.description
                }
            }
        )
    }

    /// The host's grants are imported first; what is written of the cap has to be the same.
    private func requireGrant(of cap: Amount, _ field: JSONField, _ context: Context) throws(ModuleError) {
        guard let grant = try context.grant(of: .mintVirtualStake) else {
            guard cap.isZero else { throw Self.contradiction("\(field.path): there is no grant with a cap of \(cap)") }
            return
        }
        guard grant.cap == nil || grant.cap == cap else {
            throw Self.contradiction("\(field.path): the cap is \(cap), not that of the grant")
        }
    }

    static func requireMembers(_ known: [String], of section: JSONField) throws(ModuleError) {
        for (name, field) in try section.members() where !known.contains(name) {
            throw field.invalid("virtual staking has no such member; it has \(known.joined(separator: ", "))")
        }
    }

    static func contradiction(_ what: String) -> ModuleError {
        ModuleError(.virtualStakingGenesisContradiction, "\(what): mend the genesis document")
    }
}

import ModuleKit
import VaultEvents

extension Vault {
    /// Slashes one user's lien, for an infraction at a validator, and lets the loss propagate.
    ///
    /// One event says all that it does to the account. Then the holders of the liens that gave way are told, each by a final
    /// event: what they make of it is theirs, and changes nothing here. The coins are destroyed, but for a bounty, as soon as
    /// they are there: at the end, or when a local holder has given them back.
    ///
    /// At most one event for every lien of the account, and two more, beside what holders do. The only thing that it can
    /// fail for is a lack of work.
    ///
    /// - Parameter forfeit: coins of earlier cuts that a local holder has lost.
    func slash(
        _ stated: Amount,
        forfeit: Amount = .zero,
        at validator: String,
        of owner: Address,
        by holder: InstanceIdentity,
        paying bounty: LienStatement.Bounty?,
        _ context: Context
    ) throws(ModuleError) {
        guard !stated.isZero || !forfeit.isZero else { return }
        let settings = try requireSettings(context)
        let account = try account(of: owner, in: context)
        let time = context.block.time
        // A lien may be gone by the cuts of others' slashes; then nothing of it can be lost.
        guard
            let slash = account.slash(
                stated,
                forfeit: forfeit,
                of: holder.number,
                at: time,
                over: settings.slashPeriod,
                paying: bounty.map { Bounty(beneficiary: $0.beneficiary, amount: $0.amount) }
            )
        else { return }
        try context.charge(UInt64(account.liens.count) * Propagation.workPerLien)
        let text = context.addresses.format(owner, as: .account)
        try context.emit(
            .with {
                $0.slashed = .with {
                    $0.owner = text
                    $0.holder = holder.number
                    $0.validator = validator
                    $0.amount = slash.amount.description
                    $0.excess = slash.excess.description
                    $0.cuts = slash.cuts.map(VaultCut.init)
                    $0.time = time.nanoseconds
                    if let bounty = slash.bounty { $0.bounty = bounty.record }
                    if !slash.forfeit.isZero { $0.forfeit = slash.forfeit.description }
                }
            }
        )
        for cut in slash.cuts {
            try context.emit(
                .with {
                    $0.lienCut = .with {
                        $0.owner = text
                        $0.holder = cut.holder
                        $0.amount = cut.amount.description
                        $0.validator = cut.holder == holder.number ? validator : ""
                    }
                }
            )
        }
        try burnSlashed(of: owner, context)
    }
}

extension VaultSettings {
    /// The time over which slashes of one lien are added up.
    var slashPeriod: TimeSpan { TimeSpan(nanoseconds: unbondingPeriod) }
}

extension VaultCut {
    fileprivate init(_ cut: AccountSlash.Cut) {
        self = .with {
            $0.holder = cut.holder
            $0.amount = cut.amount.description
        }
    }
}

extension AccountSlash {
    /// Reads what a recorded slash did.
    ///
    /// - Throws: `invalidAmount` or `arithmeticOverflow` for a damaged record.
    init(_ event: VaultSlashed) throws(ModuleError) {
        var cuts: [Cut] = []
        for cut in event.cuts { cuts.append(Cut(holder: cut.holder, amount: try Amount(cut.amount))) }
        self.init(
            holder: event.holder,
            amount: try Amount(event.amount),
            excess: try Amount(event.excess),
            forfeit: event.forfeit.isEmpty ? .zero : try Amount(event.forfeit),
            cuts: cuts,
            bounty: event.hasBounty ? try Bounty(event.bounty) : nil
        )
    }
}

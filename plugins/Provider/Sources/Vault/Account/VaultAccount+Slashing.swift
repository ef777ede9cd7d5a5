public import ModuleKit

/// What a slash does to one account.
public struct AccountSlash: Sendable, Hashable {
    /// How far one lien gives way.
    public struct Cut: Sendable, Hashable {
        /// The number of the instance that holds it.
        public let holder: UInt32
        /// By how much.
        public let amount: Amount

        /// Describes a cut.
        public init(holder: UInt32, amount: Amount) {
            self.holder = holder
            self.amount = amount
        }
    }

    /// Whose lien is slashed.
    public let holder: UInt32
    /// What is lost, of the collateral and of that lien.
    public let amount: Amount
    /// What the holder asked for beyond; only the lien gives way by it.
    public let excess: Amount
    /// What is lost of the collateral besides: coins of earlier cuts that a local holder had still.
    public let forfeit: Amount
    /// How far liens give way besides, by holder.
    public let cuts: [Cut]
    /// The part of the amount that is paid and not destroyed; nil for none.
    public let bounty: Bounty?

    /// Describes a slash.
    public init(
        holder: UInt32,
        amount: Amount,
        excess: Amount,
        forfeit: Amount = .zero,
        cuts: [Cut],
        bounty: Bounty? = nil
    ) {
        self.holder = holder
        self.amount = amount
        self.excess = excess
        self.forfeit = forfeit
        self.cuts = cuts
        self.bounty = bounty
    }
}

/// Slashes never fail. Afterwards all invariants hold, for every account that is slashed by anything.
extension VaultAccount {
    /// What it means to slash a holder's lien by an amount that the holder names; nil where it has none.
    ///
    /// The holder has taken the amount off its own records. As much of it as may be slashed is lost; by the rest the lien
    /// gives way, so that vault and holder agree again.
    ///
    /// - Parameters:
    ///   - forfeit: of what a local holder had still of earlier cuts, so much is lost too. The lien does not give way by it:
    ///     it has done so already.
    ///   - bounty: what is paid of it; as much of that as is lost of a remote lien, whose coins are in the vault.
    public func slash(
        _ stated: Amount,
        forfeit: Amount = .zero,
        of holder: UInt32,
        at time: Timestamp,
        over period: TimeSpan,
        paying bounty: Bounty? = nil
    ) -> AccountSlash? {
        guard let lien = lien(of: holder) else { return nil }
        let amount = min(stated, lien.slashLimit(at: time, over: period))
        let forfeit = min(forfeit, lien.lent.saturatingSubtracting(amount))
        let excess = stated.saturatingSubtracting(amount)
        var after = self
        after.lose(amount, excess, forfeit, of: holder, at: time, over: period)
        let claims = after.liens.map { Propagation.Claim(amount: $0.total, slashable: $0.slashable) }
        let cuts = zip(after.liens, Propagation.cuts(of: claims, to: after.collateral))
            .filter { !$0.1.isZero }
            .map { AccountSlash.Cut(holder: $0.0.holder, amount: $0.1) }
        return AccountSlash(
            holder: holder,
            amount: amount,
            excess: excess,
            forfeit: forfeit,
            cuts: cuts,
            bounty: lien.purpose == .local ? nil : bounty?.limited(to: amount)
        )
    }

    /// Carries a slash out.
    public mutating func apply(_ slash: AccountSlash, at time: Timestamp, over period: TimeSpan) {
        lose(slash.amount, slash.excess, slash.forfeit, of: slash.holder, at: time, over: period)
        if let bounty = slash.bounty { promise(bounty) }
        for cut in slash.cuts {
            change(lienOf: cut.holder) { lien in
                let before = lien.total
                lien.giveWay(by: cut.amount)
                lien.noteOutflow(before.saturatingSubtracting(lien.total), at: time, over: period)
            }
        }
    }

    /// Takes a loss off the collateral and off the lien.
    ///
    /// The coins of a remote lien are in the vault, and have to be destroyed. Those of a local one are gone already. Some of
    /// them may have been slashed before and not come back: they need not be destroyed any more, once there is no collateral
    /// to make up for them.
    private mutating func lose(
        _ amount: Amount,
        _ excess: Amount,
        _ forfeit: Amount,
        of holder: UInt32,
        at time: Timestamp,
        over period: TimeSpan
    ) {
        guard let lien = lien(of: holder) else { return }
        let gone = amount.saturatingAdding(forfeit)
        switch lien.purpose {
        case .remote:
            collateral = collateral.saturatingSubtracting(amount)
            unburned = unburned.saturatingAdding(amount)
        case .local:
            unburned = unburned.saturatingSubtracting(gone.saturatingSubtracting(collateral))
            trimBounties()
            collateral = collateral.saturatingSubtracting(gone)
        }
        change(lienOf: holder) { lien in
            let before = lien.total
            lien.giveWay(by: amount.saturatingAdding(excess))
            if lien.purpose == .local {
                lien.lent = lien.lent.saturatingSubtracting(gone)
                lien.total = min(lien.total, lien.lent)
                lien.inFlight = min(lien.inFlight, lien.total)
            }
            lien.noteOutflow(before.saturatingSubtracting(lien.total), slashed: amount, at: time, over: period)
        }
    }
}

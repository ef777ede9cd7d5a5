public import ModuleKit

extension VaultAccount {
    /// Which invariants do not hold, with the figures; empty when all do.
    public var faults: [InvariantViolation] {
        var faults: [InvariantViolation] = []
        func require(_ holds: Bool, _ name: String, _ detail: @autoclosure () -> String) {
            if !holds { faults.append(InvariantViolation(name, detail())) }
        }
        require(maxLien.high <= collateral, "liens-covered", "a lien of \(maxLien) on \(collateral)")
        require(
            totalSlashable.high <= collateral,
            "slashable-covered",
            "\(totalSlashable) can be slashed of \(collateral)"
        )
        require(
            lent <= collateral.saturatingAdding(unburned),
            "lent-is-collateral",
            "\(lent) is lent of \(collateral), with \(unburned) to be destroyed"
        )
        require(
            promised <= unburned && bounties.count <= Bounty.countMax && bounties.allSatisfy { !$0.amount.isZero },
            "bounties-are-slashed",
            "\(promised) is promised of \(unburned)"
        )
        require(
            zip(liens, liens.dropFirst()).allSatisfy { $0.holder < $1.holder },
            "one-lien-per-holder",
            "the holders are \(liens.map(\.holder))"
        )
        for lien in liens {
            let name = "liens-in-bounds"
            require(!lien.isOver, name, "the lien of \(lien.holder) is over")
            require(lien.inFlight <= lien.total, name, "\(lien.inFlight) in flight of \(lien.total)")
            require(lien.slashable <= .one, name, "\(lien.slashable) of a lien can be slashed")
            require(
                lien.purpose == .local ? lien.total <= lien.lent : lien.lent.isZero,
                name,
                "\(lien.lent) is lent for a lien of \(lien.total)"
            )
            require(
                lien.outflows.count <= Lien.outflowsMax && lien.outflows.allSatisfy { $0.slashed <= $0.amount },
                name,
                "the lien of \(lien.holder) has impossible outflows"
            )
        }
        return faults
    }
}

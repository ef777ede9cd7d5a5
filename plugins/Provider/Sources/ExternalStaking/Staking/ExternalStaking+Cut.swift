import ExternalStakingEvents
import ModuleKit
import VaultEvents

extension ExternalStaking {
    /// Cuts the records of a user by as much as the vault has cut the lien, and orders what has to be burned.
    ///
    /// The lien has gone down already. A cut by more than there is takes all there is.
    func cut(_ cut: VaultLienCut, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard cut.holder == context.identity.number, let pairing = try pairing.value(in: context),
            origin.instance.number == pairing.vault
        else { return }
        let owner = try Address(bech32: cut.owner)
        let found = try stakes(of: owner, in: context)
        let shares = try CutShares.of(
            try Amount(cut.amount),
            over: found.map { CutShares.Part(validator: $0.validator, amount: $0.stake.liened) },
            first: cut.validator.isEmpty ? nil : cut.validator
        )
        var burns: [CutShares.Part] = []
        var inFlight = Amount.zero
        for (validator, current) in found {
            var stake = current
            if let share = shares.first(where: { $0.validator.isSameKey(as: validator) }) {
                let burn = stake.cut(share.amount).burn
                if !burn.isZero { burns.append(CutShares.Part(validator: validator, amount: burn)) }
            }
            inFlight = inFlight.saturatingAdding(stake.inFlight(.stake))
        }
        try context.emit(
            .with {
                $0.lienCut.vault = pairing.vault
                $0.lienCut.owner = cut.owner
                $0.lienCut.parts = shares.map { share in
                    .with {
                        $0.validator = share.validator
                        $0.amount = share.amount.description
                    }
                }
                $0.lienCut.inFlight = inFlight.description
            }
        )
        for burn in burns { try order(burn.amount, .of(cut.owner, burn.validator), context) }
    }
}

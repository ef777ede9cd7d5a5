import ControlChannel
import ExternalStakingEvents
import ModuleKit
import VaultEvents

extension ExternalStaking {
    /// Takes a lien that the vault asks for, and sends the stake on its way.
    ///
    /// - Throws: `unknownVault` for another vault than the pairing's, `noControlChannel`, `pairingClosed`,
    ///   `wrongLienPurpose`, `zeroExternalStake`, `externalStakeBelowMinimum`, `validatorNotActive`,
    ///   `validatorKeyNotCounted`, `tooManyStakedValidators`, and what stands in the way of the record or the packet;
    ///   all of them fail the whole transaction.
    func stake(_ request: VaultLienRequested, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        // Events of the vault are offered to their addressee alone.
        guard request.holder == context.identity.number else { return }
        let pairing = try requireOpenPairing(context)
        guard origin.instance.number == pairing.vault else {
            throw ModuleError(
                .unknownVault,
                "\(origin.instance.label) is not the vault of this external staking: stake from the one that its "
                    + "settings name"
            )
        }
        guard request.purpose == .remote else {
            throw ModuleError(
                .wrongLienPurpose,
                "this stakes on another chain, and holds no coins: use stake_remote"
            )
        }
        let coin = try amount(request.amount, pairing)
        let settings = try requireSettings(context)
        let minimum = try Amount(settings.minimumStake)
        guard coin.amount >= minimum else {
            throw ModuleError(
                .externalStakeBelowMinimum,
                "\(coin) is below the smallest stake that is taken, \(minimum)\(coin.denom): stake more at once"
            )
        }
        try requireStakeable(request.validator, context)
        let owner = try Address(bech32: request.owner)
        try requirePlace(for: owner, at: request.validator, context)
        let time = context.block.time
        let slashable = try Decimal18(settings.slashRatio.doubleSign).shortDescription
        // Before a packet is sent, what will be said of it is tried.
        var stake = try stake(of: owner, at: request.validator, in: context)
        let cutoff = time.saturatingSubtracting(try unbondingPeriod(context))
        try stake.prepareStake(request.transaction, coin.amount, at: time, cutoff: cutoff)
        let packet = try StakePacket(
            delegator: request.owner,
            validator: request.validator,
            stake: coin,
            transaction: request.transaction
        )
        let sequence = try send(.stake(packet), pairing, context)
        try context.emit(
            .with {
                $0.stakeSent.vault = pairing.vault
                $0.stakeSent.transaction = request.transaction
                $0.stakeSent.sequence = sequence
                $0.stakeSent.stake = .of(request.owner, request.validator)
                $0.stakeSent.amount = coin.amount.description
                $0.stakeSent.time = time.nanoseconds
                $0.stakeSent.slashable = slashable
            }
        )
    }

    /// Reads coins of the vault's denomination, more than none.
    ///
    /// - Throws: `wrongStakeDenomination`, `zeroExternalStake`.
    func amount(_ coin: ProtoCoin, _ pairing: ExternalStakingPairing) throws(ModuleError) -> Coin {
        let coin = try coin.coin()
        guard coin.denom.text == pairing.denom else {
            throw ModuleError(
                .wrongStakeDenomination,
                "stake is in \(pairing.denom) here, and \(coin) was given: name an amount of \(pairing.denom)"
            )
        }
        guard !coin.amount.isZero else {
            throw ModuleError(.zeroExternalStake, "an amount of zero changes nothing: name a larger one")
        }
        return coin
    }

    /// Checks that a user may have stake on one validator more. Records of which only rewards are left don't count, up to a number
    /// that keeps walks over all of them short.
    private func requirePlace(for owner: Address, at validator: String, _ context: Context) throws(ModuleError) {
        let old = try stakes.value(for: Pair(owner, validator), in: context)
        guard old?.holdsNothing ?? true else { return }
        var (count, staked): (UInt64, UInt64) = (0, 0)
        try stakes.forEach(startingWith: owner, in: context) { _, stake in
            count += 1
            if !stake.holdsNothing { staked += 1 }
            return staked < Self.validatorsMax
        }
        guard staked < Self.validatorsMax else {
            throw ModuleError(
                .tooManyStakedValidators,
                "there is stake on \(Self.validatorsMax) validators already, which is as many as are allowed: choose one "
                    + "of them"
            )
        }
        guard old != nil || count < Self.recordsMax else {
            throw ModuleError(
                .tooManyStakedValidators,
                "there is stake on, or are rewards of, \(Self.recordsMax) validators already, which is as many as are allowed: "
                    + "withdraw the rewards of some, or choose one of them"
            )
        }
    }
}

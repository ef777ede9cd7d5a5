import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    /// Mints virtual tokens and delegates them, as far as the cap has room.
    ///
    /// Minting, offsetting the supply and delegating are one event. When any of it fails, nothing of it remains; that is
    /// recorded, and holds back no other validator.
    func bond(_ amount: Amount, to validator: Address, _ settings: VirtualStakingSettings, _ context: Context)
        throws(ModuleError)
    {
        let cap = try sum(of: cap, context)
        let room = cap.saturatingSubtracting(try sum(of: mintedTotal, context))
        let amount = min(amount, room)
        guard !amount.isZero else { return }
        let native = NativeStake(settings, context)
        let coin = Coin(amount, try native.bondDenom())
        do throws(ModuleError) {
            try context.emit(
                .with {
                    $0.bonded = .with {
                        $0.validator = context.operatorText(validator)
                        $0.amount = ProtoCoin(coin)
                        $0.moduleAccount = settings.moduleAccount
                    }
                }
            )
        } catch {
            try context.emit(
                .with {
                    $0.bondFailed = .with {
                        $0.validator = context.operatorText(validator)
                        $0.amount = amount.description
                        $0.reason = error.recordedMessage
                    }
                }
            )
            return
        }
        // The shares of a validator that was slashed are worth a fraction each, and what was issued is rounded down.
        try writeOffLoss(at: validator, settings, context)
    }
}

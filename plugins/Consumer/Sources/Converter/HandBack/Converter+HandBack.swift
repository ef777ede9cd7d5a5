import ControlChannel
import ConverterEvents
import ModuleKit
import StakingEvents
import VirtualStakingEvents

/// When virtual staking may bond nothing any more, pledges go back to the provider: one packet for each delegator at
/// each validator, in batches at the end of blocks.
///
/// A pledge is gone when its packet is sent. So it is never sent twice: what times out or is refused is that packet,
/// which is sent again. An unstake that crosses it finds no pledge here, is refused, and the provider takes both into
/// account.
extension Converter {
    /// How many pledges a block hands back.
    static let handedBackPledgesMax = 50

    /// Begins to hand pledges back when the cap of virtual staking is zero, and stops when it is not.
    func follow(_ change: VirtualStakingCapChanged, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard let settings = try settings.value(in: context),
            let channel = try channel.value(in: context), channel.isOpen,
            virtualStaking(settings, context)?.number == origin.instance.number
        else { return }
        let isHandingBack = try handingBack.value(in: context) != nil
        if try Amount(change.cap).isZero {
            guard !isHandingBack, try hasPledges(context) else { return }
            try context.emit(.with { $0.handBackStarted = .init() })
        } else if isHandingBack {
            try context.emit(.with { $0.handBackStopped = .init() })
        }
    }

    /// Hands a batch of pledges back. The records that are handed back are gone, so the first ones left are always the
    /// next.
    func handBackPledges(_ channel: ConverterChannel, _ context: Context) throws(ModuleError) {
        guard try handingBack.value(in: context) != nil else { return }
        let batch = try pledges.entries(in: context, limit: Self.handedBackPledgesMax)
        guard !batch.isEmpty else {
            try context.emit(.with { $0.handBackStopped = .init() })
            return
        }
        let settings = try requireSettings(context)
        let conversion = try conversion(context)
        let nativeDenom = try bondDenomination(context)
        for (key, amount) in batch {
            let native = Coin(try conversion.native(amount), nativeDenom)
            let packet = try InternalUnstakePacket(
                delegator: key.second,
                validator: context.addresses.format(key.first, as: .validatorOperator),
                normalizeAmount: native,
                invertedAmount: Coin(amount, try Denom(settings.remoteDenom))
            )
            guard let sequence = try trySend(.internalUnstake(packet), over: channel, context) else { return }
            var reduction = try reduction(of: key.first, by: amount, delegator: key.second, settings, context)
            reduction.sequence = sequence
            reduction.nativeAmount = ProtoCoin(native)
            reduction.height = context.block.height
            try context.emit(.with { $0.handedBack = reduction })
        }
    }

    /// Whether anything is pledged.
    func hasPledges(_ state: some StateReading) throws(ModuleError) -> Bool {
        try !pledges.entries(in: state, limit: 1).isEmpty
    }

    private func bondDenomination(_ context: Context) throws(ModuleError) -> Denom {
        let query = StakingQuery.with { $0.parameters = .init() }
        return try Denom(try context.ask(query, of: try nativeStaking(context)).parameters.bondDenom)
    }
}

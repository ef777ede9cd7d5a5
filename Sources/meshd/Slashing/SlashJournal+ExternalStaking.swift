import ExternalStakingEvents
import ModuleKit
import ModuleRuntime

/// What an External Staking records of infractions: who pays, and what the other chain has to forget.
extension SlashJournal {
    /// A burn, by the number that its External Staking has given it.
    struct BurnKey: Hashable {
        let externalStaking: UInt32
        let transaction: UInt64
    }

    /// Where a burn stands: with a payment, or with one of its cuts.
    struct BurnPlace {
        let payment: UInt64
        let cut: Int?
        let index: Int
    }

    mutating func take(_ event: ExternalStakingEvent, _ envelope: EventEnvelope) throws(ModuleError) {
        let instance = envelope.instance
        switch event.event {
        case .infractionRecorded(let event):
            let place = Place(
                externalStaking: instance,
                validator: event.validator,
                infraction: event.infraction.number
            )
            record(event.infraction, at: place, cause: envelope.cause)
        case .liabilitySettled(let event): try settle(event, envelope)
        case .settlementFailed(let event):
            let place = Place(externalStaking: instance, validator: event.stake.validator, infraction: 0)
            failures[place, default: []].removeAll { $0.owner == event.stake.owner }
            guard owner == nil || owner == event.stake.owner else { return }
            failures[place, default: []].append((event.stake.owner, event.error))
        case .lienCut(let event):
            guard let cut = envelope.cause.flatMap({ cuts[$0] }) else { return }
            for part in event.parts {
                payments[cut.payment]?.cuts[cut.index].parts.append((part.validator, try Amount(part.amount)))
            }
        case .burnOrdered(let event): try order(event, envelope)
        case .burnSent(let event): change(event.transaction, of: instance, to: .sent)
        case .burnReturned(let event): change(event.transaction, of: instance, to: .waiting)
        case .burnSettled(let event):
            change(event.transaction, of: instance, to: event.dropped ? .dropped : .acknowledged)
        default: return
        }
    }

    private mutating func settle(_ event: ExternalStakingLiabilitySettled, _ envelope: EventEnvelope)
        throws(ModuleError)
    {
        awaitedBurns[envelope.instance] = nil
        let place = Place(
            externalStaking: envelope.instance,
            validator: event.stake.validator,
            infraction: event.infraction
        )
        failures[place.ofValidator]?.removeAll { $0.owner == event.stake.owner }
        guard owner == nil || owner == event.stake.owner else { return }
        counts[place, default: 0] += 1
        guard kept[place, default: []].count < limit else { return }
        kept[place, default: []].append(envelope.sequence)
        var payment = SlashPayment(
            event: envelope.sequence,
            height: envelope.height,
            time: Timestamp(nanoseconds: event.time),
            owner: event.stake.owner,
            amount: try Amount(event.amount),
            burn: try Amount(event.burn)
        )
        if !event.beneficiary.isEmpty { payment.bounty = (try Amount(event.bounty), event.beneficiary) }
        payments[envelope.sequence] = payment
        // It is ordered next, and by whatever led to the payment.
        if !payment.burn.isZero { awaitedBurns[envelope.instance] = (envelope.sequence, event.stake) }
    }

    private mutating func order(_ event: ExternalStakingBurnOrdered, _ envelope: EventEnvelope) throws(ModuleError) {
        let burn = SlashPayment.Burn(
            transaction: event.transaction,
            validator: event.stake.validator,
            amount: try Amount(event.amount)
        )
        let key = BurnKey(externalStaking: envelope.instance, transaction: event.transaction)
        if let cut = envelope.cause.flatMap({ cuts[$0] }) {
            guard let index = payments[cut.payment]?.cuts[cut.index].burns.count else { return }
            payments[cut.payment]?.cuts[cut.index].burns.append(burn)
            burns[key] = BurnPlace(payment: cut.payment, cut: cut.index, index: index)
        } else if let awaited = awaitedBurns[envelope.instance], awaited.stake == event.stake {
            awaitedBurns[envelope.instance] = nil
            guard let index = payments[awaited.payment]?.burns.count else { return }
            payments[awaited.payment]?.burns.append(burn)
            burns[key] = BurnPlace(payment: awaited.payment, cut: nil, index: index)
        }
    }

    private mutating func change(_ transaction: UInt64, of instance: UInt32, to state: SlashPayment.Burn.State) {
        guard let place = burns[BurnKey(externalStaking: instance, transaction: transaction)] else { return }
        if let cut = place.cut {
            payments[place.payment]?.cuts[cut].burns[place.index].state = state
        } else {
            payments[place.payment]?.burns[place.index].state = state
        }
    }
}

import ControlChannel
import ConverterEvents
import ModuleKit

extension Converter {
    /// Takes what was slashed on the provider, as far as it is there. Nobody can refuse that.
    ///
    /// Over several validators it is split evenly; what one of them lacks comes from the first that has it. A burn that
    /// names its delegator lowers his pledges. One that names nobody lowers those of validators alone, and the records
    /// of delegators add up to that much more (`unattributed`): the provider has cut its own, and asks for no more back
    /// than they hold.
    ///
    /// - Throws: `wrongPledgeDenomination` alone.
    func receive(_ packet: BurnPacket, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        let amount = try amount(of: packet.burn, settings)
        let delegator = packet.attribution?.delegator ?? ""
        var holders: [(validator: Address, available: Amount)] = []
        var known: Set<Address> = []
        for name in packet.validators {
            // A text that is no validator has no pledge.
            guard let validator = try? validator(named: name, context), known.insert(validator).inserted else {
                continue
            }
            let available =
                delegator.isEmpty
                ? try pledged.value(for: validator, in: context)
                : try pledges.value(for: Pair(validator, delegator), in: context)
            holders.append((validator, available ?? .zero))
        }
        let parts = EvenSplit.parts(of: amount, among: holders.map(\.available))
        for (holder, part) in zip(holders, parts) where !part.isZero {
            var reduction = try reduction(of: holder.validator, by: part, delegator: delegator, settings, context)
            reduction.transaction = packet.attribution?.transaction ?? 0
            try context.emit(.with { $0.burned = reduction })
        }
    }
}

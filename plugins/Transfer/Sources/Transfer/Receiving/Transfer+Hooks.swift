import IBC
import ModuleKit
import TransferEvents

extension Transfer {
    /// Calls the instance that has just received tokens, where the memo asks for it, and makes sure that it answered.
    ///
    /// Nobody but the instance hears of the call. It reacts while the event is being recorded. So does whatever it does in turn; a
    /// circle of calls ends at the limits of a cascade, and with it the packet.
    ///
    /// - Parameter instance: the receiver of the tokens; nil where it is no instance.
    func callHook(
        of data: FungibleTokenPacketData,
        in packet: Packet,
        at instance: InstanceIdentity?,
        _ coin: Coin,
        _ context: Context
    ) throws(ModuleError) {
        let asked = try ModuleError.transferring { () throws(IBCError) in
            try TransferHook(memo: data.memo, receiver: data.receiver)
        }
        guard let hook = asked else { return }
        guard let instance else {
            throw ModuleError(
                .hookUnanswered,
                "there is no instance at \(data.receiver): a memo calls an instance alone"
            )
        }
        let end = packet.destination
        let caller = try Address(
            bytes: TransferHook.intermediaryAddress(channel: end.channel, sender: data.sender)
        )
        let contract = context.addresses.format(instance.address, as: .account)
        try context.emit(
            .with {
                $0.hookCalled = .with {
                    $0.portID = end.port.text
                    $0.channelID = end.channel.text
                    $0.sequence = packet.sequence
                    $0.contract = contract
                    $0.caller = context.addresses.format(caller, as: .account)
                    $0.message = JSONValue.object(hook.message).text()
                    $0.token = ProtoCoin(coin)
                    $0.instanceNumber = instance.number
                }
            }
        )
        guard try !openHooks.contains(Pair(end.channel.text, packet.sequence), in: context) else {
            throw ModuleError(
                .hookUnanswered,
                "\(contract) did not answer the call of the memo: name an instance whose module takes such calls"
            )
        }
    }

    /// Takes the answer of an instance that was called.
    ///
    /// - Throws: `hookNotOpen`, `notHookTarget`; both veto the answer.
    func take(_ answer: TransferHookAnswer, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        // Another instance of this module answers for another port.
        guard let settings = try settings.value(in: context), answer.portID == settings.portID else { return }
        guard let contract = try openHooks.value(for: Pair(answer.channelID, answer.sequence), in: context) else {
            throw ModuleError(
                .hookNotOpen,
                "\(origin.instance.label) answers a call that nobody waits for: answer each call once, while it is recorded"
            )
        }
        guard contract == origin.instance.address else {
            throw ModuleError(
                .notHookTarget,
                "\(origin.instance.label) answers a call of "
                    + "\(context.addresses.format(contract, as: .account)): an instance answers for itself alone"
            )
        }
        try context.emit(.with { $0.hookAnswered = answer })
    }
}

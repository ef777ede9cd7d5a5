import IBC
public import ModuleKit

extension Subscription where Module: TransferHookReceiver {
    /// Has `receive(_:_:)` called for the calls that name an instance's own address, and answers them.
    public static var transferHooks: Self {
        .on(TransferEvent.self) { (module, event, _, context) throws(ModuleError) in
            guard case .hookCalled(let called) = event.event,
                try Address(bech32: called.contract) == context.identity.address
            else { return }
            try module.receive(try TransferHookCall(called), context)
            let answer = TransferHookAnswer.with {
                $0.portID = called.portID
                $0.channelID = called.channelID
                $0.sequence = called.sequence
            }
            try context.emit(Module.Event(transferHookAnswer: answer))
        }
    }
}

extension TransferHookCall {
    /// The call that a recorded event is about.
    ///
    /// - Throws: `invalidTransferHook` when the event does not hold one.
    public init(_ called: TransferHookCalled) throws(ModuleError) {
        let end = try ModuleError.transferring { () throws(IBCError) in
            ChannelEndID(port: try PortID(called.portID), channel: try ChannelID(called.channelID))
        }
        guard case .object(let message) = try JSONValue(parsing: called.message) else {
            throw ModuleError(.invalidTransferHook, "the message of a call is a JSON object; this one is another value")
        }
        self.init(
            end: end,
            sequence: called.sequence,
            caller: try Address(bech32: called.caller),
            coin: try called.token.coin(),
            message: message
        )
    }
}

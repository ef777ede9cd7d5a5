/// A vocabulary some of whose events tell other instances something, in the emitting instance's own name.
///
/// The host hands the messages on, in their order, as it does those of a transaction that the instance had signed: the sender
/// is the instance's address, in all that they lead to as well. So an instance can do whatever an account can, and no more. It
/// happens after all other reactions to the event: coins that the event moves have moved by then.
///
/// The messages veto like any reaction: when an instance refuses one, or there is no such instance, the event fails with it,
/// and nothing of any of its messages remains. To go on, catch what `emit` throws:
///
///     do { try context.emit(.executed…) } catch { try context.emit(.executionFailed…) }
///
/// The messages of an event of a final kind fail together and alone; the failure is recorded as one of the host's reactions.
/// Messages that lead to messages count towards `Execution.Limits.depthMax`.
public protocol SendsMessages: EventVocabulary {
    /// The messages that this event sends, in the order of their handling; mostly none.
    ///
    /// - Complexity: asked for each event of the vocabulary, so it has to be cheap where there are none.
    var outgoingMessages: [OutgoingMessage] { get throws(ModuleError) }
}

/// A message that an instance sends.
public struct OutgoingMessage: Sendable, Hashable {
    /// Who is told: the label or the address of an instance; `host` for the host.
    public let instance: String
    /// The encoded message, of the vocabulary of that instance's module.
    public let payload: [UInt8]

    /// Describes a message.
    public init(to instance: String, payload: [UInt8]) {
        self.instance = instance
        self.payload = payload
    }
}

extension Subscription {
    /// Hands on what the events of others tell instances; for the host's own module alone.
    ///
    /// - Parameter deliver: hands one message to its instance; whatever it leads to is signed for by the emitting instance.
    @_spi(Host)
    public static func dispatchingMessages(
        _ deliver:
            @escaping @Sendable (Module, OutgoingMessage, EventOrigin, ModuleContext<Module>) throws(ModuleError) ->
            Void
    ) -> Self {
        Self(
            matches: { $0 is any SendsMessages.Type },
            hearsOthers: true,
            isLast: true,
            // An event without messages leaves no trace here: a final one needs no room for a reaction to it.
            concerns: { event in
                guard let messages = try? (event as? any SendsMessages)?.outgoingMessages else { return true }
                return !messages.isEmpty
            },
            react: { (module, event, origin, context) throws(ModuleError) in
                guard let messages = try (event as? any SendsMessages)?.outgoingMessages else { return }
                for (index, message) in messages.enumerated() {
                    do throws(ModuleError) {
                        try context.execution.asSigner(origin.instance.address) { () throws(ModuleError) in
                            try deliver(module, message, origin, context)
                        }
                    } catch {
                        throw messages.count == 1 ? error : error.adding(context: "message \(index)")
                    }
                }
            }
        )
    }
}

/// A vocabulary some of whose events have others act in the emitting instance's name, such as an order to send coins of its
/// own.
///
/// An instance that the event names, and that reacts to it by `Subscription.onTraitAuthorized`, acts as if the emitting
/// instance's address had signed, in all that the reaction leads to. So it can do whatever the emitting instance could, as
/// the receiver of a message can (`SendsMessages`), and in the name of nobody else. Whoever signed for what led to the event
/// has not signed for the reaction.
public protocol AuthorizesReactions: EventVocabulary {
    /// The numbers of the instances that act in the emitting instance's name where they react to this event; mostly none.
    ///
    /// - Complexity: asked for each event of the vocabulary, so it has to be cheap where there are none.
    var authorizedInstances: [UInt32] { get throws(ModuleError) }
}

extension Subscription {
    /// Reacts, in the emitting instance's name, to the events of every vocabulary with a trait that name this instance.
    ///
    /// The context's sender is the emitting instance's address. Whoever else an event is for, it is offered to the instances
    /// that it names.
    ///
    /// - Parameters:
    ///   - hasTrait: tells by its type whether a vocabulary has the trait, which implies `AuthorizesReactions`; others never
    ///     match.
    ///   - reaction: is given events that name the instance only.
    public static func onTraitAuthorized(
        _ hasTrait: @escaping @Sendable (any EventVocabulary.Type) -> Bool,
        _ reaction: @escaping Reaction
    ) -> Self {
        Self(
            matches: { $0 is any AuthorizesReactions.Type && hasTrait($0) },
            hearsOthers: true,
            // An event that names nobody leaves no trace here: a final one needs no room for a reaction to it.
            concerns: { event in
                guard let named = try? (event as? any AuthorizesReactions)?.authorizedInstances else { return true }
                return !named.isEmpty
            },
            react: { (module, event, origin, context) throws(ModuleError) in
                guard let named = try (event as? any AuthorizesReactions)?.authorizedInstances,
                    named.contains(context.identity.number)
                else { return }
                let emitter = origin.instance.address
                let authorized = ModuleContext<Module>(
                    instance: context.instance,
                    execution: context.execution,
                    sender: emitter,
                    cause: origin.sequence
                )
                try context.execution.asSigner(emitter) { () throws(ModuleError) in
                    try reaction(module, event, origin, authorized)
                }
            }
        )
    }
}

/// What a module's code sees of the world: its state, the block, who asked, and the way to record an event.
public struct ModuleContext<Module: ProtocolModule>: StateReading {
    let instance: ModuleInstance<Module>
    /// The machine that runs the instance; for the host's own module alone.
    @_spi(Host) public let execution: Execution
    let cause: UInt64?

    /// The account that sent the message, or signed for the one that led here; an instance where it sent the message
    /// (`SendsMessages`). Nil in block hooks, at genesis, and in all that a reaction to a final event leads to.
    public let sender: Address?

    init(instance: ModuleInstance<Module>, execution: Execution, sender: Address?, cause: UInt64?) {
        self.instance = instance
        self.execution = execution
        self.sender = sender
        self.cause = cause
    }

    /// The instance's state.
    public var instanceState: InstanceState { instance.state }

    /// The block that this runs in.
    public var block: BlockInfo { execution.block }

    /// The instance that this runs for.
    public var identity: InstanceIdentity { instance.identity }

    /// The text forms of this chain's addresses.
    public var addresses: AddressPrefixes { execution.addresses }

    /// The sender of the message.
    ///
    /// - Throws: `unauthorized` where there is none.
    public func requireSender() throws(ModuleError) -> Address {
        guard let sender else {
            throw ModuleError(.unauthorized, "this needs an account's signature: send it in a signed transaction")
        }
        return sender
    }

    /// Records an event, applies it to this instance's state, and offers it to the subscribers.
    ///
    /// - Returns: the event's sequence, and which reactions to an event of a final kind failed.
    /// - Throws: what `apply` or a subscriber throws, or a limit, or `notGranted`; nothing of it then remains. A subscriber
    ///   to an event of a final kind fails alone, and makes this throw nothing.
    @discardableResult
    public func emit(_ event: Module.Event) throws(ModuleError) -> Emission {
        try execution.emit(event, from: instance, cause: cause)
    }

    /// How many more events may be recorded here, those of others that follow included: whoever has much to do can stop in time,
    /// and do the rest in a later block. At genesis nothing bounds them.
    public var eventsLeft: Int { execution.block.isGenesis ? .max : execution.eventsLeft }

    /// Asks another instance, by number; it sees the state as it is now.
    ///
    /// - Throws: `notFound` when there is no such instance, `invalidArgument` when it does not know the question.
    public func ask<Query: QueryVocabulary>(_ query: Query, of instance: UInt32) throws(ModuleError) -> Query.Answer {
        try execution.ask(query, of: instance)
    }

    /// Whether this instance holds a live grant of a privilege; without one, it may not emit events that need it.
    public func isGranted(_ privilege: Privilege) throws(ModuleError) -> Bool {
        try grant(of: privilege) != nil
    }

    /// The live grant that this instance holds of a privilege, with its cap; nil when it holds none.
    public func grant(of privilege: Privilege) throws(ModuleError) -> Grant? {
        try execution.governor?.grant(instance.identity, privilege)
    }

    /// The admin of an instance: the account, or the instance, that may change it; nil when it has none, for good.
    ///
    /// - Parameter number: the instance's; the host's own has no admin.
    /// - Throws: when no instance has that number.
    public func admin(of number: UInt32) throws(ModuleError) -> Address? {
        try execution.governor?.admin(number)
    }

    /// Who decides on grants on this chain: an account, or governance's instance; nil where nobody does.
    public func authority() throws(ModuleError) -> Address? {
        try execution.governor?.authority()
    }

    /// Uses units of work beyond those of state access and events.
    public func charge(_ units: UInt64) throws(ModuleError) {
        try execution.session.meter.charge(units)
    }

    /// The instance with a number, or nil when none is deployed under it.
    ///
    /// - Complexity: O(1).
    public func instance(numbered number: UInt32) -> InstanceIdentity? { execution.directory[number]?.identity }

    /// The instance that a reference in a configuration or a message means, or nil when there is none.
    ///
    /// - Parameter reference: the label of the instance, or the Bech32 text of its address on this chain. A text that reads
    ///   as an address is one; no label hides it.
    /// - Complexity: O(1).
    public func instance(named reference: String) -> InstanceIdentity? {
        let directory = execution.directory
        // Labels first: that is cheaper, and the directory knows none that reads as an address.
        if let labelled = directory.instance(labelled: reference) { return labelled.identity }
        guard let address = try? addresses.parse(reference, as: .account) else { return nil }
        return directory.instance(at: address)?.identity
    }

    /// The first instance of a module, by number, or nil when none is deployed.
    public func firstInstance(ofModule name: String) -> InstanceIdentity? {
        execution.installedInstances.first { $0.identity.module == name }?.identity
    }
}

extension Execution {
    /// Asks an instance a typed question.
    public func ask<Query: QueryVocabulary>(_ query: Query, of number: UInt32) throws(ModuleError) -> Query.Answer {
        let instance = try instance(number)
        guard let answer = try instance.answer(query, self) as? Query.Answer else {
            throw ModuleError(
                .invalidArgument,
                "\(instance.identity.label) runs \(instance.identity.module), which does not answer "
                    + "\(Query.protoMessageName): ask another instance"
            )
        }
        return answer
    }
}

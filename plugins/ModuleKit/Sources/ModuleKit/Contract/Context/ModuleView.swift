/// What an answer may look at: the instance's own state, other instances, and how the chain stands. It can record nothing.
public struct ModuleView<Module: ProtocolModule>: StateReading {
    private let context: ModuleContext<Module>

    init(_ context: ModuleContext<Module>) { self.context = context }

    /// The instance's state.
    public var instanceState: InstanceState { context.instanceState }

    /// The block that this is asked in, or the last one.
    public var block: BlockInfo { context.block }

    /// The instance that is asked.
    public var identity: InstanceIdentity { context.identity }

    /// The text forms of this chain's addresses.
    public var addresses: AddressPrefixes { context.addresses }

    /// Asks another instance: see `ModuleContext.ask`.
    public func ask<Query: QueryVocabulary>(_ query: Query, of instance: UInt32) throws(ModuleError) -> Query.Answer {
        try context.ask(query, of: instance)
    }

    /// The live grant that this instance holds of a privilege; nil when it holds none.
    public func grant(of privilege: Privilege) throws(ModuleError) -> Grant? { try context.grant(of: privilege) }

    /// The admin of an instance: see `ModuleContext.admin`.
    public func admin(of number: UInt32) throws(ModuleError) -> Address? { try context.admin(of: number) }

    /// Who decides on grants on this chain: see `ModuleContext.authority`.
    public func authority() throws(ModuleError) -> Address? { try context.authority() }

    /// The instance that a reference means: see `ModuleContext.instance(named:)`.
    public func instance(named reference: String) -> InstanceIdentity? { context.instance(named: reference) }
}

extension ModuleContext {
    /// What an answer would look at now.
    public var view: ModuleView<Module> { ModuleView(self) }
}

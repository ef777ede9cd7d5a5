public import ModuleKit

extension ModuleHarness {
    /// Sends a message to the module under test, as a transaction of its own: all of it happens, or nothing.
    ///
    /// - Parameters:
    ///   - sender: the account that signed.
    ///   - workLimit: the units of work that it may use.
    /// - Throws: `invariantViolated` when a module does not hold afterwards what it must, and `storage`. A message that
    ///   the module refuses is an outcome, and throws nothing.
    @discardableResult
    public func when(_ message: Module.Message, from sender: Address, workLimit: UInt64 = .max) throws(HarnessError)
        -> Outcome<Module>
    {
        try when(message, to: Module.self, from: sender, workLimit: workLimit)
    }

    /// Sends a message to a module, as a transaction of its own.
    @discardableResult
    public func when<Other: ProtocolModule>(
        _ message: Other.Message,
        to module: Other.Type,
        from sender: Address,
        workLimit: UInt64 = .max
    ) throws(HarnessError) -> Outcome<Module> {
        let bytes = try HarnessError.wrapping(.unexpectedOutcome, "the message can't be encoded") {
            try message.encodedBytes()
        }
        return try when(encoded: bytes, to: module, from: sender, workLimit: workLimit)
    }

    /// Sends bytes that may or may not be a message to the module under test, as a transaction of its own.
    @discardableResult
    public func when(encoded message: [UInt8], from sender: Address, workLimit: UInt64 = .max) throws(HarnessError)
        -> Outcome<Module>
    {
        try when(encoded: message, to: Module.self, from: sender, workLimit: workLimit)
    }

    /// Sends bytes that may or may not be a message to a module, as a transaction of its own.
    @discardableResult
    public func when<Other: ProtocolModule>(
        encoded message: [UInt8],
        to module: Other.Type,
        from sender: Address,
        workLimit: UInt64 = .max
    ) throws(HarnessError) -> Outcome<Module> {
        try begin()
        let execution = machine.execution
        let instance = try instance(of: module)
        return try transaction(signer: sender, workLimit: workLimit) { () throws(ModuleError) in
            try instance.handle(message, execution, sender: sender)
        }
    }

    /// Sends several messages to the module under test in one transaction: all of them happen, or none.
    @discardableResult
    public func when(_ messages: [Module.Message], from sender: Address, workLimit: UInt64 = .max) throws(HarnessError)
        -> Outcome<Module>
    {
        try begin()
        let execution = machine.execution
        let instance = try instance(of: Module.self)
        return try transaction(signer: sender, workLimit: workLimit) { () throws(ModuleError) in
            for message in messages {
                try instance.handle(try message.encodedBytes(), execution, sender: sender)
            }
        }
    }

    /// Records events of a module in one transaction, without any message: what do the others make of them?
    ///
    /// - Parameter signer: the account that is taken to have signed for them.
    @discardableResult
    public func when<Other: ProtocolModule>(
        recording events: [Other.Event],
        of module: Other.Type,
        signer: Address? = nil
    ) throws(HarnessError) -> Outcome<Module> {
        try begin()
        let execution = machine.execution
        let instance = try instance(of: module)
        return try transaction(signer: signer, workLimit: .max) { () throws(ModuleError) in
            for event in events { try instance.record(event, execution) }
        }
    }

    /// Configures the module under test anew, in a transaction of its own, as the host does when an admin asks for it.
    ///
    /// - Parameter admin: the account that signed.
    @discardableResult
    public func when(reconfiguring configuration: JSONValue, from admin: Address) throws(HarnessError)
        -> Outcome<Module>
    {
        try begin()
        let execution = machine.execution
        let instance = try instance(of: Module.self)
        return try transaction(signer: admin, workLimit: .max) { () throws(ModuleError) in
            try instance.run(.configure(configuration, sender: admin), execution)
        }
    }

    /// Runs one transaction and tells what came of it.
    private func transaction(
        signer: Address?,
        workLimit: UInt64,
        _ body: () throws(ModuleError) -> Void
    ) throws(HarnessError) -> Outcome<Module> {
        transactionCount += 1
        return try unit(transaction: transactionCount, signer: signer, workLimit: workLimit, body)
    }

    /// Runs one unit of work and tells what came of it.
    func unit(
        transaction: UInt32,
        signer: Address? = nil,
        workLimit: UInt64 = .max,
        _ body: () throws(ModuleError) -> Void
    ) throws(HarnessError) -> Outcome<Module> {
        let execution = machine.execution
        let firstEvent = execution.events.entries.count
        let firstUpdate = execution.validatorUpdates.count
        execution.session.meter.start(limit: workLimit)
        var failure: ModuleError?
        do throws(ModuleError) {
            try execution.unit(transaction: transaction, signer: signer, body)
        } catch {
            failure = error
        }
        let workUsed = execution.session.meter.used
        execution.session.meter.start(limit: .max)
        try machine.requireStorage()
        try checkInvariants(after: "transaction \(transaction) of block \(block.height)")
        return Outcome(
            events: try machine.recordedEvents(from: firstEvent),
            error: failure,
            workUsed: workUsed,
            validatorUpdates: Array(execution.validatorUpdates.dropFirst(firstUpdate))
        )
    }
}

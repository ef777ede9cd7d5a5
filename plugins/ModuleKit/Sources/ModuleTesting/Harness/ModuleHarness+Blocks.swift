public import ModuleKit
internal import ModuleRuntime
internal import Storage

extension ModuleHarness {
    /// Ends the block in progress, stores it, replays it, and begins the next.
    ///
    /// - Parameters:
    ///   - interval: the time between the two blocks; `blockInterval` of the options unless told otherwise.
    ///   - report: what the consensus engine reports with the next block.
    ///   - toleratingFailures: whether a hook may fail. It is rolled back alone, as in the host, and listed.
    /// - Throws: `hookFailed`, `invariantViolated`, `replayDiffers`, `storage`.
    @discardableResult
    public func nextBlock(
        after interval: TimeSpan? = nil,
        report: EngineReport = EngineReport(),
        toleratingFailures: Bool = false
    ) throws(HarnessError) -> BlockOutcome {
        try begin()
        var outcome = BlockOutcome(height: block.height)
        let first = machine.execution.events.entries.count
        try runHooks(.endBlock, named: "end_block", &outcome)
        outcome.ended = try machine.recordedEvents(from: first)
        try checkInvariants(after: "the end of block \(block.height)")
        outcome.validatorUpdates = machine.execution.validatorUpdates
        outcome.stateRoot = try seal().stateRoot.bytes
        try startBlock(after: interval, report, &outcome)
        if let failure = outcome.failures.first, !toleratingFailures {
            throw HarnessError(
                .hookFailed,
                "\(failure.hook) of \(failure.instance.label) failed at the seam of blocks \(outcome.height) and "
                    + "\(block.height): \(failure.error)",
                cause: failure.error
            )
        }
        return outcome
    }

    /// Imports a genesis document into all modules, in the genesis block; only as the first of all calls.
    ///
    /// Each module imports its part in a unit of its own, as in the host; work is not counted. Sections that none of the
    /// modules reads are left alone. After a refusal nothing has happened, and another document may be imported.
    ///
    /// - Throws: `outOfTurn` when the chain has begun; `invariantViolated`, `replayDiffers`, `storage`.
    @discardableResult
    public func when(importing document: GenesisDocument, strictness: GenesisReport.Strictness = .refuse)
        throws(HarnessError) -> Outcome<Module>
    {
        guard case .fresh = stage else {
            throw HarnessError(.outOfTurn, "a genesis is imported before anything else: make it the first call")
        }
        let execution = machine.execution
        execution.startBlock(
            BlockInfo(chainID: options.chainID, height: 0, time: document.time, isGenesis: true),
            nextSequence: 0
        )
        try configure()
        let first = execution.events.entries.count
        genesisReport = GenesisReport(strictness: strictness)
        for instance in machine.instancesInOrder {
            let outcome = try unit(transaction: 0) { () throws(ModuleError) in
                try instance.importGenesis(document, execution, &genesisReport)
            }
            if let error = outcome.error { return try refuseGenesis(error) }
        }
        if strictness == .refuse, let finding = genesisReport.findings.first(where: { $0.weight == .skipped }) {
            let times = finding.count == 1 ? "once" : "\(finding.count) times"
            return try refuseGenesis(ModuleError(.invalidArgument, "\(finding.path): \(finding.reason) (\(times))"))
        }
        let outcome = Outcome<Module>(
            events: try machine.recordedEvents(from: first),
            error: nil,
            workUsed: 0,
            validatorUpdates: execution.validatorUpdates
        )
        try endGenesis()
        return outcome
    }

    /// Forgets all that an import has done.
    private func refuseGenesis(_ error: ModuleError) throws(HarnessError) -> Outcome<Module> {
        machine = try TestMachine(setup, over: chain)
        return Outcome(events: [], error: error, workUsed: 0, validatorUpdates: [])
    }

    /// Every entry of the stored state, as of the last stored block, by full key: the instance's number (4 bytes), the
    /// collection's number (1 byte), the key.
    ///
    /// - Throws: `storage`.
    public func storedState() throws(HarnessError) -> [(key: [UInt8], value: [UInt8])] { try chain.entries() }

    /// 32 bytes that the whole chain up to the last stored block has gone into: every record, and every state change.
    ///
    /// - Throws: `storage`.
    public func digest() throws(HarnessError) -> [UInt8] {
        try HarnessError.wrapping(.storage, "the last block can't be read") {
            try chain.store.log.latestHeader()?.hash.bytes ?? Hash.zero.bytes
        }
    }

    /// Ends the genesis block, if that has not happened yet.
    func begin() throws(HarnessError) {
        switch stage {
        case .inBlock: return
        case .failed: throw HarnessError(.outOfTurn, "an earlier failure ended this chain: make another harness")
        case .fresh:
            try configure()
            try endGenesis()
        }
    }

    /// Takes every module's configuration, as a deployment does.
    private func configure() throws(HarnessError) {
        for instance in machine.instancesInOrder where instance.identity.number != 0 {
            let configuration = setup.configuration(of: instance.identity)
            let execution = machine.execution
            let outcome = try unit(transaction: 0) { () throws(ModuleError) in
                try instance.run(.configure(configuration, sender: nil), execution)
            }
            if let error = outcome.error {
                throw HarnessError(
                    .givenFailed,
                    "\(instance.identity.label) refuses its configuration: \(error)",
                    cause: error
                )
            }
        }
    }

    private func endGenesis() throws(HarnessError) {
        _ = try seal()
        stage = .inBlock
        var outcome = BlockOutcome(height: 0)
        try startBlock(after: nil, EngineReport(), &outcome)
        if let failure = outcome.failures.first {
            throw HarnessError(
                .hookFailed,
                "\(failure.hook) of \(failure.instance.label) failed in the first block: \(failure.error)",
                cause: failure.error
            )
        }
    }

    /// Stores the block in progress and replays it.
    private func seal() throws(HarnessError) -> BlockHeader {
        stage = .failed
        let execution = machine.execution
        let content = try HarnessError.wrapping(.storage, "block \(block.height) can't be sealed") {
            BlockContent(
                height: block.height,
                timeNanoseconds: block.time.nanoseconds,
                records: ByteArena(enveloping: execution.events, height: block.height),
                writes: try WriteSet(try execution.sealState())
            )
        }
        let header = try chain.append(content)
        try HarnessError.wrapping(.storage, "the state can't be read on") { try machine.source.renew() }
        try replay?.replay(block, header: header, of: chain)
        stage = .inBlock
        return header
    }

    private func startBlock(after interval: TimeSpan?, _ report: EngineReport, _ outcome: inout BlockOutcome)
        throws(HarnessError)
    {
        let last = block
        let time = try HarnessError.wrapping(.outOfTurn, "there is no block after this one") {
            try last.time.adding(interval ?? options.blockInterval)
        }
        transactionCount = 0
        machine.execution.startBlock(
            BlockInfo(chainID: options.chainID, height: last.height + 1, time: time, report: report),
            nextSequence: machine.execution.events.nextSequence
        )
        try runHooks(.beginBlock, named: "begin_block", &outcome)
        outcome.began = try machine.recordedEvents()
        try checkInvariants(after: "the start of block \(block.height)")
    }

    /// Runs a hook of every instance; one that fails is rolled back alone and recorded, as in the host.
    private func runHooks(_ hook: ModuleHook, named name: String, _ outcome: inout BlockOutcome) throws(HarnessError) {
        let execution = machine.execution
        for instance in machine.instancesInOrder {
            let result = try unit(transaction: 0) { () throws(ModuleError) in try instance.run(hook, execution) }
            guard let error = result.error else { continue }
            let failure = BlockOutcome.HookFailure(instance: instance.identity, hook: name, error: error)
            outcome.failures.append(failure)
            let host = machine.host
            try unit(transaction: 0) { () throws(ModuleError) in try host.record(.hookFailed(failure), execution) }
                .thenSucceeded()
        }
    }
}

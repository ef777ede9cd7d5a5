internal import ModuleKit
internal import ModuleRuntime
internal import Storage

/// Rebuilds every block from its recorded events alone, in a store of its own.
///
/// State is a projection of the log: `apply` over the records has to give the same state root as the execution did. Each
/// block is replayed by a fresh machine, so that nothing but the store carries over from one block to the next.
final class ReplayCheck {
    private let setup: MachineSetup
    private let chain: TestChain

    init(_ setup: MachineSetup) throws(HarnessError) {
        self.setup = setup
        chain = try TestChain(setup.options)
    }

    /// Replays the last block of `original`.
    ///
    /// - Throws: `replayDiffers`, naming the first event or state entry that is wrong.
    func replay(_ block: BlockInfo, header: BlockHeader, of original: TestChain) throws(HarnessError) {
        let records = try original.records(at: block.height)
        let machine = try TestMachine(setup, over: chain)
        machine.execution.startBlock(block, nextSequence: header.eventCount - UInt64(records.count))
        for index in records.indices { try apply(records[index], machine) }
        let content = try HarnessError.wrapping(.replayDiffers, "the state of block \(block.height) can't be sealed") {
            BlockContent(
                height: block.height,
                timeNanoseconds: block.time.nanoseconds,
                records: records,
                writes: try WriteSet(try machine.execution.sealState())
            )
        }
        let replayed = try chain.append(content)
        guard replayed.stateRoot == header.stateRoot else {
            throw HarnessError(
                .replayDiffers,
                "the events of block \(block.height) alone do not give the state that their execution gave: "
                    + "\(try difference(from: original, machine)). Look for state that is written outside of apply, or for "
                    + "an apply that depends on more than the event and the state"
            )
        }
    }

    private func apply(_ record: [UInt8], _ machine: TestMachine) throws(HarnessError) {
        let envelope = try HarnessError.wrapping(.replayDiffers, "a record can't be decoded") {
            try EventEnvelope(decoding: record)
        }
        try HarnessError.wrapping(.replayDiffers, "event \(envelope.sequence) can't be applied again") {
            let instance = try machine.execution.instance(envelope.instance)
            guard instance.vocabulary.number == envelope.vocabulary else {
                throw ModuleError(.undecodable, "\(instance.identity.label) has another vocabulary")
            }
            try instance.apply(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
        }
        try machine.requireStorage()
    }

    /// The first entry of the state that differs, in words.
    private func difference(from original: TestChain, _ machine: TestMachine) throws(HarnessError) -> String {
        let executed = try original.entries()
        let replayed = try chain.entries()
        for (one, other) in zip(executed, replayed) where one != other {
            if one.key == other.key {
                return
                    "\(name(one.key, machine)) is \(hex(one.value)) after execution and \(hex(other.value)) after replay"
            }
            return one.key.lexicographicallyPrecedes(other.key)
                ? "\(name(one.key, machine)) is only there after execution"
                : "\(name(other.key, machine)) is only there after replay"
        }
        if executed.count > replayed.count {
            return "\(name(executed[replayed.count].key, machine)) is only there after execution"
        }
        if replayed.count > executed.count {
            return "\(name(replayed[executed.count].key, machine)) is only there after replay"
        }
        return "the entries are the same, but not those that were written or removed"
    }

    private func name(_ key: [UInt8], _ machine: TestMachine) -> String {
        var reader = KeyReader(key)
        guard let number = try? reader.integer(UInt32.self), let collection = try? reader.byte() else {
            return hex(key)
        }
        let instance = (try? machine.execution.instance(number))?.identity.label ?? "instance \(number)"
        let module = number > 0 && number <= setup.deployments.count ? setup.deployments[Int(number) - 1].module : nil
        let collections = module.map { Mirror(reflecting: $0).children.compactMap { $0.value as? any StateCollection } }
        let name = collections?.first { $0.number == collection }?.name ?? "collection \(collection)"
        return "\(instance)/\(name)[\(hex(Array(key.dropFirst(5))))]"
    }

    private func hex(_ bytes: [UInt8]) -> String { bytes.hexadecimalText }
}

extension [UInt8] {
    /// Lower-case hexadecimal digits.
    var hexadecimalText: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

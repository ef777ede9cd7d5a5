import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// Submits what an observer has found to the chain of a home, each finding in a block of its own.
struct ObserverReporting {
    let home: Home
    let key: String
    let blockTime: BlockTimeOptions

    /// Reports every fault to every place that has to be told, and waits for nothing but inclusion.
    func outcomes(of observer: Observer) throws(CommandError) -> [ObserverOutcome] {
        let key = try signingKey()
        let faults = try CommandError.wrapping { try observer.chain.faults() }
        var sequencer = try home.openSequencer()
        defer { try? sequencer.host.store.close() }
        return try observer.outcomes(
            of: faults,
            reporting: { (fault) throws(CommandError) in
                let host = sequencer.host
                let time = try blockTime.next(after: host.lastHeader)
                return try CommandError.wrapping { try observer.reports(of: fault, to: host, at: time) }
            },
            submitting: { (messages) throws(CommandError) in try submit(messages, with: key, &sequencer) }
        )
    }

    private func signingKey() throws(CommandError) -> KeyRecord {
        guard let record = try KeyStore(home).find(key) else {
            throw CommandError(
                .badInput,
                "\(home.path) has no key \(key.printable): make one with `meshd keys add`, or name another with --key"
            )
        }
        return record
    }

    /// - Returns: why the messages are refused; nil where they are not.
    private func submit(_ messages: [SandboxMessage], with key: KeyRecord, _ sequencer: inout Sequencer)
        throws(CommandError) -> String?
    {
        let host = sequencer.host
        let bytes = try signed(messages, with: key, on: host)
        let check = try CommandError.wrapping { try host.checkTransaction(bytes) }
        if let error = check.error { return error.message }
        let block = try sequencer.commitBlock(time: try blockTime.next(after: host.lastHeader), transactions: [bytes])
        return block.results.first?.error?.message
    }

    private func signed(_ messages: [SandboxMessage], with key: KeyRecord, on host: ChainHost) throws(CommandError)
        -> [UInt8]
    {
        let sender = try key.address()
        var builder = TransactionBuilder(chainID: host.chainID, addresses: host.addresses)
        for message in messages { builder.add(message.bytes, to: message.instance, from: sender) }
        let body = try CommandError.wrapping { try builder.body() }
        var document = TransactionDocument(.with { $0.body = Data(body) })
        try TransactionSigner(chainID: host.chainID, addresses: host.addresses).sign(&document, with: key) {
            (account) throws(CommandError) in
            try CommandError.wrapping { try host.nextSequence(of: account) }
        }
        return try document.encoded()
    }
}

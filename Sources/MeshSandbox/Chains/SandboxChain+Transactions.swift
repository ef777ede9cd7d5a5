import Crypto
import MeshHost
public import ModuleKit

/// Signing transactions, and putting them in line for a block.
extension SandboxChain {
    /// Signs messages as one transaction, and puts it in line.
    ///
    /// The transaction has the account's next sequence, those that wait already counted.
    ///
    /// - Parameters:
    ///   - messages: one or more, in order; all of them are done, or none.
    ///   - name: the account that signs.
    /// - Returns: the transaction's hash.
    /// - Throws: `chainDown`; `refused` when it can't be encoded.
    @discardableResult
    public func submit(_ messages: [SandboxMessage], from name: String) throws(SandboxError) -> [UInt8] {
        try submit(messages, from: name, deliveries: [])
    }

    /// Signs a message as a transaction, and puts it in line; as ``submit(_:from:)`` for several.
    @discardableResult
    public func submit(_ message: some MessageVocabulary, to instance: String, from name: String)
        throws(SandboxError) -> [UInt8]
    {
        try submit([try SandboxMessage(message, to: instance)], from: name)
    }

    /// Puts a transaction in line that was made elsewhere. It can be any bytes: what fails stands in the block all the same.
    ///
    /// - Returns: the transaction's hash.
    /// - Throws: `chainDown`.
    @discardableResult
    public func submit(transaction bytes: [UInt8]) throws(SandboxError) -> [UInt8] {
        _ = try host()
        pending.append(PendingTransaction(bytes: bytes, sender: "", instances: [], deliveries: []))
        return Array(SHA256.hash(data: bytes))
    }

    /// As the other ones, and says what a relayer has it carry.
    @discardableResult
    func submit(_ messages: [SandboxMessage], from name: String, deliveries: [Delivery]) throws(SandboxError) -> [UInt8]
    {
        let bytes = try signed(messages, from: name)
        pending.append(
            PendingTransaction(bytes: bytes, sender: name, instances: messages.map(\.instance), deliveries: deliveries)
        )
        return Array(SHA256.hash(data: bytes))
    }

    private func signed(_ messages: [SandboxMessage], from name: String) throws(SandboxError) -> [UInt8] {
        let (host, account) = (try host(), try account(name))
        let waiting = UInt64(pending.count { $0.sender == name })
        return try SandboxError.asking("a transaction of '\(name)'") { () throws(ModuleError) in
            var builder = TransactionBuilder(chainID: chainID, addresses: addresses)
            for message in messages { builder.add(message.bytes, to: message.instance, from: account.address) }
            // A sequence counts transactions of one account, so it is far from its end.
            let sequence = try host.nextSequence(of: account.address) &+ waiting
            return try builder.signed(by: [.single(account.key, sequence: sequence)])
        }
    }
}

public import Crypto
internal import Foundation
public import ModuleKit

/// Builds and signs a transaction: what a wallet does.
///
///     var builder = TransactionBuilder(chainID: "mesh-1", addresses: prefixes)
///     builder.add(message, to: "bank", from: alice)
///     let bytes = try builder.signed(by: [.single(key, sequence: 0)])
public struct TransactionBuilder: Sendable {
    /// One account's key or keys, and the sequence to sign for.
    public enum Signer: Sendable {
        /// An Ed25519 account.
        case single(Curve25519.Signing.PrivateKey, sequence: UInt64)
        /// A k-of-n account: all public keys in the account's order, and the private keys that sign, by their place.
        case multisig(
            threshold: Int,
            publicKeys: [[UInt8]],
            keys: [(index: Int, key: Curve25519.Signing.PrivateKey)],
            sequence: UInt64
        )
    }

    /// The chain that the signatures are good for.
    public let chainID: String
    /// The text forms of the chain's addresses.
    public let addresses: AddressPrefixes
    /// A text for people.
    public var memo = ""
    /// The last height at which it may be executed; 0 for any.
    public var timeoutHeight: UInt64 = 0
    /// Units of work that it may use; 0 for the chain's limit.
    public var workLimit: UInt64 = 0
    /// What the first sender pays.
    public var fee = Coins.empty

    private var requests: [ProtoRequest] = []

    /// An empty transaction.
    public init(chainID: String, addresses: AddressPrefixes) {
        self.chainID = chainID
        self.addresses = addresses
    }

    /// Adds a request: an encoded message to an instance, by label or address.
    public mutating func add(_ message: [UInt8], to instance: String, from sender: Address) {
        requests.append(
            .with {
                $0.sender = addresses.format(sender, as: .account)
                $0.instance = instance
                $0.message = Data(message)
            }
        )
    }

    /// Adds a request: a typed message to an instance, by label or address.
    public mutating func add(_ message: some MessageVocabulary, to instance: String, from sender: Address)
        throws(ModuleError)
    {
        add(try message.encodedBytes(), to: instance, from: sender)
    }

    /// The encoded body, which is what signatures are over.
    public func body() throws(ModuleError) -> [UInt8] {
        try ProtoBody.with {
            $0.requests = requests
            $0.memo = memo
            $0.timeoutHeight = timeoutHeight
            $0.workLimit = workLimit
            $0.fee = fee.proto
        }
        .encodedBytes()
    }

    /// The encoded transaction with the signatures of its senders, in the order of their first request.
    ///
    /// - Throws: `invalidSignature` when a key can't sign.
    public func signed(by signers: [Signer]) throws(ModuleError) -> [UInt8] {
        let body = try body()
        var transaction = ProtoTransaction()
        transaction.body = Data(body)
        for signer in signers {
            transaction.authentications.append(try authentication(of: signer, body: body))
        }
        return try transaction.encodedBytes()
    }

    private func authentication(of signer: Signer, body: [UInt8]) throws(ModuleError) -> ProtoAuthentication {
        switch signer {
        case .single(let key, let sequence):
            let publicKey = key.publicKey.rawRepresentation
            let account = try Address(ed25519PublicKey: Array(publicKey))
            let signature = try sign(body, account: account, sequence: sequence, by: key)
            return .with {
                $0.sequence = sequence
                $0.single.publicKey = publicKey
                $0.single.signature = signature
            }
        case .multisig(let threshold, let publicKeys, let keys, let sequence):
            let account = try Address(
                multisigThreshold: threshold,
                publicKeys: publicKeys.map { LegacyPublicKey.ed25519($0) }
            )
            var proof = ProtoMultisigProof()
            proof.threshold = UInt32(clamping: threshold)
            proof.publicKeys = publicKeys.map { Data($0) }
            for (index, key) in keys {
                let signature = try sign(body, account: account, sequence: sequence, by: key)
                proof.signatures.append(
                    .with {
                        $0.keyIndex = UInt32(clamping: index)
                        $0.signature = signature
                    }
                )
            }
            return .with {
                $0.sequence = sequence
                $0.multisig = proof
            }
        }
    }

    private func sign(_ body: [UInt8], account: Address, sequence: UInt64, by key: Curve25519.Signing.PrivateKey)
        throws(ModuleError) -> Data
    {
        let document = try SignDocument(
            body: body,
            chainID: chainID,
            signer: addresses.format(account, as: .account),
            sequence: sequence
        )
        guard let signature = try? key.signature(for: document.bytes) else {
            throw ModuleError(.invalidSignature, "the key can't sign: use an Ed25519 key")
        }
        return signature
    }
}
